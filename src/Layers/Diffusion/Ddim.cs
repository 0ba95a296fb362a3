using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Denoising diffusion implicit models (Song, Meng and Ermon 2021): data and noise as they are expected are put together again with less noise, of which a part
/// η may be new.
/// </summary>
public record Ddim : DiffusionSolver
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="steps">How many steps; at least 1.</param>
    /// <param name="eta">η: 0 is deterministic, 1 is <see cref="Ddpm"/>; in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public Ddim(int steps = 100, double eta = 0) : base(steps) => Eta = eta is >= 0 and <= 1
        ? eta
        : throw new ArgumentOutOfRangeException(nameof(eta), eta, FormattableString.Invariant($"Ddim: eta is {eta}; it must lie in [0, 1]."));

    /// <summary>η, the part of new noise.</summary>
    public double Eta { get; }

    /// <inheritdoc/>
    internal override IEnumerable<(double LogRatio, Tensor State)> Path(ScoreField field, Tensor y, RandomKey key, Conditioning conditioning) =>
        Follow(Transitions(field.Process, field.DataScale), field, y, key, conditioning);

    internal IReadOnlyList<Transition> Transitions(DiffusionProcess process, double dataScale) =>
        Between(process.Times(Steps).Select(time => process.Sigma(time) / dataScale), Step);

    private Transition Step(double from, double to)
    {
        // New noise of the variance that the exact posterior of the noisier given the data has, η² of it.
        double fresh = Eta * to / from * Math.Sqrt((from - to) * (from + to));
        return new(Math.Log(from), Math.Log(to), 1, Math.Sqrt((to - fresh) * (to + fresh)) - from, fresh);
    }
}
