using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Heun's method of second order on the probability-flow equation dx/dσ = ε, with levels equally spaced in σ^(1/7) (Karras et al. 2022): deterministic, and accurate
/// in few steps. Two evaluations a step.
/// </summary>
public sealed record Heun : DiffusionSolver
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="steps">How many steps; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public Heun(int steps = 40) : base(steps)
    {
    }

    /// <inheritdoc/>
    internal override IEnumerable<(double LogRatio, Tensor State)> Path(ScoreField field, Tensor y, RandomKey key, Conditioning conditioning) =>
        Follow(Transitions(field.Process, field.DataScale), field, y, key, conditioning);

    private IReadOnlyList<Transition> Transitions(DiffusionProcess process, double dataScale) => Between(
        process.PowerLevels(Steps).Select(sigma => sigma / dataScale),
        (from, to) => new(Math.Log(from), Math.Log(to), 1, to - from, 0) { IsSecondOrder = to > 0 });
}
