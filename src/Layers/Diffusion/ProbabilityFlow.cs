using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The probability-flow equation (Song et al. 2021) by the classical Runge–Kutta method of fourth order, four evaluations a step: deterministic, and the same paths in
/// both directions, so that draws have the density that <see cref="Diffusion"/> tells.
/// </summary>
public sealed record ProbabilityFlow : DiffusionSolver
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="steps">How many steps; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public ProbabilityFlow(int steps = 40) : base(steps)
    {
    }

    /// <inheritdoc/>
    internal override IEnumerable<(double LogRatio, Tensor State)> Path(ScoreField field, Tensor y, RandomKey key, Conditioning conditioning)
    {
        double[] angles = Angles(field, Steps);
        Tensor z = y * Math.Cos(angles[0]);
        for (int i = 0; i < Steps; i++)
        {
            z = Ode.Solve((angle, state, _) => [-field.Velocity(state[0], LogRatio(angle), conditioning)], [z], [], angles[i..(i + 2)])[0];
            yield return (LogRatio(angles[i + 1]), z / Math.Cos(angles[i + 1]));
        }
    }

    /// <summary>Angles θ from the most noise to the least, closer together where there is little.</summary>
    internal static double[] Angles(ScoreField field, int steps) => [.. field.Process.PowerLevels(steps).Select(sigma => Math.Atan(sigma / field.DataScale))];

    /// <summary>ln tanθ.</summary>
    internal static double LogRatio(Tensor angle) => LogRatio(angle.ToScalar());

    /// <summary>ln tanθ.</summary>
    internal static double LogRatio(double angle) => Math.Log(Math.Tan(angle));
}
