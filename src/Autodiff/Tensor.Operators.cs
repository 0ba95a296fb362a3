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

    /// <inheritdoc cref="Remainder"/>
    public static Tensor operator %(Tensor left, Tensor right) => Autodiff.Remainder.Instance.Apply(left, right);

    /// <inheritdoc cref="LessThan"/>
    public static Tensor operator <(Tensor left, Tensor right) => Autodiff.LessThan.Instance.Apply(left, right);

    /// <inheritdoc cref="LessOrEqual"/>
    public static Tensor operator <=(Tensor left, Tensor right) => Autodiff.LessOrEqual.Instance.Apply(left, right);

    /// <inheritdoc cref="GreaterThan"/>
    public static Tensor operator >(Tensor left, Tensor right) => Autodiff.GreaterThan.Instance.Apply(left, right);

    /// <inheritdoc cref="GreaterOrEqual"/>
    public static Tensor operator >=(Tensor left, Tensor right) => Autodiff.GreaterOrEqual.Instance.Apply(left, right);

    /// <summary>Both, element by element, of Bool tensors.</summary>
    /// <exception cref="DTypeException">An operand is not Bool.</exception>
    public static Tensor operator &(Tensor left, Tensor right) => Autodiff.LogicalAnd.Instance.Apply(left, right);

    /// <summary>One or both, element by element, of Bool tensors.</summary>
    /// <inheritdoc cref="op_BitwiseAnd"/>
    public static Tensor operator |(Tensor left, Tensor right) => Autodiff.LogicalOr.Instance.Apply(left, right);

    /// <summary>Exactly one of both, element by element, of Bool tensors.</summary>
    /// <inheritdoc cref="op_BitwiseAnd"/>
    public static Tensor operator ^(Tensor left, Tensor right) => Autodiff.LogicalXor.Instance.Apply(left, right);

    /// <summary>The opposite of each element of a Bool tensor.</summary>
    /// <inheritdoc cref="op_BitwiseAnd"/>
    public static Tensor operator !(Tensor x) => Autodiff.LogicalNot.Instance.Apply(x);
}
