using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Every case: its gradient at two orders against differences, and its batch rule, and that of its gradient, against the loop.</summary>
public class StructureTableTests
{
    private const int BatchSize = 3;

    // A batch may take another route (one large product for several small ones), so sums may round differently.
    private const int Digits = 9;

    public static TheoryData<string> Names => [.. StructureCases.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradient_OfEveryCase_MatchesDifferencesAtTwoOrders(string name)
    {
        (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
        GradientCheckResult result = GradientCheck.Run(f, inputs);
        Assert.NotEmpty(result.Entries);
        Assert.True(result.Passed, $"{name}: {result}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void VMap_OfEveryCase_IsTheLoopWhicheverInputsAreMapped(string name)
    {
        (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
        for (int mask = 1; mask < 1 << inputs.Length; mask++)
        {
            AssertIsLoop(f, inputs, mask);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void VMap_OfTheGradientOfEveryCase_IsTheLoopWhicheverInputsAreMapped(string name)
    {
        (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
        for (int k = 0; k < inputs.Length; k++)
        {
            if (!inputs[k].DType.IsFloating())
            {
                continue;
            }

            int at = k;
            Tensor Of(Tensor[] t) => Gradient.Of(x => f([.. t[..at], x, .. t[(at + 1)..]]).Square().Sum(), t[at]);
            for (int mask = 1; mask < 1 << inputs.Length; mask++)
            {
                AssertIsLoop(Of, inputs, mask);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Jvp_OfEveryCase_IsTheTransposeOfItsVjp(string name)
    {
        (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
        for (int k = 0; k < inputs.Length; k++)
        {
            if (!inputs[k].DType.IsFloating())
            {
                continue;
            }

            int at = k;
            Tensor Of(Tensor x) => f([.. inputs[..at], x, .. inputs[(at + 1)..]]);
            Tensor v = StructureCases.Values(inputs[k].Shape, 5);
            (Tensor y, Tensor tangent) = Gradient.Jvp(Of, inputs[k], v);
            Tensor w = StructureCases.Values(y.Shape, 6);
            double forward = (w * tangent).Sum().ToScalar(), backward = (Gradient.Vjp(Of, inputs[k], w).Product * v).Sum().ToScalar();
            Assert.Equal(backward, forward, Digits);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_InFloat32_AgreesWithFloat64(string name)
    {
        (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
        Tensor y = f(inputs), single = f(Array.ConvertAll(inputs, x => x.DType.IsFloating() ? x.Cast(DType.Float32) : x));
        Assert.Equal(DType.Float32, single.DType);
        double[] expected = y.ToDoubles(), actual = single.ToDoubles();
        for (int i = 0; i < expected.Length; i++)
        {
            // The inputs are well conditioned; the tolerance is a hundred roundings.
            Assert.Equal(expected[i], actual[i], 100 * DType.Float32.Epsilon() * (1 + Math.Abs(expected[i])));
        }
    }

    private static void AssertIsLoop(Func<Tensor[], Tensor> f, Tensor[] inputs, int mask)
    {
        bool[] mapped = [.. inputs.Select((_, i) => (mask & (1 << i)) != 0)];
        Tensor[] arguments = [.. inputs.Select((x, i) => mapped[i] ? Tensor.Stack([.. Enumerable.Range(0, BatchSize).Select(b => Variant(x, b))]) : x)];
        Tensor batch = Batching.VMap(f, mapped)(arguments);
        Tensor loop = Tensor.Stack([.. Enumerable.Range(0, BatchSize).Select(b => f([.. arguments.Select((x, i) => mapped[i] ? x[b] : x)]))]);
        Assert.Equal(loop.Shape, batch.Shape);
        double[] expected = loop.ToDoubles(), actual = batch.ToDoubles();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Digits);
        }
    }

    // Another example of the same kind: scaled, or an index in another order.
    private static Tensor Variant(Tensor x, int b) => x.DType.IsFloating() ? x * (1 + (0.25 * b)) : x.Rank == 0 || b == 0 ? x : x.Flip(0).Roll(b, -1);
}
