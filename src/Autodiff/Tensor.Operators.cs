namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The sum, element by element.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => Autodiff.Add.Instance.Apply(left, right);

    /// <summary>The difference, element by element.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => Autodiff.Subtract.Instance.Apply(left, right);

    /// <summary>The product, element by element; <see cref="MatMul"/> is the matrix product.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => Autodiff.Multiply.Instance.Apply(left, right);

    /// <summary>The quotient, element by element, of floating-point tensors.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => Autodiff.Divide.Instance.Apply(left, right);

    /// <summary>The negative of each element.</summary>
    public static Tensor operator -(Tensor x) => Autodiff.Negate.Instance.Apply(x);
}
