using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A way to go from noise back to data: in steps, each of which is one or two evaluations of the score network for all draws at once.</summary>
public abstract record DiffusionSolver
{
    private protected DiffusionSolver(int steps) => Steps = steps >= 1
        ? steps
        : throw new ArgumentOutOfRangeException(nameof(steps), steps, $"{GetType().Name}: at least one step is needed.");

    /// <summary>How many steps.</summary>
    public int Steps { get; }

    /// <summary>The states y = x/σ_d on the way, each with ln(σ/σ_d): after the first step to after the last.</summary>
    /// <param name="field">The score.</param>
    /// <param name="y">The state at the most noise, [samples, batch, dimension].</param>
    /// <param name="key">The source of new noise.</param>
    /// <param name="conditioning">Features and guidance.</param>
    internal abstract IEnumerable<(double LogRatio, Tensor State)> Path(ScoreField field, Tensor y, RandomKey key, Conditioning conditioning);

    /// <summary>The way by given steps.</summary>
    private protected static IEnumerable<(double LogRatio, Tensor State)> Follow(
        IReadOnlyList<Transition> transitions, ScoreField field, Tensor y, RandomKey key, Conditioning conditioning)
    {
        for (int i = 0; i < transitions.Count; i++)
        {
            y = field.Step(y, transitions[i], key.FoldIn((ulong)i), conditioning);
            yield return (transitions[i].To, y);
        }
    }

    /// <summary>Steps between ratios σ/σ_d, the last of which goes to no noise.</summary>
    private protected static IReadOnlyList<Transition> Between(IEnumerable<double> ratios, Func<double, double, Transition> step)
    {
        double[] levels = [.. ratios, 0];
        return [.. levels[..^1].Zip(levels[1..], step)];
    }
}
