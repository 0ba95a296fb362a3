using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class GradientTests
{
    [Fact]
    public void Of_ThirdDerivativeOfExp_IsExp()
    {
        Tensor x = Tensor.From(0.3, -1.2);
        Tensor third = Gradient.Of(a => Gradient.Of(b => Gradient.Of(c => c.Exp().Sum(), b).Sum(), a).Sum(), x);
        Assert.Equal(Math.Exp(0.3), third.AsSpan<double>()[0], 12);
        Assert.Equal(Math.Exp(-1.2), third.AsSpan<double>()[1], 12);
        Assert.Null(third.Node);
    }

    [Fact]
    public void Of_NestedScopeWithClosure_TreatsTheOuterVariableAsConstant()
    {
        // d/dx [x · d/dy (x·y)] = d/dx x² = 2x; confusing the two scopes' perturbations would give another number.
        Tensor x = Tensor.Scalar(3, DType.Float64);
        Tensor gradient = Gradient.Of(a => a * Gradient.Of(b => a * b, Tensor.Scalar(5, DType.Float64)), x);
        Assert.Equal(6, gradient.ToScalar());
    }

    [Fact]
    public void Of_BroadcastOperand_SumsBackToItsShape()
    {
        Tensor x = Tensor.From(1.0, 2.0, 3.0);
        Tensor m = Tensor.Ones([4, 3], DType.Float64);
        Assert.Equal([4.0, 4.0, 4.0], Gradient.Of(v => (v * m).Sum(), x).ToDoubles());
    }

    [Fact]
    public void ValueAndGradient_Parameters_AreConnectedByReading()
    {
        var w = new Parameter("w", Tensor.From(2f, 3f));
        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(() => (w.Read() * w).Sum(), [w]);
        Assert.Equal(13, value.ToScalar());
        Assert.Equal([4.0, 6.0], gradients[0].ToDoubles());
        Assert.Null(value.Node);
    }

    [Fact]
    public void Of_ChainOfHundredThousandOps_DoesNotOverflow()
    {
        Tensor gradient = Gradient.Of(
            x =>
            {
                for (int i = 0; i < 100_000; i++)
                {
                    x = x + 1e-6;
                }

                return x * x;
            },
            Tensor.Scalar(1, DType.Float64));
        Assert.Equal(2 * 1.1, gradient.ToScalar(), 9);
    }

    [Fact]
    public void Jvp_TanhOfProduct_MatchesTheFormula()
    {
        Tensor x = Tensor.From(0.5, -0.2), v = Tensor.From(1.0, 2.0);
        (Tensor value, Tensor tangent) = Gradient.Jvp(a => (2 * a).Tanh(), x, v);
        for (int i = 0; i < 2; i++)
        {
            double y = Math.Tanh(2 * x.AsSpan<double>()[i]);
            Assert.Equal(y, value.AsSpan<double>()[i], 12);
            Assert.Equal(2 * (1 - (y * y)) * v.AsSpan<double>()[i], tangent.AsSpan<double>()[i], 12);
        }
    }

    [Fact]
    public void Hessian_OfCubicForm_MatchesTheFormula()
    {
        // f = x₀²·x₁ has the Hessian [[2x₁, 2x₀], [2x₀, 0]].
        Tensor hessian = Gradient.Hessian(x => x[0] * x[0] * x[1], Tensor.From(3.0, 5.0));
        Assert.Equal([10.0, 6.0, 6.0, 0.0], hessian.ToDoubles());
    }

    [Fact]
    public void Checkpoint_WithCapturedTensor_GivesTheGradientsOfThePlainComputation()
    {
        var w = new Parameter("w", Tensor.From(0.3, 0.7));
        Tensor x = Tensor.From(1.0, -2.0);
        Tensor Loss(bool checkpoint)
        {
            Tensor Part(Tensor[] z) => (z[0] * w).Tanh() * w;
            Tensor h = x * 2 * w;
            return (checkpoint ? Gradient.Checkpoint(Part, h) : Part([h])).Exp().Sum();
        }

        Tensor plain = Gradient.ValueAndGradient(() => Loss(false), [w]).Gradients[0];
        Tensor checkpointed = Gradient.ValueAndGradient(() => Loss(true), [w]).Gradients[0];
        Assert.Equal(plain.ToDoubles(), checkpointed.ToDoubles());
    }

    [Fact]
    public void VMap_OfGradient_GivesOneGradientAnExample()
    {
        Tensor w = Tensor.From(2.0, 3.0), xs = Tensor.From(new double[] { 1, 2, 3, 4, 5, 6 }, [3, 2]);
        Tensor perExample = Batching.VMap(x => Gradient.Of(v => (x * v * v).Sum(), w))(xs);
        Assert.Equal([3, 2], perExample.Shape);
        Assert.Equal([4.0, 12.0, 12.0, 24.0, 20.0, 36.0], perExample.ToDoubles());
    }

    [Fact]
    public void ToScalar_WhileTracing_SaysWhatToDo()
    {
        TracingException error = Assert.Throws<TracingException>(() => Batching.VMap(x => x * x.Sum().ToScalar())(Tensor.Ones([3, 2])));
        Assert.Contains("Where", error.Message);
    }

    [Fact]
    public void Custom_WithGradientsInItsForwardAndItsVjp_HasThem()
    {
        // x³ as the slope of x⁴/4, with 3x² as the slope of x³: gradients taken while another one is on its way.
        static Tensor Cube(Tensor x) => Gradient.Custom(
            "Cube",
            inputs => Gradient.Of(v => (v.Square().Square() / 4).Sum(), inputs[0]),
            (inputs, _, dy) => [dy * Gradient.Of(v => (v * v * v).Sum(), inputs[0])],
            x);

        Tensor at = Tensor.From(0.7, -1.3);
        Assert.Equal((at * at * at).ToDoubles(), Cube(at).ToDoubles());
        GradientCheck.Run(Cube, at).ThrowIfFailed();
    }
}
