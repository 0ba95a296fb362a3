using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Supports, the maps to them from the real line, composition across event ranks, the cache, and errors.</summary>
public class TransformSupportTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    public static TheoryData<Support, int> Supports => new()
    {
        { Support.Real, 3 }, { Support.Positive, 3 }, { Support.NonNegative, 3 }, { Support.UnitInterval, 3 }, { Support.ClosedUnitInterval, 3 },
        { Support.Interval(Tensor.From(-1.0, 0, 2), Tensor.From(3.0, 0.5, 4)), 3 }, { Support.Interval(-2.0, 5.0), 3 },
        { Support.GreaterThan(Tensor.From(1.0, -3, 0)), 3 }, { Support.LessThan(2.0), 3 },
        { Support.Simplex, 3 }, { Support.LogSimplex, 3 }, { Support.Ordered, 3 }, { Support.UnitVector, 3 },
        { Support.LowerCholesky, 6 }, { Support.CorrelationCholesky, 6 }, { Support.PositiveDefinite, 6 },
    };

    [Theory]
    [MemberData(nameof(Supports))]
    public void FromReal_AnyNumbers_StayInTheSupportAndReturn(Support support, int size)
    {
        Transform t = support.FromReal();

        // Bounds that are tensors have a type of their own.
        foreach (DType dtype in support.Name.Contains("low", StringComparison.Ordinal) ? [DType.Float64] : new[] { DType.Float64, DType.Float32 })
        {
            Tensor x = Key.Normal([50, size], dtype);
            (Tensor y, Tensor logDet) = t.ForwardAndLogDet(x);
            Assert.True((bool)support.Contains(y).All(), $"{support} {dtype}");
            Assert.True((bool)logDet.IsFinite().All());
            BatteryTests.AssertClose(x.Cast(DType.Float64), t.Inverse(y).Cast(DType.Float64), 0, dtype == DType.Float64 ? 1e-8 : 0.2);
        }
    }

    [Theory]
    [MemberData(nameof(Supports))]
    public void InteriorPoint_OfASupport_LiesInside(Support support, int size)
    {
        Shape outcome = support.EventRank switch { 0 => Shape.Scalar, 1 => [size], _ => [3, 3] };
        Tensor point = support.InteriorPoint(DType.Float64, outcome);
        Assert.True((bool)support.Contains(point).All(), $"{support}: {point}");
    }

    [Fact]
    public void FromReal_OfWholeNumbers_SaysThatThereIsNone()
    {
        NotSupportedException error = Assert.Throws<NotSupportedException>(() => Support.NonNegativeIntegers.FromReal());
        Assert.Contains("whole numbers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Contains_OutsideOfASetOfVectors_IsFalse()
    {
        Assert.Equal([1, 0, 0, 0, 0], Support.Simplex.Contains(Tensor.From(0.5, 0.5, 0.5, 0.4, 1.2, -0.2, double.NaN, 1, double.PositiveInfinity, 0).Reshape(5, 2))
            .Cast(DType.Float64).ToDoubles());
        Assert.Equal([1, 0, 0], Support.Ordered.Contains(Tensor.From(-1.0, 2, 2, 2, 3, 1).Reshape(3, 2)).Cast(DType.Float64).ToDoubles());
        Assert.Equal([1, 0, 0], Support.UnitVector.Contains(Tensor.From(0.6, 0.8, 1, 1, 0, 0).Reshape(3, 2)).Cast(DType.Float64).ToDoubles());
        Tensor matrices = Tensor.From(
            2.0, 1, 1, 2,
            1, 2, 2, 1,
            1, 0.5, 0.4, 1,
            1e-200, 0, 0, 1e200,
            1, 1, 1, 1,
            0, 0, 0, 1,
            double.NaN, 0, 0, 1).Reshape(7, 2, 2);
        Assert.Equal([1, 0, 0, 1, 0, 0, 0], Support.PositiveDefinite.Contains(matrices).Cast(DType.Float64).ToDoubles());
        Tensor factors = Tensor.From(1.0, 0, -3, 2, 1, 0.1, 0, 1, -1, 0, 0, 1, 1, 0, 0.6, 0.8).Reshape(4, 2, 2);
        Assert.Equal([1, 0, 0, 1], Support.LowerCholesky.Contains(factors).Cast(DType.Float64).ToDoubles());
        Assert.Equal([0, 0, 0, 1], Support.CorrelationCholesky.Contains(factors).Cast(DType.Float64).ToDoubles());
        Assert.Equal([1, 0, 0], Support.OneHot.Contains(Tensor.From(0.0, 1, 1, 1, 0.5, 0.5).Reshape(3, 2)).Cast(DType.Float64).ToDoubles());
    }

    [Fact]
    public void Then_NumbersBeforeAndAfterVectors_SumsTheLogDeterminants()
    {
        var scale = new AffineTransform(Tensor.From(0.1, 0.2, 0.3), 2.0);
        Transform chain = scale.Then(new StickBreakingTransform()).Then(new LogTransform());
        Assert.Equal(1, chain.EventRank);
        Assert.Equal(1, chain.OutputRank);
        Assert.Equal(Shape.Scalar, chain.BatchShape);
        Tensor x = Key.Normal([4, 3], DType.Float64);
        (Tensor y, Tensor logDet) = chain.ForwardAndLogDet(x);
        (Tensor middle, Tensor sticks) = new StickBreakingTransform().ForwardAndLogDet(scale.Forward(x));
        BatteryTests.AssertClose(middle.Log(), y, 1e-14, 0);
        BatteryTests.AssertClose((3 * Math.Log(2)) + sticks - middle.Log().Sum(-1), logDet, 1e-13, 0);

        Transform matrix = new AffineTransform(0.0, 3.0).Then(new LowerCholeskyTransform());
        Assert.Equal((1, 2), (matrix.EventRank, matrix.OutputRank));
        Assert.Equal<Shape>([7, 3, 3], matrix.ForwardShape([7, 6]));
        Assert.Equal<Shape>([7, 6], matrix.InverseShape([7, 3, 3]));
    }

    [Fact]
    public void Cached_InverseOfItsOwnResult_IsTheArgumentItself()
    {
        // Far out tanh has rounded to 1, and only memory can tell what it came from.
        Transform cached = new TanhTransform().Cached();
        Tensor x = Tensor.From(1.0, 50);
        Tensor y = cached.Forward(x);
        Assert.Same(x, cached.Inverse(y));
        Assert.Same(x, cached.InverseAndLogDet(y).Value);
        Assert.Equal(100 - (2 * Math.Log(2)), cached.InverseAndLogDet(y).LogDet[1].ToScalar(), 1e-12);
        Assert.Equal(double.PositiveInfinity, cached.Inverse(Tensor.From(0.5, 1.0))[1].ToScalar());
    }

    [Fact]
    public void Spline_AtItsKnots_IsContinuousWithItsSlope()
    {
        var spline = new RationalQuadraticSplineTransform(
            Tensor.From(1.0, 0.5, 2.5), Tensor.From(0.2, 3, 0.8), Tensor.From(0.7, 2, 0.1, 1.3), left: -2, bottom: -1);
        Tensor knots = Tensor.From(-2, -1, -0.5, 2.0);
        (Tensor y, Tensor logDet) = spline.ForwardAndLogDet(knots);
        BatteryTests.AssertClose(Tensor.From(-1, -0.8, 2.2, 3.0), y, 1e-14, 1e-14);
        BatteryTests.AssertClose(Tensor.From(0.7, 2, 0.1, 1.3).Log(), logDet, 1e-13, 1e-13);
        foreach (double side in new[] { -1e-9, 1e-9 })
        {
            (Tensor near, Tensor nearLogDet) = spline.ForwardAndLogDet(knots + side);
            BatteryTests.AssertClose(y + (side * Tensor.From(0.7, 2, 0.1, 1.3)), near, 1e-14, 0);
            BatteryTests.AssertClose(logDet, nearLogDet, 1e-6, 0);
        }

        // The tails are straight lines; far out nothing is lost.
        BatteryTests.AssertClose(Tensor.From(-1 + (0.7 * (-1e6 + 2)), 3 + (1.3 * (1e6 - 2))), spline.Forward(Tensor.From(-1e6, 1e6)), 0, 1e-15);
        BatteryTests.AssertClose(knots, spline.Inverse(y), 1e-14, 1e-14);
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e-3)]
    [InlineData(1e12)]
    public void Spline_WithExtremeSlopes_ReturnsThePoint(double slope)
    {
        // The discriminant of the textbook formula becomes negative by rounding here.
        var spline = new RationalQuadraticSplineTransform(
            Tensor.From(1.0, 1, 1), Tensor.From(1e-9, 1, 1e-9), Tensor.From(slope, 1 / slope, slope, 1 / slope), left: 0, bottom: 0);
        Tensor x = Tensor.Linspace(0, 3, 301, DType.Float64);
        (Tensor y, Tensor logDet) = spline.ForwardAndLogDet(x);
        Tensor back = spline.Inverse(y);
        Assert.True((bool)back.IsFinite().All());

        // The inverse is as good as y's rounding allows: |Δx| ≤ a few roundings of y over the slope.
        Tensor allowed = 1e-14 + (1e-15 * y.Abs() * (-logDet).Exp());
        Assert.True((bool)((x - back).Abs() <= allowed.Clip(max: 1.0)).All(), $"{(x - back).Abs().Max()}");
    }

    [Fact]
    public void Errors_OfWrongArguments_NameTheRule()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SigmoidTransform(1.0, 0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerTransform(0.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SinhArcsinhTransform(0.0, -1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LeakyReluTransform(0));
        Assert.Throws<ArgumentException>(() => new PermuteTransform(0, 2));
        Assert.Throws<ArgumentException>(() => new OrderedTransform(new StickBreakingTransform()));
        Assert.Contains("n(n + 1)/2", Assert.Throws<ShapeException>(() => new LowerCholeskyTransform().Forward(Tensor.Zeros([4]))).Message, StringComparison.Ordinal);
        Assert.Contains("[..., K + 1]", Assert.Throws<ShapeException>(
            () => RationalQuadraticSplineTransform.FromFeatures(Tensor.Zeros([4]), Tensor.Zeros([4]), Tensor.Zeros([4]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(
            () => RationalQuadraticSplineTransform.FromFeatures(Tensor.Zeros([4]), Tensor.Zeros([4]), Tensor.Zeros([3]), minWidth: 0.3));
        Assert.Contains("square matrix", Assert.Throws<ShapeException>(() => new LinearTransform(Tensor.Zeros([2, 3]))).Message, StringComparison.Ordinal);
    }
}
