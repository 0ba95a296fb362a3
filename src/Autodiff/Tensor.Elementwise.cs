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

    /// <summary>|x|. Its gradient at 0 is 0.</summary>
    public Tensor Abs() => Autodiff.Abs.Instance.Apply(this);

    /// <summary>−1 below 0, 0 at 0, 1 above. The gradient is zero.</summary>
    public Tensor Sign() => Autodiff.Sign.Instance.Apply(this);

    /// <summary>x².</summary>
    public Tensor Square() => Autodiff.Square.Instance.Apply(this);

    /// <summary>√x: NaN below 0. Its gradient at 0 is +∞.</summary>
    public Tensor Sqrt() => Autodiff.Sqrt.Instance.Apply(this);

    /// <summary>1/√x.</summary>
    public Tensor Rsqrt() => Autodiff.Rsqrt.Instance.Apply(this);

    /// <summary>The cube root, real for negative numbers too. Its gradient at 0 is +∞.</summary>
    public Tensor Cbrt() => Autodiff.Cbrt.Instance.Apply(this);

    /// <summary>1/x.</summary>
    public Tensor Reciprocal() => Autodiff.Reciprocal.Instance.Apply(this);

    /// <summary>xᵖ for a fixed exponent: exact for a negative x when p is an integer, else NaN there; 0⁰ = 1.</summary>
    /// <param name="exponent">The exponent p.</param>
    public Tensor Pow(double exponent) => exponent switch
    {
        1 => this,
        2 => Square(),
        3 => Cube.Instance.Apply(this),
        0.5 => Sqrt(),
        -1 => Reciprocal(),
        0 => DType.IsFloating() ? OnesLike(this) : new Power(exponent).Apply(this),
        _ => new Power(exponent).Apply(this),
    };

    /// <summary>
    /// xᵇ, element by element: exact for a negative x when b is an integer, else NaN there; 0⁰ = 1, with zero gradients. At x = 0 with b &gt; 0 the
    /// gradient with respect to the exponent is 0.
    /// </summary>
    /// <param name="exponent">The exponents; they broadcast.</param>
    public Tensor Pow(Tensor exponent) => exponent.IsLiteral ? Pow(exponent._literal) : Autodiff.Pow.Instance.Apply(this, exponent);

    /// <summary>eˣ.</summary>
    public Tensor Exp() => Autodiff.Exp.Instance.Apply(this);

    /// <summary>eˣ − 1, accurate near 0.</summary>
    public Tensor Expm1() => Autodiff.Expm1.Instance.Apply(this);

    /// <summary>The natural logarithm: −∞ at 0, NaN below.</summary>
    public Tensor Log() => Autodiff.Log.Instance.Apply(this);

    /// <summary>ln(1 + x), accurate near 0: −∞ at −1, NaN below.</summary>
    public Tensor Log1p() => Autodiff.Log1p.Instance.Apply(this);

    /// <summary>The logarithm to base 2: −∞ at 0, NaN below.</summary>
    public Tensor Log2() => Autodiff.Log2.Instance.Apply(this);

    /// <summary>The logarithm to base 10: −∞ at 0, NaN below.</summary>
    public Tensor Log10() => Autodiff.Log10.Instance.Apply(this);

    /// <summary>ln(1 − eˣ) for x &lt; 0, accurate at both ends: −∞ at 0, NaN above.</summary>
    public Tensor Log1mExp() => Autodiff.Log1mExp.Instance.Apply(this);

    /// <summary>ln(eᵃ + eᵇ), element by element, without overflow.</summary>
    public static Tensor LogAddExp(Tensor a, Tensor b) => Autodiff.LogAddExp.Instance.Apply(a, b);

    /// <summary>x ln y, and 0 where x is 0, with gradients of 0 where y is not above 0 there.</summary>
    public static Tensor XLogY(Tensor x, Tensor y) => Autodiff.XLogY.Instance.Apply(x, y);

    /// <summary>x ln(1 + y), accurate for small y, and 0 where x is 0, with gradients of 0 where y is not above −1 there.</summary>
    public static Tensor XLog1PY(Tensor x, Tensor y) => Autodiff.XLog1PY.Instance.Apply(x, y);

    /// <summary>−x ln x, the entropy of one probability: 0 at 0, −∞ below.</summary>
    public Tensor Entr() => Autodiff.Entr.Instance.Apply(this);

    /// <summary>The largest integer not above x. The gradient is zero.</summary>
    public Tensor Floor() => Autodiff.Floor.Instance.Apply(this);

    /// <summary>The smallest integer not below x. The gradient is zero.</summary>
    public Tensor Ceiling() => Autodiff.Ceiling.Instance.Apply(this);

    /// <summary>The nearest integer, halves to even: 0.5 and −0.5 to 0, 1.5 to 2. The gradient is zero.</summary>
    public Tensor Round() => Autodiff.Round.Instance.Apply(this);

    /// <summary>x without its fraction. The gradient is zero.</summary>
    public Tensor Truncate() => Autodiff.Truncate.Instance.Apply(this);

    /// <summary>The remainder of floored division, x − y·⌊x/y⌋: it has the sign of the divisor. Also written <c>x % y</c>.</summary>
    /// <param name="divisor">The divisor y; it broadcasts.</param>
    /// <exception cref="DivideByZeroException">An integer divisor is 0; for floating point the remainder is NaN.</exception>
    public Tensor Remainder(Tensor divisor) => Autodiff.Remainder.Instance.Apply(this, divisor);
}
