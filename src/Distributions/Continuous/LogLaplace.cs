using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The log-Laplace distribution, of eˣ for X Laplace: density ½c·z^(c − 1) below z = 1 and ½c·z^(−c − 1) above, with z = x/α.</summary>
public sealed class LogLaplace : LocationScaleFamily, IScale<LogLaplace>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">α, the median, of which the logarithm is the location of ln X; above 0.</param>
    /// <param name="concentration">c, the inverse of the scale of ln X; above 0. Moments of order c and more are infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LogLaplace(Tensor scale, Tensor concentration)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(concentration), concentration))
    {
    }

    /// <summary>α, the median, of which the logarithm is the location of ln X; above 0.</summary>
    public Tensor Scale => this[0];

    /// <summary>c, the inverse of the scale of ln X; above 0. Moments of order c and more are infinite.</summary>
    public Tensor Concentration => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public LogLaplace ScaleTransform(Tensor scale) => new(scale * Scale, Concentration);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    // c²/(c² − 1).
    private protected override Tensor? StandardMean => Moment(1, static b => 1 / ((1 - b) * (1 + b)));

    // c²/(c² − 4) − c⁴/(c² − 1)², put together.
    private protected override Tensor? StandardVariance => Moment(
        2, static b => b.Square() * (2 + b.Square()) / ((1 - (2 * b)) * (1 + (2 * b)) * ((1 - b) * (1 + b)).Square()));

    private protected override Tensor? StandardMode => Tensor.Where(Concentration >= 1, 1 + (0 * Concentration), 0.0);

    private protected override Tensor? StandardEntropy => 1 + Constants.LogTwo - Concentration.Log();

    private protected override Func<Tensor, Tensor>? StandardCrps => z => ClosedFormCrps.LogLaplace(Concentration, z);

    // It only serves at 0 and 1.
    private protected override Tensor StandardLogDensity(Tensor z) => Concentration.Log() - Constants.LogTwo + Tensor.XLogY(Concentration - 1, z);

    private protected override Func<Tensor, Tensor>? LogScaleDensity => y => Concentration.Log() - Constants.LogTwo - (Concentration * y.Abs());

    private protected override Tensor StandardCdf(Tensor z) => Cut(z, static t => 0.5 * t.Exp(), static t => 1 - (0.5 * (-t).Exp()));

    private protected override Tensor StandardLogCdf(Tensor z) => Cut(z, static t => t - Constants.LogTwo, static t => (-0.5 * (-t).Exp()).Log1p());

    private protected override Tensor StandardSurvival(Tensor z) => Cut(z, static t => 1 - (0.5 * t.Exp()), static t => 0.5 * (-t).Exp());

    private protected override Tensor StandardLogSurvival(Tensor z) => Cut(z, static t => (-0.5 * t.Exp()).Log1p(), static t => -t - Constants.LogTwo);

    private protected override Func<Tensor, Tensor>? StandardQuantile => p =>
        (Tensor.Where(p < 0.5, p.Log() + Constants.LogTwo, -((-p).Log1p() + Constants.LogTwo)) / Concentration).Exp();

    // Functions of t = c·ln z, at t ≤ 0 and above.
    private Tensor Cut(Tensor z, Func<Tensor, Tensor> below, Func<Tensor, Tensor> above)
    {
        Tensor t = Concentration * z.Log(), left = t <= 0;
        return Tensor.Where(left, below(Tensor.Where(left, t, 0.0)), above(Tensor.Where(left, 0.0, t)));
    }

    private Tensor Moment(double order, Func<Tensor, Tensor> of)
    {
        Tensor finite = Concentration > order;
        return Tensor.Where(finite, of(1 / Tensor.Where(finite, Concentration, order + 1)), Tensor.Where(Concentration.IsNaN(), Concentration, double.PositiveInfinity));
    }
}
