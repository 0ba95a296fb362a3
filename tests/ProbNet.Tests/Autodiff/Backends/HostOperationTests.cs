using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>Operations without kernels go through the host: a new one must say so on the page.</summary>
public class HostOperationTests
{
    [Fact]
    public void Devices_OperationsThroughTheHost_AreThoseOfThePage() =>
        GeneratedPart.Check("docs/devices.md", "<!-- host operations -->", Listed(), "HostOperation");

    private static string Listed()
    {
        var without = new SortedDictionary<string, (Type Type, SortedSet<DType> Of)>(StringComparer.Ordinal);
        var with = new HashSet<string>();
        foreach ((string _, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(DType.Float32).Concat(OpEvaluationCases.Operations(DType.Float64)))
        {
            string name = LibraryOperations.NameOf(op.GetType());
            if (op is Reshape or Identity or StopGradient || op.ToKernels([.. inputs.Select(x => new TensorType(x.Shape, x.DType))], op.Infer(inputs)) is not null)
            {
                with.Add(name);
            }
            else
            {
                without.TryAdd(name, (op.GetType(), []));
                without[name].Of.Add(inputs.Length > 0 ? inputs[0].DType : op.Infer(inputs).DType);
            }
        }

        foreach (Type type in LibraryOperations.Types.Where(type => type.IsSubclassOf(typeof(KeyedOp)) && type.GetMethod(nameof(Op.ToKernels))!.DeclaringType == typeof(Op)))
        {
            without[type.Name] = (type, []);
        }

        ILookup<bool, string> lines = without.ToLookup(
            entry => entry.Value.Type.Assembly == typeof(Op).Assembly,
            entry => with.Contains(entry.Key) ? $"`{entry.Key}` of {string.Join(", ", entry.Value.Of)}" : $"`{entry.Key}`");
        return Lines(lines[true]) + "\n\nOf the distributions and transforms:\n\n" + Lines(lines[false]);

        static string Lines(IEnumerable<string> names) => string.Join(",\n", names.Chunk(8).Select(line => string.Join(", ", line))) + ".";
    }
}
