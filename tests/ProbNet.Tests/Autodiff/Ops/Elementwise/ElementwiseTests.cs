using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Values and corner points of the elementwise operations.</summary>
public class ElementwiseTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void Operators_WithLiterals_KeepTheTypeOfTheTensor()
    {
        Tensor single = Tensor.From(1f, 2f), wide = Tensor.From(1.0, 3.0), whole = Tensor.From(1, 2);
        Assert.Equal(DType.Float32, (1 - single).DType);
        Assert.Equal(DType.Float64, (wide / 2).DType);
        Assert.Equal(DType.Int32, (whole * 3).DType);
        Assert.Equal([0.1, 3 * 0.1], (0.1 * wide).ToDoubles());
    }

    [Fact]
    public void Operators_MixedTypes_NameCast()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.From(1f, 2f) + Tensor.From(1.0, 2.0));
        Assert.Equal("Add: the operands have different types, Float32 [2] and Float64 [2]; convert one with Cast.", error.Message);
        Assert.Contains("Cast", Assert.Throws<DTypeException>(() => Tensor.From(1f) < Tensor.From(1)).Message);
        Assert.Contains("0.5 is not an integer", Assert.Throws<DTypeException>(() => Tensor.From(1) + 0.5).Message);
    }

    [Fact]
    public void Operators_ShapesThatDoNotBroadcast_NameTheAxis()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.Ones([2, 3]) * Tensor.Ones([4]));
        Assert.Equal("Multiply: the shapes [2, 3] and [4] do not broadcast: axis -1 has lengths 3 and 4, which differ and neither is 1.", error.Message);
    }

    [Fact]
    public void Divide_Integers_AsksForACast() =>
        Assert.Contains("Cast(DType.Float32)", Assert.Throws<DTypeException>(() => Tensor.From(1) / Tensor.From(2)).Message);

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 3 })]
    [InlineData(new[] { 2, 3 }, new[] { 2, 1 })]
    [InlineData(new[] { 2, 1, 3 }, new[] { 4, 1 })]
    [InlineData(new[] { 5, 1, 2, 1 }, new[] { 1, 3, 1, 2 })]
    [InlineData(new int[0], new[] { 2, 2 })]
    [InlineData(new[] { 1, 1 }, new[] { 1 })]
    [InlineData(new[] { 0, 3 }, new[] { 3 })]
    [InlineData(new[] { 2, 3, 4, 5 }, new[] { 3, 1, 5 })]
    public void Broadcasting_OfTwoOperands_IsTheOneByIndices(int[] left, int[] right)
    {
        Tensor a = Tensor.Arange(Shape.Create(left).Size).Reshape(left), b = Tensor.Arange(Shape.Create(right).Size).Reshape(right) + 100;
        Shape shape = Shape.Broadcast(a.Shape, b.Shape);
        Tensor wideA = a.BroadcastTo(shape), wideB = b.BroadcastTo(shape);
        double[] expected = [.. wideA.ToDoubles().Zip(wideB.ToDoubles(), (x, y) => (1000 * x) + y)];
        Assert.Equal(expected, ((1000 * a) + b).ToDoubles());
        Assert.Equal(expected, ((1000 * a.Cast(DType.Float64)) + b.Cast(DType.Float64)).ToDoubles());
        Assert.Equal(expected, ((1000 * a.Cast(DType.Float32)) + b.Cast(DType.Float32)).ToDoubles());
        Assert.Equal(expected, Tensor.Where(wideA >= 0, (1000 * a) + b, -1).ToDoubles());
        Assert.Equal(wideA.ToDoubles(), Tensor.Where(b > 0, a, b).ToDoubles());
        Assert.Equal(wideB.ToDoubles(), Tensor.Where(a < 0, a.Cast(DType.Float32), b.Cast(DType.Float32)).ToDoubles());
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Comparisons_OfNumbers_AreBool(DType dtype)
    {
        Tensor a = Tensor.From(1, 2, 3).Cast(dtype), b = Tensor.Scalar(2, dtype);
        Assert.Equal([true, false, false], (a < b).ToArray<bool>());
        Assert.Equal([true, true, false], (a <= b).ToArray<bool>());
        Assert.Equal([false, false, true], (a > b).ToArray<bool>());
        Assert.Equal([false, true, true], (a >= 2).ToArray<bool>());
        Assert.Equal([false, true, false], a.EqualTo(b).ToArray<bool>());
        Assert.Equal([true, false, true], a.NotEqualTo(2).ToArray<bool>());
        Assert.Equal([true, false, false], a.LessThan(b).ToArray<bool>());
        Assert.Equal([true, true, false], a.LessOrEqual(b).ToArray<bool>());
        Assert.Equal([false, false, true], a.GreaterThan(b).ToArray<bool>());
        Assert.Equal([true, true, false], (2 >= a).ToArray<bool>());
    }

    [Fact]
    public void Comparisons_WithNaN_AreFalseButNotEqual()
    {
        Tensor x = Tensor.From(double.NaN, 1);
        Assert.Equal([false, true], x.EqualTo(x).ToArray<bool>());
        Assert.Equal([true, false], x.NotEqualTo(x).ToArray<bool>());
        Assert.Equal([false, true], x.GreaterOrEqual(x).ToArray<bool>());
    }

    [Fact]
    public void Logic_OfMasks_IsThatOfBool()
    {
        Tensor a = Tensor.From(true, true, false, false), b = Tensor.From(true, false, true, false);
        Assert.Equal([true, false, false, false], (a & b).ToArray<bool>());
        Assert.Equal([true, true, true, false], (a | b).ToArray<bool>());
        Assert.Equal([false, true, true, false], (a ^ b).ToArray<bool>());
        Assert.Equal([false, false, true, true], (!a).ToArray<bool>());
        Assert.Equal([true, false, false, true], a.EqualTo(b).ToArray<bool>());
        Assert.Equal([false, false, false, false], Tensor.Where(a, !a, a).ToArray<bool>());
        Assert.Contains("LogicalAnd: an operand is Float32 [1]", Assert.Throws<DTypeException>(() => Tensor.From(1f) & Tensor.From(1f)).Message);
    }

    [Fact]
    public void Predicates_OfSpecialValues_TellThemApart()
    {
        Tensor x = Tensor.From(double.NaN, Infinity, -Infinity, 0, double.MaxValue);
        Assert.Equal([true, false, false, false, false], x.IsNaN().ToArray<bool>());
        Assert.Equal([false, true, true, false, false], x.IsInfinite().ToArray<bool>());
        Assert.Equal([false, false, false, true, true], x.IsFinite().ToArray<bool>());
    }

    [Fact]
    public void Where_GradientOfTheBranchNotTaken_IsExactlyZeroEvenForInfiniteDy()
    {
        Tensor mask = Tensor.From(true, false), a = Tensor.From(1.0, 2.0), b = Tensor.From(3.0, 4.0);
        Tensor dy = Tensor.From(Infinity, double.NaN);
        Tensor[] products = Gradient.Vjp(xs => Tensor.Where(mask, xs[0], xs[1]), [a, b], dy).Products;
        Assert.Equal([Infinity, 0.0], products[0].ToDoubles());
        Assert.Equal([0.0, double.NaN], products[1].ToDoubles());
    }

    [Fact]
    public void Where_IntegerMask_IsRefused() =>
        Assert.Contains("the mask is Int32", Assert.Throws<DTypeException>(() => Tensor.Where(Tensor.From(1), 1, 2)).Message);

    [Fact]
    public void SafeWhere_SqrtAtZero_HasFiniteDerivativesOfEveryOrder()
    {
        Tensor x = Tensor.From(0.0, 4.0);
        Tensor First(Tensor z) => Gradient.Of(v => Tensor.SafeWhere(v > 0, v, u => u.Sqrt(), 0).Sum(), z);
        Assert.Equal([0, 0.25], First(x).ToDoubles());
        Assert.Equal([0, -1.0 / 32], Gradient.Of(z => First(z).Sum(), x).ToDoubles());
        Assert.Equal([0.0, 2.0], Tensor.SafeWhere(x > 0, x, u => u.Sqrt(), 0).ToDoubles());
    }

    [Fact]
    public void MaskedFill_Mask_WritesTheValueAndStopsTheGradient()
    {
        Tensor mask = Tensor.From(true, false, true), x = Tensor.From(1.0, 2.0, 3.0);
        Assert.Equal([9.0, 2.0, 9.0], x.MaskedFill(mask, 9).ToDoubles());
        Assert.Equal([0.0, 1.0, 0.0], Gradient.Of(v => v.MaskedFill(mask, 9).Sum(), x).ToDoubles());
    }

    [Fact]
    public void Maximum_AtATie_SharesTheGradient()
    {
        Tensor a = Tensor.From(1.0, 2.0, 3.0), b = Tensor.From(2.0, 2.0, 2.0);
        Tensor[] max = Gradient.ValueAndGradient(xs => Tensor.Maximum(xs[0], xs[1]).Sum(), a, b).Gradients;
        Assert.Equal([0, 0.5, 1], max[0].ToDoubles());
        Assert.Equal([1, 0.5, 0], max[1].ToDoubles());
        Tensor[] min = Gradient.ValueAndGradient(xs => Tensor.Minimum(xs[0], xs[1]).Sum(), a, b).Gradients;
        Assert.Equal([1, 0.5, 0], min[0].ToDoubles());
        Assert.Equal([0, 0.5, 1], min[1].ToDoubles());
        Assert.Equal([2, double.NaN], Tensor.Maximum(Tensor.From(2.0, double.NaN), Tensor.From(1.0, 1.0)).ToDoubles());
        Assert.Equal([3, 5], Tensor.Maximum(Tensor.From(3, 4), Tensor.From(1, 5)).ToArray<int>());
    }

    [Fact]
    public void Clip_AtTheEnds_PassesTheGradient()
    {
        Tensor x = Tensor.From(-1.0, 0.0, 0.5, 1.0, 2.0);
        Assert.Equal([0, 0, 0.5, 1, 1], x.Clip(0, 1).ToDoubles());
        Assert.Equal([0.0, 1, 1, 1, 0], Gradient.Of(v => v.Clip(0, 1).Sum(), x).ToDoubles());
        Assert.Equal([0.25, 0.25, 0.5, 1, 2], x.Clip(min: 0.25).ToDoubles());
        Assert.Equal([-1.0, 0, 0, 0, 0], x.Clip(max: 0).ToDoubles());
        Assert.Equal([2, 2, 3], Tensor.From(1, 2, 3).Clip(min: 2).ToArray<int>());
        Assert.Equal([double.NaN], Tensor.From(double.NaN).Clip(0, 1).ToDoubles());
    }

    [Fact]
    public void Clip_TensorBounds_ReceiveTheGradientWhereTheyCameOut()
    {
        Tensor x = Tensor.From(-1.0, 0.5, 3.0, 0.5), lower = Tensor.From(0.0, 0.0, 0.0, 2.0), upper = Tensor.From(1.0, 1.0, 1.0, 1.0);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => xs[0].Clip(xs[1], xs[2]).Sum(), x, lower, upper).Gradients;
        Assert.Equal([0.0, 0.5, 1.0, 1.0], x.Clip(lower, upper).ToDoubles());
        Assert.Equal([0.0, 1, 0, 0], gradients[0].ToDoubles());
        Assert.Equal([1.0, 0, 0, 0], gradients[1].ToDoubles());
        Assert.Equal([0.0, 0, 1, 1], gradients[2].ToDoubles());
    }

    [Fact]
    public void Rounding_Halves_GoToEvenAndHaveNoGradient()
    {
        Tensor x = Tensor.From(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.7);
        Assert.Equal([-2.0, -2, -0.0, 0, 2, 2, 1], x.Round().ToDoubles());
        Assert.Equal([-3.0, -2, -1, 0, 1, 2, 0], x.Floor().ToDoubles());
        Assert.Equal([-2.0, -1, -0.0, 1, 2, 3, 1], x.Ceiling().ToDoubles());
        Assert.Equal([-2.0, -1, -0.0, 0, 1, 2, 0], x.Truncate().ToDoubles());
        Assert.All(Gradient.Of(v => (v.Round() + v.Floor() + v.Ceiling() + v.Truncate() + v.Sign()).Sum(), x).ToDoubles(), g => Assert.Equal(0, g));
    }

    [Fact]
    public void Abs_AtZero_HasGradientZero()
    {
        Tensor x = Tensor.From(-2.0, 0.0, 3.0);
        Assert.Equal([2.0, 0, 3], x.Abs().ToDoubles());
        Assert.Equal([-1.0, 0, 1], Gradient.Of(v => v.Abs().Sum(), x).ToDoubles());
        Assert.Equal([2, 5], Tensor.From(-2, 5).Abs().ToArray<int>());
        Assert.Equal([-1.0, 0, 1, double.NaN], Tensor.From(-3, 0, Infinity, double.NaN).Sign().ToDoubles());
        Assert.Equal([-1, 0, 1], Tensor.From(-7, 0, 2).Sign().ToArray<int>());
    }

    [Fact]
    public void Sqrt_AtZero_HasTheGradientOfIeee() =>
        Assert.Equal([Infinity, 0.25], Gradient.Of(v => v.Sqrt().Sum(), Tensor.From(0.0, 4.0)).ToDoubles());

    [Fact]
    public void Relu_AtZero_HasGradientZero()
    {
        Tensor x = Tensor.From(-1.0, 0.0, 2.0, double.NaN);
        Assert.Equal([0, 0, 2, double.NaN], x.Relu().ToDoubles());
        Assert.Equal([0.0, 0, 1], Gradient.Of(v => v.Relu().Sum(), x[..3]).ToDoubles());
    }

    [Fact]
    public void Pow_NegativeBase_IsExactForIntegerExponents()
    {
        Tensor x = Tensor.From(-2.0, 3.0);
        Assert.Equal([-8.0, 27], x.Pow(3).ToDoubles());
        Assert.Equal([12.0, 27], Gradient.Of(v => v.Pow(3).Sum(), x).ToDoubles());
        Assert.Equal([-8.0, 27], x.Pow(Tensor.From(3.0, 3.0)).ToDoubles());
        Assert.Equal([12.0, 27], Gradient.Of(v => v.Pow(Tensor.From(3.0, 3.0)).Sum(), x).ToDoubles());
        Assert.True(double.IsNaN(x.Pow(1.5).ToDoubles()[0]));
    }

    [Fact]
    public void Pow_BaseZero_HasFiniteGradientsWhereTheyExist()
    {
        Tensor a = Tensor.From(0.0, 0.0, 0.0, 0.0), b = Tensor.From(0.0, 1.0, 2.0, 0.5);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => xs[0].Pow(xs[1]).Sum(), a, b).Gradients;
        Assert.Equal([1.0, 0, 0, 0], a.Pow(b).ToDoubles());
        Assert.Equal([0, 1, 0, Infinity], gradients[0].ToDoubles());
        Assert.Equal([0.0, 0, 0, 0], gradients[1].ToDoubles());
        Assert.Equal([1.0, 1, 1, 1], a.Pow(0).ToDoubles());
        Assert.Equal([0.0, 0, 0, 0], Gradient.Of(v => v.Pow(0).Sum(), a).ToDoubles());
    }

    [Fact]
    public void Pow_SpecialExponents_AreTheGeneralOne()
    {
        Tensor x = Tensor.From(0.3, 1.7, 9.0);
        foreach (double p in new[] { -1, 0, 0.5, 1, 2, 3 })
        {
            double[] expected = [.. x.ToDoubles().Select(v => Math.Pow(v, p))];
            Assert.All(x.Pow(p).ToDoubles().Zip(expected), pair => Assert.Equal(1, pair.First / pair.Second, 14));
        }
    }

    [Fact]
    public void Remainder_TakesTheSignOfTheDivisor()
    {
        double[] expected = [1, -1, 2, -2];
        Assert.Equal(expected, Tensor.From(7.0, -7.0, -7.0, 7.0).Remainder(Tensor.From(3.0, -3.0, 3.0, -3.0)).ToDoubles());
        Assert.Equal(expected, (Tensor.From(7, -7, -7, 7) % Tensor.From(3, -3, 3, -3)).ToDoubles());
        Assert.Equal([0], (Tensor.From(int.MinValue) % -1).ToArray<int>());
        Assert.Contains("Remainder", Assert.Throws<DivideByZeroException>(() => Tensor.From(1) % 0).Message);
    }

    [Fact]
    public void Sigmoid_Extremes_AreFiniteWithTheirGradients()
    {
        Tensor x = Tensor.From(-800.0, 800.0);
        Assert.Equal([0.0, 1], x.Sigmoid().ToDoubles());
        Assert.Equal([-800.0, 0], x.LogSigmoid().ToDoubles());
        Assert.Equal([0.0, 800], x.Softplus().ToDoubles());
        Assert.Equal([1.0, 0], Gradient.Of(v => v.LogSigmoid().Sum(), x).ToDoubles());
        Assert.Equal([0.0, 1], Gradient.Of(v => v.Softplus().Sum(), x).ToDoubles());
    }
}
