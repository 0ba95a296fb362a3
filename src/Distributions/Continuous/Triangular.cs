using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The triangular distribution on [low, high]: its density rises in a line to the peak and falls in a line from it.</summary>
public sealed class Triangular : LocationScaleFamily, ILocationScale<Triangular>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; above the lower.</param>
    /// <param name="peak">The mode; from the lower to the upper end.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Triangular(Tensor low, Tensor high, Tensor peak)
        : base(FamilyParameter.Finite(nameof(low), low), FamilyParameter.Finite(nameof(high), high), FamilyParameter.Finite(nameof(peak), peak))
    {
    }

    /// <summary>The lower end.</summary>
    public Tensor Low => this[0];

    /// <summary>The upper end; above the lower.</summary>
    public Tensor High => this[1];

    /// <summary>The mode; from the lower to the upper end.</summary>
    public Tensor Peak => this[2];

    /// <inheritdoc/>
    public Triangular AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Low), loc + (scale * High), loc + (scale * Peak));

    /// <summary>∫ (F(x) − 1{y ≤ x})² dx, a polynomial on each side of the peak; beyond the ends the distance is added.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor inside = Tensor.Maximum(Tensor.Minimum(value, High), Low), near = Near(inside), side = Side(inside), other = Width - side;
        Tensor body = side - near - (2 / (3 * Width) * (side.Square() - (near.Square() * (near / side))));
        return body + ((side.Pow(3) + other.Pow(3)) / (5 * Width.Square())) + (value - inside).Abs();
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    private protected override Tensor Bottom => Low;

    private protected override Tensor Top => High;

    private Tensor Width => High - Low;

    private protected override Tensor? StandardMean => Low + ((Width + (Peak - Low)) / 3);

    private protected override Tensor? StandardVariance => (Width.Square() - ((Peak - Low) * (High - Peak))) / 18;

    private protected override Tensor? StandardMode => Peak;

    private protected override Tensor? StandardEntropy => 0.5 - Constants.LogTwo + Width.Log();

    private protected override Tensor StandardLogDensity(Tensor z) => (Near(z) / Side(z)).Log() + Constants.LogTwo - Width.Log();

    private protected override Tensor StandardCdf(Tensor z) => Tensor.Where(Left(z), Tail(z), 1 - Tail(z));

    private protected override Tensor StandardLogCdf(Tensor z) => Tensor.Where(Left(z), Tail(z).Log(), (-Tail(z)).Log1p());

    private protected override Tensor StandardSurvival(Tensor z) => Tensor.Where(Left(z), 1 - Tail(z), Tail(z));

    private protected override Tensor StandardLogSurvival(Tensor z) => Tensor.Where(Left(z), (-Tail(z)).Log1p(), Tail(z).Log());

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
    {
        Tensor left = p * Width < Peak - Low;
        Tensor root = (Width * Tensor.Where(left, p * (Peak - Low), (1 - p) * (High - Peak))).Sqrt();
        return Tensor.Where(left, Low + root, High - root);
    };

    // Which side of the peak; where the peak is at the upper end there is only the left one.
    private Tensor Left(Tensor z) => (z < Peak) | Peak.EqualTo(High);

    // The distance to the end of that side, and how long the side is.
    private Tensor Near(Tensor z) => Tensor.Where(Left(z), z - Low, High - z);

    private Tensor Side(Tensor z) => Tensor.Where(Left(z), Peak - Low, High - Peak);

    // The probability from z to the end of its side.
    private Tensor Tail(Tensor z) => Near(z) / Width * (Near(z) / Side(z));
}
