using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>Operations without kernels go through the host: a new one must say so on the page.</summary>
public class HostOperationTests
{
    private const string Page = "docs/devices.md", Mark = "<!-- host operations -->";

    [Fact]
    public void Devices_OperationsThroughTheHost_AreThoseOfThePage()
    {
        string text = SourceTree.Files.Single(file => file.Path == Page).Text, list = Listed();
        string[] parts = text.Split(Mark);
        Assert.True(parts.Length == 3, $"{Page} has the list between two marks {Mark}.");
        if (parts[1].Trim() != list && Environment.GetEnvironmentVariable("PROBNET_ACCEPT_OUTPUT") == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, Page), $"{parts[0]}{Mark}\n\n{list}\n\n{Mark}{parts[2]}");
            return;
        }

        Assert.True(
            parts[1].Trim() == list,
            $"{Page} lists other operations than those without kernels. If that is meant, accept it: "
            + $"PROBNET_ACCEPT_OUTPUT=1 dotnet test -c Release tests/ProbNet.Tests --filter HostOperation\n{list}");
    }

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

        return string.Join(",\n", without
            .Select(entry => with.Contains(entry.Key) ? $"`{entry.Key}` of {string.Join(", ", entry.Value)}" : $"`{entry.Key}`")
            .Chunk(8).Select(line => string.Join(", ", line))) + ".";
    }
}
