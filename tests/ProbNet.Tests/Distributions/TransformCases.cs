using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>The table of all maps. Every one goes through the whole battery.</summary>
public static class TransformCases
{
    private static readonly RandomKey Key = RandomKey.FromSeed(21);
    private static readonly Tensor Line = Tensor.From(-3.0, -0.4, 0.2, 0.9, 4);
    private static readonly Tensor Middle = Tensor.From(-0.9, -0.4, 0.2, 0.7);
    private static readonly Tensor HalfLine = Tensor.From(0.03, 0.4, 1.2, 5, 20);
    private static readonly Tensor FarLine = Tensor.From(-1e6, -700, -40, -1e-9, 0, 1e-300, 40, 700, 1e6);
    private static readonly Tensor FarHalfLine = Tensor.From(1e-300, 1e-9, 1, 700, 1e6);
    private static readonly Tensor FarPairs = Tensor.From(-1e6, 1e6, 0, 0, 700, -700, 1e6, 1e6, 1e-9, -1e-300).Reshape(5, 2);
    private static readonly Tensor FarTriples = Tensor.From(-1e6, 1e6, -1e6, 0, 0, 0, 700, -700, 40, 1e6, 1e6, 1e6).Reshape(4, 3);

    public static IReadOnlyList<TransformCase> All { get; } =
    [
        new("Identity", _ => new IdentityTransform(), [], Line) { Extremes = FarLine },
        new("Affine", p => new AffineTransform(p[0], p[1]), [Scalar(0.3), Scalar(-2)], Line) { Extremes = FarLine },
        new("AffineFromLogScale", p => AffineTransform.FromLogScale(p[0], p[1]), [Scalar(0.3), Scalar(-1.2)], Line) { Extremes = FarLine },
        new("Exp", _ => new ExpTransform(), [], Line) { Extremes = FarLine },
        new("Log", _ => new LogTransform(), [], HalfLine) { Extremes = FarHalfLine },
        new("Power", p => new PowerTransform(p[0]), [Scalar(-1.7)], HalfLine) { Extremes = FarHalfLine },
        new("Square", _ => new PowerTransform(2.0), [], HalfLine) { Extremes = FarHalfLine, Gentle = HalfLine[1..] },
        new("Reciprocal", _ => new ReciprocalTransform(), [], HalfLine) { Extremes = FarHalfLine },
        new("Softplus", _ => new SoftplusTransform(), [], Line) { Extremes = FarLine },
        new("Sigmoid", _ => new SigmoidTransform(), [], Line) { Extremes = FarLine },
        new("SigmoidInterval", p => new SigmoidTransform(p[0], p[1]), [Scalar(-2), Scalar(0)], Line) { Extremes = FarLine },
        new("Tanh", _ => new TanhTransform(), [], Line) { Extremes = FarLine, Gentle = Middle },
        new("LeakyRelu", _ => new LeakyReluTransform(0.3), [], Line) { Extremes = FarLine },
        new("SinhArcsinh", p => new SinhArcsinhTransform(p[0], p[1]), [Scalar(-0.4), Scalar(1.3)], Line) { Extremes = FarLine },
        new("GumbelCdf", p => new GumbelCdfTransform(p[0], p[1]), [Scalar(0.2), Scalar(1.4)], Line) { Extremes = FarLine, Gentle = Middle },
        new("WeibullCdf", p => new WeibullCdfTransform(p[0], p[1]), [Scalar(6), Scalar(0.8)], HalfLine) { Extremes = FarHalfLine },
        new("NormalCdf", _ => new NormalCdfTransform(), [], Line) { Extremes = FarLine, Gentle = Middle },
        new("Softsign", _ => new SoftsignTransform(), [], Line) { Extremes = FarLine },
        new("Spline", p => RationalQuadraticSplineTransform.FromFeatures(p[0], p[1], p[2]), [Normal(1, [4]), Normal(2, [4]), Normal(3, [3])],
            Tensor.From(-7.0, -2.2, -0.4, 0.1, 1.7, 2.9, 5)) { Extremes = FarLine },
        new("SplineOfEachElement", p => RationalQuadraticSplineTransform.FromFeatures(p[0], p[1], p[2], bound: 2, minSlope: 0.05),
            [Normal(4, [5, 6]), Normal(5, [5, 6]), Normal(6, [5, 7])], Tensor.From(-4.0, -1.5, 0.1, 1.1, 3.4)),
        new("SplineOfKnots", p => new RationalQuadraticSplineTransform(p[0].Exp(), p[1].Exp(), p[2].Exp(), left: -2, bottom: -3),
            [0.3 * Normal(51, [4]), 0.3 * Normal(52, [4]), Normal(53, [5])], Tensor.From(-7.0, -1.6, -0.4, 0.1, 1.7, 5)) { Extremes = FarLine },
        new("Composed", p => new ExpTransform().Then(new AffineTransform(p[0], p[1])).Then(new SigmoidTransform()), [Scalar(0.3), Scalar(-0.7)],
            Tensor.From(-3.0, -0.4, 0.2, 0.9, 1.4)) { Extremes = FarLine },
        new("Inverted", p => new SinhArcsinhTransform(p[0], p[1]).Inverted(), [Scalar(-0.4), Scalar(1.3)], Line) { Extremes = FarLine },
        new("Cached", p => new AffineTransform(p[0], p[1]).Cached(), [Scalar(0.3), Scalar(-2)], Line) { Extremes = FarLine },
        new("Independent", p => new AffineTransform(p[0], p[1].Exp()).Independent(1), [Normal(7, [3]), Normal(8, [3])], Normal(9, [4, 3])) { Extremes = FarTriples },
        new("NumericallyInverted", p => new CubicTransform(p[0]), [Scalar(0.4)], Line) { Extremes = FarLine, InverseCompiles = false },
        new("StickBreaking", _ => new StickBreakingTransform(), [], Normal(10, [4, 3])) { Extremes = FarTriples, Free = y => y[..^1] },
        new("SoftmaxCentered", _ => new SoftmaxCenteredTransform(), [], Normal(11, [4, 3])) { Extremes = FarTriples, Free = y => y[..^1] },
        new("Ordered", _ => new OrderedTransform(), [], Normal(12, [4, 3])) { Extremes = FarTriples },
        new("OrderedSoftplus", _ => new OrderedTransform(new SoftplusTransform()), [], Normal(13, [4, 3])) { Extremes = FarTriples },
        new("LowerCholesky", _ => new LowerCholeskyTransform(), [], Normal(14, [4, 6])) { Free = Lower },
        new("LowerCholeskySoftplus", _ => new LowerCholeskyTransform(new SoftplusTransform().Then(new AffineTransform(1e-5, 1.0))), [], Normal(15, [4, 3]))
        {
            Extremes = FarTriples, Free = Lower,
        },
        new("Covariance", _ => new LowerCholeskyTransform().Then(new CholeskyProductTransform()), [], Normal(16, [4, 6])) { Free = Lower },
        new("CorrelationCholesky", _ => new CorrelationCholeskyTransform(), [], Normal(17, [4, 3]))
        {
            Extremes = FarTriples, Free = y => y.Reshape(-1).IndexSelect(0, Tensor.From(3L, 6, 7)),
        },
        new("Stereographic", _ => new StereographicTransform(), [], Normal(18, [4, 2])) { Extremes = FarPairs, Free = Tangent },
        new("ScaleTril", p => new ScaleTrilTransform(p[0], p[1]), [Normal(19, [3]), Normal(20, [3, 3]) + (2 * Tensor.Eye(3, DType.Float64))], Normal(21, [4, 3]))
        {
            Extremes = FarTriples,
        },
        new("ScaleTrilOfEachRow", p => new ScaleTrilTransform(p[0], p[1]), [Normal(22, [4, 2]), Normal(23, [4, 2, 2]) + (3 * Tensor.Eye(2, DType.Float64))], Normal(24, [4, 2])),
        new("Linear", p => new LinearTransform(p[0]), [Normal(25, [3, 3])], Normal(26, [4, 3])) { Extremes = FarTriples },
        new("Lu", p => new LuTransform(p[0], p[1], p[2], p[3]), [Normal(54, [3, 3]), Normal(55, [3, 3]), Normal(56, [3]), Normal(57, [3])], Normal(58, [4, 3]))
        {
            Extremes = FarTriples,
        },
        new("Householder", p => new HouseholderTransform(p[0]), [Normal(27, [3])], Normal(28, [4, 3])) { Extremes = FarTriples },
        new("Permute", _ => new PermuteTransform(2, 0, 1), [], Normal(29, [4, 3])) { Extremes = FarTriples },
        new("Radial", p => new RadialTransform(p[0], p[1].Exp(), p[2]), [Normal(30, [3]), Scalar(0.3), Scalar(-1)], Normal(31, [4, 3])) { Extremes = FarTriples },
        new("RadialOutwards", p => new RadialTransform(p[0], p[1].Exp(), p[2]), [Normal(32, [2]), Scalar(-2), Scalar(4)], Normal(33, [4, 2])) { Extremes = FarPairs },
        new("Planar", p => new PlanarTransform(p[0], p[1], p[2]), [Normal(34, [3]), Normal(35, [3]), Scalar(0.2)], Normal(36, [4, 3])) { Extremes = FarTriples },
        new("PlanarNearlyFlat",
            p => new PlanarTransform(p[0], p[1], p[2]), [Tensor.From(1.0, 2), Tensor.From(-1.2, -0.6), Scalar(0.2)], Normal(37, [4, 2])) { Extremes = FarPairs },
        new("BatchNorm",
            p => new BatchNormTransform(p[0], p[1], p[2], p[3].Exp()), [Tensor.From(-1.3, 0.4), Normal(38, [2]), Normal(39, [2]), Normal(40, [2])], Normal(41, [4, 2]))
        {
            Extremes = FarPairs,
        },
        new("PolarToCartesian", _ => new PolarToCartesianTransform(), [], Tensor.From(0.3, -2.9, 1, 0.2, 5, 3).Reshape(3, 2)),
        new("AffineCoupling",
            p => new CouplingTransform(1, x => Affine(x.MatMul(p[0]) + p[1])), [Normal(42, [1, 4]), Normal(43, [4])], Normal(44, [4, 3])) { Extremes = FarTriples },
        new("CouplingOfTheFirst",
            p => new CouplingTransform(2, x => Affine(x.MatMul(p[0]) + p[1]), passLast: true), [Normal(59, [1, 4]), Normal(60, [4])], Normal(61, [4, 3]))
        {
            Extremes = FarTriples,
        },
        new("SplineCoupling",
            p => new CouplingTransform(1, x => Spline((x.MatMul(p[0]) + p[1]).Tanh())), [Normal(45, [1, 22]), Normal(46, [22])], 2 * Normal(47, [4, 3])) { Extremes = FarTriples },
        new("AffineAutoregressive", p => new AutoregressiveTransform(x => AffineTransform.FromLogScale(x.MatMul(p[0].Triu(1)), x.MatMul(p[1].Triu(1)).Tanh())),
            [Normal(48, [3, 3]), Normal(49, [3, 3])], Normal(50, [4, 3])) { Extremes = FarTriples },
    ];

