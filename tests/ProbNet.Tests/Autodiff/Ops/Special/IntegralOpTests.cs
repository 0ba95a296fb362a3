using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Bessel functions, integrals and Lambert's W on tensors: values and gradients at the ends of their domains and far out.</summary>
public class IntegralOpTests
{
    private const double Infinity = double.PositiveInfinity;

    [Fact]
    public void BesselJ_AtZeroAndInfinity_HasTheGradientOfItsSeries()
    {
        Tensor x = Tensor.From(0.0, Infinity);
        Assert.Equal([0.0, 0], Slopes(v => v.BesselJ0(), x));
        Assert.Equal([0.5, 0], Slopes(v => v.BesselJ1(), x));
    }

    [Fact]
    public void PolesAtZero_HaveInfiniteSlopes()
    {
        Tensor x = Tensor.From(0.0, Infinity);
        foreach (Func<Tensor, Tensor> f in new Func<Tensor, Tensor>[] { v => v.BesselK0(), v => v.BesselK1(), v => v.BesselK0e(), v => v.BesselK1e(), v => v.ExpIntegralE1() })
        {
            Assert.Equal([Infinity, 0], f(x).ToDoubles());
            Assert.Equal([-Infinity, 0], Slopes(f, x));
        }
    }

    [Fact]
    public void Dawson_FarOut_HasTheGradientOfItsAsymptote()
    {
        // F = 1/2x + 1/4x³ + …: F′ = −1/2x² (1 + 3/2x² + …), F″ = 1/x³ (1 + 3/x² + …).
        Tensor x = Tensor.From(1e6);
        Assert.Equal(1, Slopes(v => v.Dawson(), x)[0] / -0.5e-12, 1e-11);
        Assert.Equal(1, Gradient.Hessian(v => v.Dawson().Sum(), x).ToScalar() / 1e-18, 1e-11);
        Assert.Equal([0.0, 0], Slopes(v => v.Dawson(), Tensor.From(Infinity, -Infinity)));
    }

    [Fact]
    public void LambertW_EndsOfItsDomain_HaveTheSlopesOfItsInverse()
    {
        // W = x − x² + …: slope 1 and curvature −2 at 0; 1/x (1 + 1/W) far out.
        Tensor x = Tensor.From(0.0, 1e300, Infinity);
        double w = x.LambertW().ToDoubles()[1];
        double[] slopes = Slopes(v => v.LambertW(), x);
        Assert.Equal(1, slopes[0]);
        Assert.Equal(1, slopes[1] * 1e300 * (1 + (1 / w)), 1e-14);
        Assert.Equal(0, slopes[2]);
        Assert.Equal(-2, Gradient.Hessian(v => v.LambertW().Sum(), x[..1]).ToScalar(), 1e-15);
        Assert.Equal(double.NaN, Tensor.From(-0.4).LambertW().ToScalar());
    }

    [Fact]
    public void OwensT_InfiniteArguments_HasGradientsOfItsLimits()
    {
        // T(h, ±∞) = ±Φ(−|h|)/2 and T(±∞, a) = 0.
        Tensor h = Tensor.From(1.0, 0.0, Infinity, -1.0), a = Tensor.From(Infinity, -Infinity, 0.0, Infinity);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => Tensor.OwensT(xs[0], xs[1]).Sum(), h, a).Gradients;
        double half = 0.5 * NormalCdf.DensityAtZero * Math.Exp(-0.5);
        Assert.Equal([0.0, 0, 0, 0], gradients[1].ToDoubles());
        Assert.Equal([-half, 0, 0, half], gradients[0].ToDoubles());
    }

    [Fact]
    public void BesselOfRealOrder_AtZero_HasTheGradientOfItsSeries()
    {
        // I_ν = (x/2)^ν/Γ(ν + 1) (1 + …) times e^−x, whose kink at 0 has slope 0.
        Tensor x = Tensor.Zeros([4], DType.Float64), order = Tensor.From(0.0, 0.5, 1, 2);
        Assert.Equal([0, Infinity, 0.5, 0], Slopes(v => Tensor.BesselIe(order, v), x));
        Assert.Equal([0, Infinity, Infinity, Infinity], Slopes(v => Tensor.LogBesselI(order, v), x));
        Assert.Equal([0.5, 1 / 3.0, 0.25, 1 / 6.0], Slopes(v => Tensor.BesselIRatio(order, v), x));
        Assert.Equal([1.0], Slopes(v => Tensor.LogBesselI(2.5, v), Tensor.From(Infinity)));
        Assert.Equal([0.0], Slopes(v => Tensor.BesselIRatio(2.5, v), Tensor.From(Infinity)));
    }

    [Fact]
    public void BesselOfRealOrder_DerivativeInTheOrder_SaysThatThereIsNone()
    {
        Tensor order = Tensor.From(1.5);
        foreach (Func<Tensor, Tensor, Tensor> f in new[] { Tensor.BesselIe, Tensor.LogBesselI, Tensor.BesselIRatio })
        {
            Assert.Contains("derivative in the order", Assert.Throws<NotSupportedException>(() => Slopes(v => f(v, 2), order)).Message);
        }
    }

    private static double[] Slopes(Func<Tensor, Tensor> f, Tensor x) => Gradient.Of(v => f(v).Sum(), x).ToDoubles();
}
