using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The operations of rational-quadratic splines against the same splines written in tensor operations.</summary>
public class SplineOpTests
{
    // 37 splines: whole registers of every width and a rest.
    private const int Splines = 37;

    private static readonly RandomKey s_key = RandomKey.FromSeed(71);

    public static TheoryData<int, bool> Shapes => new() { { 1, true }, { 2, false }, { 5, true }, { 8, false } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Forward_ValuesAndGradientsOfTwoOrders_AreThoseOfTensorOperations(int bins, bool learnTails) =>
        Compare(bins, learnTails, inverse: false);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Inverse_ValuesAndGradientsOfTwoOrders_AreThoseOfTensorOperations(int bins, bool learnTails) =>
        Compare(bins, learnTails, inverse: true);

    [Fact]
    public void Forward_NaNAndInfinity_StayInTheirLane()
    {
        Tensor raw = s_key.Normal([5, 11]), x = Tensor.From([double.NaN, 0.5, double.PositiveInfinity, -0.5, double.NegativeInfinity]).Cast(DType.Float32);
        (Tensor y, Tensor log) = RationalQuadraticSplineTransform.FromFeatures(raw, 4).ForwardAndLogDet(x);
        Assert.Equal([false, true, false, true, false], y.IsFinite().ToArray<bool>());
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity], [y.ToDoubles()[0], y.ToDoubles()[2], y.ToDoubles()[4]]);
        Assert.Equal([false, true, true, true, true], log.IsFinite().ToArray<bool>());
    }

    private static void Compare(int bins, bool learnTails, bool inverse)
    {
        var shape = new SplineShape(bins, 3, 1e-3, 1e-3, 1e-3, learnTails);
        Tensor raw = s_key.Normal([Splines, shape.RawSize], DType.Float64), x = 2 * s_key.FoldIn(1).Normal([Splines], DType.Float64);
        Tensor[] weights = [.. Enumerable.Range(2, 4).Select(i => s_key.FoldIn((ulong)i).Normal([Splines], DType.Float64))];
        Tensor spread = s_key.FoldIn(9).Normal([Splines, shape.RawSize], DType.Float64);

        Tensor Loss(Tensor[] p, bool fused)
        {
            Transform spline = fused ? RationalQuadraticSplineTransform.FromFeatures(p[1], bins) : RationalQuadraticSplineTransform.OfKnots(p[1], shape);
            (Tensor y, Tensor log) = inverse ? spline.InverseAndLogDet(p[0]) : spline.ForwardAndLogDet(p[0]);
            return ((weights[0] * y) + (weights[1] * log) + (y * log)).Sum();
        }

        // The gradient's own gradient, in a random direction.
        Tensor Slope(Tensor[] p, bool fused)
        {
            Tensor[] gradients = Gradient.ValueAndGradient(q => Loss(q, fused), p).Gradients;
            return (gradients[0] * weights[2]).Sum() + (gradients[1] * spread).Sum();
        }

        foreach (Func<Tensor[], bool, Tensor> function in new Func<Tensor[], bool, Tensor>[] { Loss, Slope })
        {
            (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(p => function(p, true), [x, raw]);
            (Tensor expected, Tensor[] others) = Gradient.ValueAndGradient(p => function(p, false), [x, raw]);
            Near([expected.ToScalar()], [value.ToScalar()]);
            Near(others[0].ToDoubles(), gradients[0].ToDoubles());
            Near(others[1].ToDoubles(), gradients[1].ToDoubles());
        }
    }

    // Quotients of slopes down to some 1e-3 magnify rounding errors of 1e-16 by up to their squares, times curvatures of as much.
    private static void Near(double[] expected, double[] actual)
    {
        double size = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-10 * Math.Max(1, size));
        }
    }
}
