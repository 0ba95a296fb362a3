using System.Reflection;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GradientTableTests
{
    public static TheoryData<string> Names => [.. GradientTable.Entries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_EveryEntryAtItsShapes_AgreesWithDifferencesAtBothOrders(string name)
    {
        GradientEntry entry = GradientTable.Entries[name];
        ulong seed = 1;
        foreach (Shape[] shapes in entry.Family.Standard)
        {
            Tensor[] inputs = entry.Inputs(shapes, seed++);
            GradientCheckResult result = GradientCheck.Run(entry.Function, entry.Options(seed), inputs);
            Assert.True(result.Passed, $"{name} at {string.Join(", ", shapes)}: {result}");
        }
    }

    [Fact]
    public void Table_EveryOperation_IsInTheTableOrListedWithoutGradient()
    {
        var seen = new HashSet<string>();
        foreach (GradientEntry entry in GradientTable.Entries.Values)
        {
            foreach (Shape[] shapes in entry.Family.Standard.Take(2))
            {
                CollectOps(entry, shapes, seen);
            }
        }

        string[] missing = [.. LibraryOperations.Types
            .Select(LibraryOperations.NameOf)
            .Where(name => !seen.Contains(name) && !GradientTable.WithoutGradient.ContainsKey(name) && !s_infrastructure.Contains(name))
            .Distinct().Order()];
        Assert.True(missing.Length == 0, $"No entry of the gradient table uses the operations {string.Join(", ", missing)}: add entries, or say in WithoutGradient why.");
    }

    [Fact]
    public void Table_EveryPublicMethod_IsInTheTableOrListedWithoutGradient()
    {
        HashSet<string> methods = [.. GradientTable.Entries.Values.Select(entry => entry.Method)];
        string[] missing = [.. typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => ReturnsTensors(method.ReturnType))
            .Select(method => method.Name)
            .Where(name => !methods.Contains(name) && !GradientTable.WithoutGradient.ContainsKey(name))
            .Distinct().Order()];
        Assert.True(missing.Length == 0, $"No entry of the gradient table is named after {string.Join(", ", missing)}: add entries, or say in WithoutGradient why.");
    }

    [Fact]
    public void WithoutGradient_OperationsListed_AreMarkedSo()
    {
        foreach (Type type in LibraryOperations.Types.Where(type => GradientTable.WithoutGradient.ContainsKey(LibraryOperations.NameOf(type))))
        {
            object? instance = type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
                ?? type.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
            if (instance is Op op && type != typeof(StopGradient))
            {
                Assert.False(op.IsDifferentiable, $"{type.Name} is listed as an operation without gradient, but says that it is differentiable.");
            }
        }
    }

    [Fact]
    public void Cast_BetweenFloatingTypes_PassesTheGradientInTheTypeOfTheInput()
    {
        Tensor x = Tensor.From(0.5, -2.0);
        Tensor gradient = Gradient.Of(v => (v.Cast(DType.Float32) * 3).Cast(DType.Float64).Square().Sum(), x);
        Assert.Equal([9.0, -36.0], gradient.AsSpan<double>());
    }

    // Parts of the engine with tests of their own.
    private static readonly HashSet<string> s_infrastructure = ["Cast", "CheckpointOp", "CustomOp", "Identity", "SameValue"];

    private static bool ReturnsTensors(Type type) => type == typeof(Tensor) || type == typeof(Tensor[])
        || (type.IsGenericType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal) && type.GetGenericArguments().Contains(typeof(Tensor)));

    /// <summary>The names of the operations in the graphs of the function, its gradient, and the gradient of that.</summary>
    private static void CollectOps(GradientEntry entry, Shape[] shapes, HashSet<string> names)
    {
        using var outer = new GradientScope();
        Tensor[] x = Array.ConvertAll(entry.Inputs(shapes, 1), outer.Watch);
        Func<Tensor[], Tensor> f = entry.Function;
        for (int order = 0; order <= entry.Order; order++)
        {
            Tensor y = f(x);
            Walk(y, names);
            if (!y.DType.IsFloating())
            {
                return;
            }

            Func<Tensor[], Tensor> inner = f;
            f = arguments => Gradient.Vjp(inner, arguments, outer.Watch(Tensor.OnesLike(y))).Products is { Length: > 0 } products
                ? products.Select(p => p.Sum()).Aggregate((a, b) => a + b)
                : y;
        }
    }

    private static void Walk(Tensor result, HashSet<string> names)
    {
        var pending = new Stack<Tensor>([result]);
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
        while (pending.TryPop(out Tensor? tensor))
        {
            if (tensor.Node is { } node && seen.Add(tensor))
            {
                names.Add(LibraryOperations.NameOf(node.Op.GetType()));
                foreach (Tensor input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }
    }
}
