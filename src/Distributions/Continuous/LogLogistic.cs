using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The log-logistic distribution, of eˣ for X logistic: distribution function 1/(1 + z^−β) on [0, ∞) with z = x/α.</summary>
public sealed class LogLogistic : LocationScaleFamily, IScale<LogLogistic>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">α, the median; above 0.</param>
    /// <param name="concentration">β, the shape; above 0. Moments of order β and more are infinite.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LogLogistic(Tensor scale, Tensor concentration)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(concentration), concentration))
    {
    }

    /// <summary>α, the median; above 0.</summary>
    public Tensor Scale => this[0];

    /// <summary>β, the shape; above 0. Moments of order β and more are infinite.</summary>
    public Tensor Concentration => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public LogLogistic ScaleTransform(Tensor scale) => new(scale * Scale, Concentration);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean =>
        Tensor.Where(Concentration > 1, 1 / (1 / Tensor.Where(Concentration > 1, Concentration, 2.0)).Sinc(), double.PositiveInfinity);

    private protected override Tensor? StandardVariance =>
        Tensor.Where(Concentration > 2, Spread(1 / Tensor.Where(Concentration > 2, Concentration, 3.0)), double.PositiveInfinity);

    private protected override Tensor? StandardMode => Tensor.Where(
        Concentration > 1, ((Tensor.Where(Concentration > 1, Concentration, 2.0) - 1) / (Concentration + 1)).Pow(1 / Concentration), 0.0);

    private protected override Tensor? StandardEntropy => 2 - Concentration.Log();

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.Holds(Concentration > 1) ? z => ClosedFormCrps.LogLogistic(Concentration, z) : null;

    private protected override Tensor StandardLogDensity(Tensor z) => Concentration.Log() + Tensor.XLogY(Concentration - 1, z) - (2 * LogOnePlus(z));

    private protected override Func<Tensor, Tensor>? LogScaleDensity =>
        y => Concentration.Log() - (Concentration * y).Softplus() - (-(Concentration * y)).Softplus();

    private protected override Tensor StandardCdf(Tensor z) => (Concentration * z.Log()).Sigmoid();

    private protected override Tensor StandardLogCdf(Tensor z) => (Concentration * z.Log()).LogSigmoid();

    private protected override Tensor StandardSurvival(Tensor z) => (-(Concentration * z.Log())).Sigmoid();

    private protected override Tensor StandardLogSurvival(Tensor z) => (-(Concentration * z.Log())).LogSigmoid();

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => ((p.Log() - (-p).Log1p()) / Concentration).Exp();

    // ln(1 + zᵝ), with a gradient of zero at 0.
    private Tensor LogOnePlus(Tensor z)
    {
        Tensor zero = z.EqualTo(0.0);
        return Tensor.Where(zero, 0.0, (Concentration * Tensor.Where(zero, 1.0, z).Log()).Softplus());
    }

    // Var of the standard distribution with b = 1/β: 1/sinc(2b) − 1/sinc²(b), where sinc(b) = sin(πb)/(πb).
    private static Tensor Spread(Tensor b) => (1 / (2 * b).Sinc()) - (1 / b.Sinc().Square());
}