    public static TheoryData<string> Names => [.. All.Select(c => c.Name)];

    public static TransformCase Get(string name) => All.Single(c => c.Name == name);

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);

    private static Tensor Normal(ulong seed, Shape shape) => Key.FoldIn(seed).Normal(shape, DType.Float64);

    private static Tensor Lower(Tensor y)
    {
        int n = y.Shape[-1];
        return y.Reshape(-1).IndexSelect(0, Tensor.From<long>([.. Enumerable.Range(0, n * n).Where(k => k % n <= k / n).Select(k => (long)k)]));
    }

    // A rotation that brings the point to the last axis makes the other coordinates those of the tangent plane.
    private static Tensor Tangent(Tensor y)
    {
        Tensor normal = Gradient.Stop(y), axis = Tensor.From(0.0, 0, 1);
        return new HouseholderTransform(normal - axis).Forward(y)[..^1];
    }

    private static AffineTransform Affine(Tensor features)
    {
        Tensor[] parts = features.Split(2, -1);
        return AffineTransform.FromLogScale(parts[0], parts[1].Tanh());
    }

    // Two elements with four bins each: 4 widths, 4 heights, 3 slopes.
    private static RationalQuadraticSplineTransform Spline(Tensor features)
    {
        Tensor[] parts = features.Reshape(features.Shape[..^1].Concat([2, 11])).Split([4, 4, 3], -1);
        return RationalQuadraticSplineTransform.FromFeatures(parts[0], parts[1], parts[2]);
    }

    /// <summary>y = x + a·x³ with no inverse of its own.</summary>
    private sealed class CubicTransform(Tensor a) : Transform
    {
        public override Shape BatchShape => a.Shape;

        public override Support Domain => Support.Real;

        public override Support Codomain => Support.Real;

        public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x + (a * x.Pow(3)), (3 * a * x.Square()).Log1p());
    }
}
