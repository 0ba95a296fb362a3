namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>
    /// The same values in another type. Floating to integer truncates toward zero and saturates, NaN becomes 0; to Bool is x ≠ 0.
    /// Gradients pass between floating-point types.
    /// </summary>
    public Tensor Cast(DType dtype) => dtype == DType && !IsLiteral ? this : IsLiteral && dtype != DType.Bool && dtype.IsFloating()
        ? Scalar(_literal, dtype)
        : new Cast(dtype).Apply(this);

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Autodiff.Exp.Instance.Apply(this);

    /// <summary>The natural logarithm: −∞ at 0, NaN below.</summary>
    public Tensor Log() => Autodiff.Log.Instance.Apply(this);

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => Autodiff.Tanh.Instance.Apply(this);
}
