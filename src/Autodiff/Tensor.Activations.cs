namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The logistic function 1/(1 + e⁻ˣ), without overflow.</summary>
    public Tensor Sigmoid() => Autodiff.Sigmoid.Instance.Apply(this);

    /// <summary>ln(1/(1 + e⁻ˣ)), finite for every finite x.</summary>
    public Tensor LogSigmoid() => Autodiff.LogSigmoid.Instance.Apply(this);

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public Tensor Softplus() => Autodiff.Softplus.Instance.Apply(this);

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => Autodiff.Tanh.Instance.Apply(this);

    /// <summary>max(x, 0). Its gradient at 0 is 0.</summary>
    public Tensor Relu() => Autodiff.Relu.Instance.Apply(this);
}
