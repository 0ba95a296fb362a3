using System.Reflection;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Every operation that stands as one instance (found by reflection): its batch rule, and that tensors of one axis more broadcast as they did alone.
/// </summary>
public class ElementwiseBatchTests
{
    public static TheoryData<string> Unary => [.. Instances().Where(op => op is UnaryOp or LogicalNot || IsPredicate(op)).Select(op => op.GetType().Name)];

    public static TheoryData<string> Binary => [.. Instances().Where(op => op is BinaryOp).Select(op => op.GetType().Name)];

    public static TheoryData<string> Ternary => [.. Instances().Where(op => op is TernaryOp or Where).Select(op => op.GetType().Name)];

    [Theory]
    [MemberData(nameof(Unary))]
    public void VMap_OfUnary_IsTheLoop(string name)
    {
        Op op = Find(name);
        Tensor x = Points([4, 3], 0, op is LogicalNot ? DType.Bool : DType.Float64);
        Assert.Equal(Loop(4, i => op.Apply(x[i])), Batching.VMap(v => op.Apply(v))(x).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void VMap_OfBinary_IsTheLoopWhicheverOperandIsMapped(string name)
    {
        var op = (BinaryOp)Find(name);
        DType dtype = op.GetType().BaseType!.Name.StartsWith("LogicalOp", StringComparison.Ordinal) ? DType.Bool : DType.Float64;
        Tensor row = Points([3], 1, dtype), rows = Points([4, 3], 2, dtype), column = Points([4, 2, 1], 3, dtype);
        Assert.Equal(Loop(4, i => op.Apply(rows[i], row)), Batching.VMap(x => op.Apply(x, row))(rows).ToDoubles());
        Assert.Equal(Loop(4, i => op.Apply(row, rows[i])), Batching.VMap(x => op.Apply(row, x))(rows).ToDoubles());
        Assert.Equal(
            Loop(4, i => op.Apply(column[i], rows[i])), Batching.VMap((x, y) => op.Apply(x, y))(column, rows).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(Ternary))]
    public void VMap_OfTernary_IsTheLoop(string name)
    {
        Op op = Find(name);
        Tensor first = Points([4, 3], 1, op is Where ? DType.Bool : DType.Float64);
        Tensor column = Points([4, 2, 1], 2, DType.Float64), shared = Points([2, 3], 3, DType.Float64);
        Assert.Equal(
            Loop(4, i => op.Apply(first[i], column[i], shared)),
            Batching.VMap((x, y) => op.Apply(x, y, shared))(first, column).ToDoubles());
    }

    [Fact]
    public void Instances_FoundByReflection_AreMany() => Assert.True(Instances().Count() > 40);

    private static IEnumerable<Op> Instances() => typeof(Op).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract)
        .Select(type => type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
        .OfType<Op>();

    private static Op Find(string name) => Instances().Single(op => op.GetType().Name == name);

    private static bool IsPredicate(Op op) => op.GetType().BaseType!.Name.StartsWith("PredicateOp", StringComparison.Ordinal);

    private static double[] Loop(int count, Func<int, Tensor> f) => [.. Enumerable.Range(0, count).SelectMany(i => f(i).ToDoubles())];

    // Inside (0, 1), where every one of the functions is defined.
    private static Tensor Points(Shape shape, int salt, DType dtype)
    {
        double[] values = [.. Enumerable.Range(1, shape.Size).Select(i => ((i * 0.6180339887498949) + (salt * 0.37)) % 1)];
        Tensor points = Tensor.From(values, shape);
        return dtype == DType.Bool ? points > 0.5 : points;
    }
}
