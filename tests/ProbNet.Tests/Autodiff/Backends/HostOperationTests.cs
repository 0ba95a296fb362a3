using System.Reflection;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;
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
        var without = new SortedDictionary<string, SortedSet<DType>>(StringComparer.Ordinal);
        var with = new HashSet<string>();
        foreach ((string _, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(DType.Float32).Concat(OpEvaluationCases.Operations(DType.Float64)))
        {
            string name = op.GetType().Name.Split('`')[0];
            if (op is Reshape or Identity or StopGradient || op.ToKernels([.. inputs.Select(x => new TensorType(x.Shape, x.DType))], op.Infer(inputs)) is not null)
            {
                with.Add(name);
            }
            else if (without.TryGetValue(name, out SortedSet<DType>? types) || without.TryAdd(name, types = []))
            {
                types!.Add(inputs.Length > 0 ? inputs[0].DType : op.Infer(inputs).DType);
            }
        }

        foreach (Type type in typeof(Op).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(KeyedOp)) && !type.IsAbstract))
        {
            if (type.GetMethod(nameof(Op.ToKernels))!.DeclaringType == typeof(Op))
            {
                without[type.Name] = [];
            }
        }

        // The libraries above the tensors write no kernels; one that does is to be found here by what it computes.
        Type[] above = [.. typeof(Normal).Assembly.GetTypes(), .. typeof(Dense).Assembly.GetTypes()];
        Assert.DoesNotContain(
            above.SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)),
            method => method.Name.EndsWith("ToKernels", StringComparison.Ordinal) || method.Name.EndsWith("Record", StringComparison.Ordinal));
        IEnumerable<Type> operations = above.Where(type => type.IsSubclassOf(typeof(Op)) && type is { IsAbstract: false, IsNested: false });
        return Lines(without.Select(entry => with.Contains(entry.Key) ? $"`{entry.Key}` of {string.Join(", ", entry.Value)}" : $"`{entry.Key}`"))
            + "\n\nOf the distributions and transforms:\n\n" + Lines(operations.Select(type => $"`{type.Name}`").Order(StringComparer.Ordinal));

        static string Lines(IEnumerable<string> names) => string.Join(",\n", names.Chunk(8).Select(line => string.Join(", ", line))) + ".";
    }
}
