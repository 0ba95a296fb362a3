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
            z = Step([z], angles[i], angles[i + 1], (angle, state) => [-field.Velocity(state[0], LogRatio(angle), conditioning)])[0];
            yield return (LogRatio(angles[i + 1]), z / Math.Cos(angles[i + 1]));
        }
    }

    /// <summary>Angles θ from the most noise to the least, closer together where there is little.</summary>
    internal static double[] Angles(ScoreField field, int steps) => [.. field.Process.PowerLevels(steps).Select(sigma => Math.Atan(sigma / field.DataScale))];

    /// <summary>ln tanθ.</summary>
    internal static double LogRatio(double angle) => Math.Log(Math.Tan(angle));

    /// <summary>One step of a system of equations.</summary>
    internal static Tensor[] Step(Tensor[] state, double from, double to, Func<double, Tensor[], Tensor[]> derivative)
    {
        double h = to - from, middle = from + (0.5 * h);
        Tensor[] k1 = derivative(from, state), k2 = derivative(middle, Ahead(k1, 0.5 * h)), k3 = derivative(middle, Ahead(k2, 0.5 * h)), k4 = derivative(to, Ahead(k3, h));
        return [.. state.Select((part, i) => part + (h / 6 * (k1[i] + (2 * (k2[i] + k3[i])) + k4[i])))];

        Tensor[] Ahead(Tensor[] slope, double by) => [.. state.Zip(slope, (part, d) => part + (by * d))];
    }
}
