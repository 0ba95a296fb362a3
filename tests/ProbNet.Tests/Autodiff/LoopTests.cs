using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class LoopTests
{
    [Fact]
    public void Scan_DecayingSum_GivesStatesAndGradient()
    {
        // s[t] = a·s[t−1] + x[t] from 0: s = 1, a + 2, a² + 2a + 3; ds₃/da = 2a + 2.
        Tensor xs = Tensor.From(1.0, 2.0, 3.0), a = Tensor.Scalar(0.5, DType.Float64);
        (Tensor last, Tensor all) = Run(a);
        Assert.Equal([1, 2.5, 4.25], all.ToDoubles());
        Assert.Equal(4.25, last.ToScalar());
        Assert.Equal(3, Gradient.Of(z => Run(z).Carry, a).ToScalar());

        (Tensor Carry, Tensor Outputs) Run(Tensor decay) => Loop.Scan(
            (s, x) =>
            {
                Tensor next = (decay * s) + x;
                return (next, next);
            },
            Tensor.Scalar(0, DType.Float64),
            xs);
    }

    [Fact]
    public void Scan_InsideVMap_RunsForEachExample()
    {
        Tensor batch = Tensor.From(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);
        Tensor sums = Batching.VMap(x => Loop.Scan((s, e) => (s + e, s + e), Tensor.Scalar(0, DType.Float64), x).Outputs)(batch);
        Assert.Equal([1, 3, 6, 4, 9, 15], sums.ToDoubles());
    }

    [Fact]
    public void Scan_BodyChangesTheShape_NamesThePartAndBothTypes()
    {
        ShapeException error = Assert.Throws<ShapeException>(() =>
            Loop.Scan((s, x) => (Tensor.Stack([s, x]), x), Tensor.Scalar(0), Tensor.Ones([3])));
        Assert.Contains("part 0 of the state from Float32 [] into Float32 [2]", error.Message);
    }

    [Fact]
    public void While_NewtonsSquareRoot_ConvergesAndDifferentiates()
    {
        Tensor a = Tensor.Scalar(2, DType.Float64);
        Assert.Equal(Math.Sqrt(2), Root(a).ToScalar(), 12);
        Assert.Equal(0.5 / Math.Sqrt(2), Gradient.Of(Root, a).ToScalar(), 10);

        static Tensor Root(Tensor a) => Loop.While(
            state => (((state[0] * state[0]) - a) * ((state[0] * state[0]) - a)).Sum() > 1e-28,
            state => [0.5 * (state[0] + (a / state[0]))],
            [Tensor.Scalar(1, DType.Float64)])[0];
    }

    [Fact]
    public void While_NeverEnding_ThrowsAfterMaxRounds()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            Loop.While(state => state[0] > 0.0, state => [state[0] + 1.0], [Tensor.Scalar(1)], maxRounds: 10));
        Assert.Contains("after 10 rounds", error.Message);
    }
}
