using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Corner points and extremes of the activations; values in between are in the reference files.</summary>
public class ActivationTests
{
    [Fact]
    public void Gradients_AtTheKinks_AreTheDocumentedOnes()
    {
        Tensor zero = Tensor.From(0.0);
        double At(Func<Tensor, Tensor> f, double x) => Gradient.Of(v => f(v).Sum(), Tensor.From(x)).ToDoubles()[0];
        Assert.Equal(0.01, At(x => x.LeakyRelu(), 0));
        Assert.Equal(1.5, At(x => x.Elu(1.5), 0));
        Assert.Equal(1, At(x => x.Celu(0.3), 0));
        Assert.Equal(1, At(x => x.Softsign(), 0));
        Assert.Equal(0, At(x => x.HardTanh(), 1));
        Assert.Equal(0, At(x => x.HardTanh(), -1));
        Assert.Equal(0, At(x => x.HardSigmoid(), 3));
        Assert.Equal(0, At(x => x.HardSwish(), -3));
        Assert.Equal(1, At(x => x.HardSwish(), 3));
        Assert.Equal(0.25, At(x => x.Sigmoid(), 0));
        Assert.Equal(0.0, zero.Elu().ToDoubles()[0]);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Values_FarOut_AreTheLimitsWithTheirGradients(DType dtype)
    {
        Tensor x = Tensor.From(-300.0, 300.0).Cast(dtype);
        foreach ((Func<Tensor, Tensor> f, double left) in new (Func<Tensor, Tensor>, double)[]
        {
            (v => v.Elu(2), -2), (v => v.Silu(), 0), (v => v.Mish(), 0), (v => v.Gelu(), 0), (v => v.GeluTanh(), 0), (v => v.HardSwish(), 0),
            (v => v.Softplus(), 0),
        })
        {
            double[] y = f(x).ToDoubles(), gradient = Gradient.Of(v => f(v).Sum(), x).ToDoubles();
            Assert.Equal(left, y[0], 1e-30);
            Assert.Equal(300, y[1]);
            Assert.Equal(0, gradient[0], 1e-30);
            Assert.Equal(1, gradient[1]);
        }
    }

    [Fact]
    public void LeakyRelu_TensorSlope_ReceivesItsGradient()
    {
        Tensor x = Tensor.From(new double[] { -2, 3, -5, 7 }, [2, 2]), slope = Tensor.From(0.1, 0.2);
        Assert.Equal([-0.2, 3, -0.5, 7], x.LeakyRelu(slope).ToDoubles());
        Assert.Equal([-7.0, 0], Gradient.Of(s => x.LeakyRelu(s).Sum(), slope).ToDoubles());
    }

    [Fact]
    public void Celu_AlphaZero_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.From(1f).Celu(0));

    [Fact]
    public void Logit_InvertsSigmoidAndKeepsDigitsAroundOneHalf()
    {
        // ln(x/(1 − x)) = 4(x − ½) + O((x − ½)³).
        double offset = Math.ScaleB(1, -40);
        Assert.Equal(4 * offset, Tensor.From(0.5 + offset).Logit().ToDoubles()[0], 1e-27);
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity, double.NaN], Tensor.From(0.0, 1.0, 1.5).Logit().ToDoubles());
        Assert.Equal(-20, Tensor.From(-20.0).Sigmoid().Logit().ToDoubles()[0], 1e-13);
    }
}
