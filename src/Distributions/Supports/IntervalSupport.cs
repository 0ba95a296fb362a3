using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>An interval of finite numbers, open or closed at each end.</summary>
internal sealed class IntervalSupport(Tensor low, Tensor high, string name, bool lowClosed = false, bool highClosed = false, Tensor? interior = null) : Support
{
    private readonly bool _lowUnbounded = IsInfinite(low), _highUnbounded = IsInfinite(high);

    /// <summary>Numbers strictly between −1 and 1.</summary>
    internal static Support SignedUnit { get; } = new IntervalSupport(-1, 1, "(−1, 1)");

    public override string Name => name;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype) => (low.Cast(dtype), high.Cast(dtype));

    internal override bool IsFixed => low.IsLiteral && high.IsLiteral;

    public override Tensor Contains(Tensor value)
    {
        if (_lowUnbounded && _highUnbounded)
        {
            return value.IsFinite();
        }

        Tensor above = lowClosed ? value >= low : value > low;
        Tensor inside = above & (highClosed ? value <= high : value < high);
        inside = _highUnbounded || _lowUnbounded || !IsFixed ? inside & value.IsFinite() : inside;

        // A bound that is NaN must make the density NaN, so the density is asked.
        return IsFixed ? inside : inside | (low.IsNaN() | high.IsNaN());
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => interior is not null ? interior : _lowUnbounded
        ? _highUnbounded ? Tensor.Scalar(0, dtype) : high.Cast(dtype) - 1
        : _highUnbounded ? low.Cast(dtype) + 1 : 0.5 * (low.Cast(dtype) + high.Cast(dtype));

    public override Transform FromReal() => (_lowUnbounded, _highUnbounded) switch
    {
        (true, true) => new IdentityTransform(),
        (false, true) => low.IsLiteral && low.ToScalar() == 0 ? new ExpTransform() : new ExpTransform().Then(new AffineTransform(low, 1.0)),
        (true, false) => new ExpTransform().Then(new AffineTransform(high, -1.0)),
        _ => low.IsLiteral && high.IsLiteral && low.ToScalar() == 0 && high.ToScalar() == 1 ? new SigmoidTransform() : new SigmoidTransform(low, high),
    };

    private static bool IsInfinite(Tensor bound) => bound.Size == 1 && !bound.IsSymbolic && double.IsInfinity(bound.ToScalar());
}
