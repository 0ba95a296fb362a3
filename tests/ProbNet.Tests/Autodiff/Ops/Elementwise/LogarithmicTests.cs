using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Corner points of the operations that avoid 0·∞ and overflow.</summary>
public class LogarithmicTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void LogAddExp_Infinities_KeepTheirLimitsAndFiniteGradients()
    {
        Tensor a = Tensor.From(-Infinity, -Infinity, Infinity, Infinity, 1000, 2), b = Tensor.From(-Infinity, 3, Infinity, 3, 999, 2);
        double[] y = Tensor.LogAddExp(a, b).ToDoubles();
        Assert.Equal([-Infinity, 3, Infinity, Infinity], y[..4]);
        Assert.Equal(1000 + Math.Log(1 + Math.Exp(-1)), y[4], 1e-12);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.LogAddExp(xs[0], xs[1]).Sum(), a, b).Gradients;
        Assert.Equal([0.5, 0, 0.5, 1], gradients[0].ToDoubles()[..4]);
        Assert.Equal([0.5, 1, 0.5, 0], gradients[1].ToDoubles()[..4]);

        // ∂²/∂a² at a tie is ¼.
        Tensor second = Gradient.Hessian(x => Tensor.LogAddExp(x, Tensor.From(2.0)).Sum(), Tensor.From(2.0));
        Assert.Equal(0.25, second.ToScalar());
    }

    [Fact]
    public void XLogY_AtZero_IsZeroWithZeroGradients()
    {
        Tensor x = Tensor.From(0.0, 0.0, 0.0, 2.0), y = Tensor.From(0.0, 3.0, double.NaN, 0.0);
        Assert.Equal([0, 0, double.NaN, -Infinity], Tensor.XLogY(x, y).ToDoubles());
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.XLogY(xs[0], xs[1]).Sum(), x, y).Gradients;
        Assert.Equal([0, Math.Log(3), double.NaN, -Infinity], gradients[0].ToDoubles(), (p, q) => p.Equals(q) || Math.Abs(p - q) < 1e-15);
        Assert.Equal([0, 0, double.NaN, Infinity], gradients[1].ToDoubles());

        // ∂²/∂x∂y = 1/y also where x is 0.
        Tensor mixed = Gradient.Of(b => Gradient.Of(a => Tensor.XLogY(a, b).Sum(), x[1..2]).Sum(), y[1..2]);
        Assert.Equal(1.0 / 3, mixed.ToDoubles()[0]);
        Assert.Equal([0, -Infinity], Tensor.XLog1PY(Tensor.From(0.0, 1.0), Tensor.From(-1.0, -1.0)).ToDoubles());
    }

    [Fact]
    public void Entr_Corners_AreThoseOfTheLimit()
    {
        Assert.Equal([0, -Infinity, double.NaN, -0.0], Tensor.From(0, -1, double.NaN, 1).Entr().ToDoubles());
        Assert.Equal([Infinity], Gradient.Of(v => v.Entr().Sum(), Tensor.From(0.0)).ToDoubles());
    }

    [Fact]
    public void Log1mExp_BothEnds_KeepTheirDigits()
    {
        // ln(1 − e^(−1e−20)) = ln(1e−20); ln(1 − e^(−50)) = −e^(−50).
        double[] y = Tensor.From(-1e-20, -50, 0).Log1mExp().ToDoubles();
        Assert.Equal(Math.Log(1e-20), y[0], 1e-13);
        Assert.Equal(-Math.Exp(-50), y[1], 1e-35);
        Assert.Equal(-Infinity, y[2]);
        Assert.Equal(-1e20, Gradient.Of(v => v.Log1mExp().Sum(), Tensor.From(-1e-20)).ToDoubles()[0], 1e6);
    }

    [Fact]
    public void Hypot_LargeAndSmall_NeitherOverflowsNorVanishes()
    {
        Tensor a = Tensor.From(3e300, 3e-300, 0, -Infinity, 3), b = Tensor.From(4e300, 4e-300, 0, 5, double.NaN);
        double[] y = Tensor.Hypot(a, b).ToDoubles();
        Assert.Equal(1, y[0] / 5e300, 1e-15);
        Assert.Equal(1, y[1] / 5e-300, 1e-15);
        Assert.Equal([0, Infinity, double.NaN], y[2..]);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.Hypot(xs[0], xs[1]).Sum(), a, b).Gradients;
        Assert.Equal(0.6, gradients[0].ToDoubles()[0], 1e-15);
        Assert.Equal(0.8, gradients[1].ToDoubles()[1], 1e-15);
        Assert.Equal(0, gradients[0].ToDoubles()[2]);
    }

    [Fact]
    public void Atan2_Origin_HasZeroGradients()
    {
        Tensor y = Tensor.From(0.0, 1.0, -1e200), x = Tensor.From(0.0, -1.0, 0.0);
        Assert.Equal([0, 0.75 * Math.PI, -0.5 * Math.PI], Tensor.Atan2(y, x).ToDoubles());
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.Atan2(xs[0], xs[1]).Sum(), y, x).Gradients;
        Assert.Equal([0, -0.5, 0], gradients[0].ToDoubles().Select(g => Math.Round(g, 14)));
        Assert.Equal([0, -0.5, 0], gradients[1].ToDoubles().Select(g => Math.Round(g, 14)));
    }

    [Fact]
    public void Sinc_AroundZero_HasAccurateDerivatives()
    {
        // sinc x = 1 − π²x²/6 + π⁴x⁴/120 − …
        Tensor x = Tensor.From(0.0, 1e-8, 1.0);
        double square = Math.PI * Math.PI;
        double[] first = Gradient.Of(v => v.Sinc().Sum(), x).ToDoubles();
        Assert.Equal(0, first[0]);
        Assert.Equal(-square * 1e-8 / 3, first[1], 1e-22);
        Assert.Equal(-1, first[2], 1e-14);
        Assert.Equal(-square / 3, Gradient.Hessian(v => v.Sinc().Sum(), x[..1]).ToScalar(), 1e-14);
        Assert.Equal([1.0, 0.0], new[] { x.Sinc().ToDoubles()[0], x.Sinc().ToDoubles()[2] });
    }
}
