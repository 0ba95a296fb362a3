using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ReductionTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly Tensor X = Tensor.From(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [Fact]
    public void Sum_AxisForms_AgreeOnNegativeSeveralAndAllAxes()
    {
        Assert.Equal([5.0, 7.0, 9.0], X.Sum(0).ToDoubles());
        Assert.Equal([6.0, 15.0], X.Sum(-1).ToDoubles());
        Assert.Equal([2, 1], X.Sum(1, keepDims: true).Shape);
        Assert.Equal(21, X.Sum([1, 0]).ToScalar());
        Assert.Equal(21, X.Sum().ToScalar());
        Assert.Equal([1, 1], X.Sum(keepDims: true).Shape);
        Assert.Equal(3, Tensor.Scalar(3).Sum().ToScalar());
    }

    [Fact]
    public void Sum_IntegersAndBooleans_StayWhole()
    {
        Assert.Equal([4, 6], Tensor.From(new[] { 1, 2, 3, 4 }, [2, 2]).Sum(0).ToArray<int>());
        Assert.Equal(3L << 40, Tensor.From(1L << 40, 1L << 41).Sum().ToArray<long>()[0]);
        Assert.Equal(2, Tensor.From(true, false, true).Sum().ToArray<long>()[0]);
        Assert.Equal([1.0, 2.0], Tensor.From(new[] { 0, 3, 4, 5 }, [2, 2]).CountNonZero(1).ToDoubles());
    }

    [Fact]
    public void Reductions_OverNoElements_GiveTheirIdentity()
    {
        Tensor empty = Tensor.Zeros([2, 0], DType.Float64);
        Assert.Equal([0.0, 0.0], empty.Sum(1).ToDoubles());
        Assert.Equal([1.0, 1.0], empty.Prod(1).ToDoubles());
        Assert.Equal([-Infinity, -Infinity], empty.LogSumExp(1).ToDoubles());
        Assert.Equal([0.0, 0.0], empty.Norm(Infinity, 1).ToDoubles());
        Assert.All(empty.Mean(1).ToDoubles(), value => Assert.True(double.IsNaN(value)));
        Assert.Equal([false, false], empty.Any(1).ToArray<bool>());
        Assert.Equal([true, true], empty.All(1).ToArray<bool>());
        Assert.Equal([0], empty.Sum(0).Shape);
        Assert.Equal([2, 0], Gradient.Of(x => x.Sum(), empty).Shape);
        Assert.Equal([2, 0], empty.Softmax(1).Shape);
    }

    [Fact]
    public void Max_OverNoElements_NamesShapeAndAxes()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 0]).Max(1));
        Assert.Equal("Max: shape [2, 0] has no elements along the reduced axes [-1]; an extremum of none does not exist.", error.Message);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 0]).ArgMin(1));
        Assert.Equal([0], Tensor.Zeros([2, 0]).Max(0).Shape);
    }

    [Fact]
    public void Sum_AxisThatDoesNotExistOrIsGivenTwice_Throws()
    {
        Assert.Contains("Sum: axis 2 does not exist in shape [2, 3]", Assert.Throws<ShapeException>(() => X.Sum(2)).Message);
        Assert.Contains("Mean: axis -1 is given twice", Assert.Throws<ShapeException>(() => X.Mean([1, -1])).Message);
        Assert.Contains("Cast", Assert.Throws<DTypeException>(() => Tensor.From(1, 2).Mean()).Message);
    }

    [Fact]
    public void Max_Ties_ShareTheGradientEqually()
    {
        // torch.amax distributes the gradient evenly over the maxima.
        Tensor x = Tensor.From(3.0, 1, 3, 3);
        Assert.Equal([1 / 3.0, 0, 1 / 3.0, 1 / 3.0], Gradient.Of(v => v.Max(), x).ToDoubles());
        Assert.Equal([0.0, 1, 0, 0], Gradient.Of(v => v.Min(), x).ToDoubles());
        Assert.Equal([0.5, 0, 0, -0.5], Gradient.Of(v => v.Norm(Infinity), Tensor.From(3.0, 1, -2, -3)).ToDoubles());
    }

    [Fact]
    public void Max_NaNAndIntegers_FollowTheField()
    {
        Assert.True(double.IsNaN(Tensor.From(1, double.NaN, 3).Max().ToScalar()));
        Assert.Equal([4, 6], Tensor.From(new[] { 4, 1, -5, 6 }, [2, 2]).Max(1).ToArray<int>());
        Assert.Equal([-5, 1], Tensor.From(new[] { 4, 1, -5, 6 }, [2, 2]).Min(0).ToArray<int>());
    }

    [Fact]
    public void ArgMax_TiesAndNaN_GiveTheFirst()
    {
        Tensor x = Tensor.From(new[] { 1, 5, 5, 2, double.NaN, 9 }, [2, 3]);
        Assert.Equal(DType.Int64, x.ArgMax(1).DType);
        Assert.Equal([1L, 1L], x.ArgMax(1).ToArray<long>());
        Assert.Equal([1L, 1L, 1L], Tensor.From(new[] { 3f, 5, 5, 2, 1, 0 }, [2, 3]).ArgMin(0).ToArray<long>());
        Assert.Equal([4L], x.ArgMax().ToArray<long>());
        Assert.Equal([1, 1], x.ArgMax(keepDims: true).Shape);
    }

    [Fact]
    public void Prod_Zeros_HaveTheExactGradient()
    {
        // ∂/∂x_i is the product of the others: with one zero only its own derivative is not zero, with two none is.
        Assert.Equal([0.0, 6.0, 0.0], Gradient.Of(v => v.Prod(), Tensor.From(2.0, 0, 3)).ToDoubles());
        Assert.Equal([0.0, 0.0, 0.0], Gradient.Of(v => v.Prod(), Tensor.From(0.0, 0, 3)).ToDoubles());
        // The second derivative of x₀x₁x₂ at (0, 0, 3): only ∂²/∂x₀∂x₁ = 3 remains.
        Assert.Equal([0.0, 3, 0, 3, 0, 0, 0, 0, 0], Gradient.Hessian(v => v.Prod(), Tensor.From(0.0, 0, 3)).ToDoubles());
        Assert.Equal(24, Tensor.From(2, 3, 4).Prod().ToArray<int>()[0]);
    }

    [Fact]
    public void Std_OfConstants_HasZeroGradient()
    {
        Assert.Equal([0.0, 0, 0], Gradient.Of(v => v.Std(), Tensor.From(2.0, 2, 2)).ToDoubles());
        Assert.True(double.IsNaN(Tensor.From(1.0).Var().ToScalar()));
        Assert.Equal(0, Tensor.From(1.0).Var(correction: 0).ToScalar());
    }

    [Fact]
    public void Var_LargeMean_DoesNotCancel() =>
        Assert.Equal(2.0 / 3, Tensor.From(1e9 + 1, 1e9 + 2, 1e9 + 3).Var(correction: 0).ToScalar(), 14);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(2.5)]
    [InlineData(Infinity)]
    public void Norm_AtZero_HasZeroGradientAtTwoOrders(double p)
    {
        Tensor zero = Tensor.Zeros([3], DType.Float64);
        Assert.Equal(0, zero.Norm(p).ToScalar());
        Assert.Equal([0.0, 0, 0], Gradient.Of(v => v.Norm(p), zero).ToDoubles());
        Assert.Equal(new double[9], Gradient.Hessian(v => v.Norm(p), zero).ToDoubles());
    }

    [Fact]
    public void Norm_HighPower_DoesNotOverflow()
    {
        Assert.Equal(2e200 * Math.Pow(2, 1.0 / 3), Tensor.From(2e200, -2e200).Norm(3).ToScalar(), 1e190);
        Assert.Contains("p must be 1 or more", Assert.Throws<ArgumentOutOfRangeException>(() => X.Norm(0.5)).Message);
    }

    [Fact]
    public void LogSumExp_Infinities_GiveNoNaN()
    {
        Tensor x = Tensor.From(new[] { -Infinity, -Infinity, 1, -Infinity, Infinity, 0 }, [3, 2]);
        Assert.Equal([-Infinity, 1, Infinity], x.LogSumExp(1).ToDoubles());
        Assert.Equal([0.0, 0, 1, 0, 1, 0], Gradient.Of(v => v.LogSumExp(1).Sum(), x).ToDoubles());
        Assert.Equal(1000 + Math.Log(2), Tensor.From(1000.0, 1000).LogSumExp().ToScalar(), 12);
    }

    [Fact]
    public void LogSumExp_ShareNextToSubnormal_HasNoGradient()
    {
        // e⁻⁶⁰ is 9·10⁻²⁷, e⁻⁷⁵ is 3·10⁻³³: below 2⁻¹⁰⁰ = 8·10⁻³¹ products of a share may be subnormal in Float32, but not in Float64.
        double[] x = [0, -60, -75, -95];
        double[] single = Gradient.Of(v => v.LogSumExp(0), Tensor.From(x).Cast(DType.Float32)).ToDoubles();
        double[] twice = Gradient.Of(v => v.LogSumExp(0), Tensor.From(x)).ToDoubles();
        Assert.Equal([1, Math.Exp(-60), 0, 0], single, (a, b) => Math.Abs(a - b) <= 1e-5 * a);
        Assert.Equal([.. x.Select(Math.Exp)], twice, (a, b) => Math.Abs(a - b) <= 1e-12 * a);
    }

    [Fact]
    public void Softmax_Infinities_GiveTheLimit()
    {
        Tensor x = Tensor.From(new[] { -Infinity, -Infinity, Infinity, Infinity, Infinity, 0, 0, -Infinity }, [4, 2]);
        Assert.Equal([0.0, 0, 0.5, 0.5, 1, 0, 1, 0], x.Softmax().ToDoubles());
        Assert.Equal([-Infinity, -Infinity, -Math.Log(2), -Math.Log(2), 0, -Infinity, 0, -Infinity], x.LogSoftmax().ToDoubles());
        Assert.All(Tensor.From(0, double.NaN).Softmax().ToDoubles(), value => Assert.True(double.IsNaN(value)));
        Assert.Equal([1.0, 0], Tensor.From(1000.0, -1000).Softmax().ToDoubles());
    }

    [Fact]
    public void CumSum_IntegersAndEveryAxis_RunAlongTheAxis()
    {
        Assert.Equal([1, 3, 6, 4, 9, 15], Tensor.From(new[] { 1, 2, 3, 4, 5, 6 }, [2, 3]).CumSum(1).ToArray<int>());
        Assert.Equal([1.0, 2, 3, 5, 7, 9], X.CumSum(0).ToDoubles());
        Assert.Equal([1.0, 2, 6, 4, 20, 120], X.CumProd(-1).ToDoubles());
        Assert.Equal([2, 0], Tensor.Zeros([2, 0]).CumSum(1).Shape);
    }

    [Fact]
    public void LogCumSumExp_InfinitiesAndLargeValues_AreStable()
    {
        Tensor x = Tensor.From(-Infinity, 700, -Infinity, 800, -800);
        Assert.Equal([-Infinity, 700, 700, 800, 800], x.LogCumSumExp(0).ToDoubles());
        Assert.All(Gradient.Of(v => v.LogCumSumExp(0)[1..].Sum(), x).ToDoubles(), value => Assert.True(double.IsFinite(value)));
        Assert.Equal([-Infinity, Infinity, Infinity], Tensor.From(-Infinity, Infinity, 3).LogCumSumExp(0).ToDoubles());
    }

    [Fact]
    public void Quantile_Linear_IsTypeSeven()
    {
        // numpy.quantile([3, 1, 4, 1], 0.4) = 1 + 0.2·(3 − 1) = 1.4
        Assert.Equal(1.4, Tensor.From(3.0, 1, 4, 1).Quantile(0.4).ToScalar(), 12);
        Assert.Equal([2.0, 5.0], X.Median(1).ToDoubles());
        Assert.Equal(3.5, X.Median().ToScalar());
        Assert.Throws<ArgumentOutOfRangeException>(() => X.Quantile(1.5));
    }
}
