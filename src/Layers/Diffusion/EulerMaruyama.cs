using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Steps of first order on the stochastic equation of the process taken back in time (Anderson 1982; Song et al. 2021): dx = (f·x − g²·∇ln p) dt + g dw. Robust to errors
/// of the score, which new noise washes out, and slow: it takes hundreds of steps.
/// </summary>
public sealed record EulerMaruyama : DiffusionSolver
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="steps">How many steps; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public EulerMaruyama(int steps = 1000) : base(steps)
    {
    }

    /// <inheritdoc/>
    internal override IEnumerable<(double LogRatio, Tensor State)> Path(ScoreField field, Tensor y, RandomKey key, Conditioning conditioning) =>
        Follow(Transitions(field.Process, field.DataScale), field, y, key, conditioning);

    private IReadOnlyList<Transition> Transitions(DiffusionProcess process, double dataScale)
    {
        IReadOnlyList<double> times = process.Times(Steps);
        var steps = new Transition[Steps + 1];
        for (int i = 0; i < Steps; i++)
        {
            double time = times[i], next = times[i + 1], h = time - next;
            double scale = process.Scale(time), sigma = process.Sigma(time), squared = process.DiffusionSquared(time), shrink = scale / process.Scale(next);

            // x = s·σ_d·y, and ∇ln p = −ε/(s·σ).
            steps[i] = new(
                Math.Log(sigma / dataScale), Math.Log(process.Sigma(next) / dataScale), shrink * (1 - (h * process.Drift(time))),
                -shrink * h * squared / (scale * scale * sigma * dataScale), shrink * Math.Sqrt(h * squared) / (scale * dataScale));
        }

        double last = process.SigmaMin / dataScale;
        steps[Steps] = new(Math.Log(last), double.NegativeInfinity, 1, -last, 0);
        return steps;
    }
}
