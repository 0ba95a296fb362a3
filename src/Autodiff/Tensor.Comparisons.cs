namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>True where the elements are equal (NaN equals nothing). <c>==</c> on tensors is reference equality; this compares values.</summary>
    /// <returns>A Bool tensor of the broadcast shape, for operands of any one type.</returns>
    /// <exception cref="DTypeException">The operands have different types.</exception>
    public Tensor EqualTo(Tensor other) => Autodiff.EqualTo.Instance.Apply(this, other);

    /// <summary>True where the elements differ (NaN differs from everything).</summary>
    /// <inheritdoc cref="EqualTo"/>
    public Tensor NotEqualTo(Tensor other) => Autodiff.NotEqualTo.Instance.Apply(this, other);

    /// <summary>True where the element is below the other; false where either is NaN. Also written <c>x &lt; y</c>.</summary>
    /// <inheritdoc cref="EqualTo"/>
    public Tensor LessThan(Tensor other) => Autodiff.LessThan.Instance.Apply(this, other);

    /// <summary>True where the element is not above the other; false where either is NaN. Also written <c>x &lt;= y</c>.</summary>
    /// <inheritdoc cref="EqualTo"/>
    public Tensor LessOrEqual(Tensor other) => Autodiff.LessOrEqual.Instance.Apply(this, other);

    /// <summary>True where the element is above the other; false where either is NaN. Also written <c>x &gt; y</c>.</summary>
    /// <inheritdoc cref="EqualTo"/>
    public Tensor GreaterThan(Tensor other) => Autodiff.GreaterThan.Instance.Apply(this, other);

    /// <summary>True where the element is not below the other; false where either is NaN. Also written <c>x &gt;= y</c>.</summary>
    /// <inheritdoc cref="EqualTo"/>
    public Tensor GreaterOrEqual(Tensor other) => Autodiff.GreaterOrEqual.Instance.Apply(this, other);

    /// <summary>True where the element is not a number.</summary>
    public Tensor IsNaN() => Autodiff.IsNaN.Instance.Apply(this);

    /// <summary>True where the element is neither infinite nor NaN.</summary>
    public Tensor IsFinite() => Autodiff.IsFinite.Instance.Apply(this);

    /// <summary>True where the element is +∞ or −∞.</summary>
    public Tensor IsInfinite() => Autodiff.IsInfinite.Instance.Apply(this);

    /// <summary>
    /// <paramref name="a"/> where the mask is true, else <paramref name="b"/>; the three broadcast. The branch that is not taken gets a gradient of
    /// exactly zero. If computing that branch divides by zero further up, 0·∞ still gives NaN there: use <see cref="SafeWhere"/>.
    /// </summary>
    /// <param name="mask">A Bool tensor.</param>
    /// <param name="a">Values where true, of any type.</param>
    /// <param name="b">Values where false, of the same type.</param>
    /// <exception cref="DTypeException">The mask is not Bool, or the branches have different types.</exception>
    public static Tensor Where(Tensor mask, Tensor a, Tensor b)
    {
        Align("Where", ref a, ref b);
        return Autodiff.Where.Instance.Apply(mask, a, b);
    }

    /// <summary>
    /// <c>f(x)</c> where the mask is true, else <paramref name="otherwise"/>, without NaN in the value or any derivative: where the mask is false, f is
    /// evaluated at a point where it is harmless, and nothing of it reaches the result.
    /// </summary>
    /// <param name="mask">A Bool tensor: where f may be trusted with x.</param>
    /// <param name="x">The argument of f; it broadcasts with the mask.</param>
    /// <param name="f">An elementwise function.</param>
    /// <param name="otherwise">Values where the mask is false.</param>
    /// <param name="safePoint">A point in the interior of f's domain.</param>
    public static Tensor SafeWhere(Tensor mask, Tensor x, Func<Tensor, Tensor> f, Tensor otherwise, double safePoint = 1) =>
        Where(mask, f(Where(mask, x, safePoint)), otherwise);

    /// <summary>The tensor with a value in place of the elements where the mask is true.</summary>
    /// <param name="mask">A Bool tensor.</param>
    /// <param name="value">What to write there; it broadcasts.</param>
    public Tensor MaskedFill(Tensor mask, Tensor value) => Where(mask, value, this);

    /// <summary>The larger of two, element by element; NaN if either is NaN. At a tie half of the gradient goes to each.</summary>
    public static Tensor Maximum(Tensor a, Tensor b) => Autodiff.Maximum.Instance.Apply(a, b);

    /// <summary>The smaller of two, element by element; NaN if either is NaN. At a tie half of the gradient goes to each.</summary>
    public static Tensor Minimum(Tensor a, Tensor b) => Autodiff.Minimum.Instance.Apply(a, b);

    /// <summary>
    /// The elements, limited to an interval; NaN stays NaN. The gradient passes where min ≤ x ≤ max, both ends included.
    /// </summary>
    /// <param name="min">The lower end; −∞ for none.</param>
    /// <param name="max">The upper end, which wins where it lies below the lower; +∞ for none.</param>
    public Tensor Clip(double min = double.NegativeInfinity, double max = double.PositiveInfinity)
    {
        if (DType.IsFloating())
        {
            return Autodiff.Clip.Instance.Apply(this, min, max);
        }

        Tensor result = double.IsNegativeInfinity(min) ? this : Maximum(this, min);
        return double.IsPositiveInfinity(max) ? result : Minimum(result, max);
    }

    /// <summary>
    /// The elements, limited to intervals whose ends are tensors that broadcast. A bound receives the gradient where it is what came out.
    /// </summary>
    /// <inheritdoc cref="Clip(double, double)"/>
    public Tensor Clip(Tensor min, Tensor max) =>
        DType.IsFloating() ? Autodiff.Clip.Instance.Apply(this, min, max) : Minimum(Maximum(this, min), max);

    /// <summary>Gives number literals among three operands the type of the others.</summary>
    internal static void Align(string op, ref Tensor a, ref Tensor b, ref Tensor c)
    {
        Tensor? typed = !a.IsLiteral ? a : !b.IsLiteral ? b : !c.IsLiteral ? c : null;
        if (typed is null)
        {
            return;
        }

        a = a.IsLiteral ? a.WithLiteralType(typed.DType, op) : a;
        b = b.IsLiteral ? b.WithLiteralType(typed.DType, op) : b;
        c = c.IsLiteral ? c.WithLiteralType(typed.DType, op) : c;
    }
}
