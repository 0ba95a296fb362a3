namespace ProbNet.Autodiff;

/// <summary>
/// Ordinary differential equations dy/dt = f(t, y) by fixed steps. The steps are tensor operations one after the other: they can stand in a compiled function, and
/// gradients are those of the discrete solution. <see cref="DormandPrince"/> chooses its steps itself.
/// </summary>
public static class Ode
{
    /// <summary>The state at the end of equal steps.</summary>
    /// <param name="f">From t, one number, and y to dy/dt.</param>
    /// <param name="state">y at the start.</param>
    /// <param name="start">t at the start.</param>
    /// <param name="stop">t at the end; may be before the start.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public static Tensor Solve(Func<Tensor, Tensor, Tensor> f, Tensor state, double start, double stop, int steps, OdeMethod method = OdeMethod.RungeKutta4) =>
        Solve((t, y, _) => [f(t, y[0])], [state], [], Grid(start, stop, steps), method)[0];

    /// <summary>The state at the end of equal steps, of several parts.</summary>
    /// <param name="f">From t, y and arguments to the derivatives.</param>
    /// <param name="state">The parts of y at the start.</param>
    /// <param name="arguments">What f is given besides.</param>
    /// <param name="start">t at the start.</param>
    /// <param name="stop">t at the end; may be before the start.</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public static Tensor[] Solve(
        OdeFunction f, Tensor[] state, Tensor[] arguments, double start, double stop, int steps, OdeMethod method = OdeMethod.RungeKutta4) =>
        Solve(f, state, arguments, Grid(start, stop, steps), method);

    /// <summary>The state at the end of steps between given times.</summary>
    /// <param name="f">From t, y and arguments to the derivatives.</param>
    /// <param name="state">The parts of y at the first time.</param>
    /// <param name="arguments">What f is given besides.</param>
    /// <param name="times">At least one time, in order.</param>
    /// <param name="method">The method.</param>
    /// <exception cref="ArgumentException">There is no time.</exception>
    public static Tensor[] Solve(OdeFunction f, Tensor[] state, Tensor[] arguments, IReadOnlyList<double> times, OdeMethod method = OdeMethod.RungeKutta4)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(times);
        if (times.Count == 0 || state.Length == 0)
        {
            throw new ArgumentException("Ode.Solve: at least one time and one part of the state are needed.", nameof(times));
        }

        for (int i = 1; i < times.Count; i++)
        {
            state = Step(f, state, arguments, times[i - 1], times[i], method);
        }

        return state;
    }

    /// <summary>y + h·k for each part.</summary>
    internal static Tensor[] Add(Tensor[] state, params ReadOnlySpan<(Tensor Factor, Tensor[] Slope)> slopes)
    {
        var sum = new Tensor[state.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = state[i];
            foreach ((Tensor factor, Tensor[] slope) in slopes)
            {
                sum[i] += factor * slope[i];
            }
        }

        return sum;
    }

    private static Tensor[] Step(OdeFunction f, Tensor[] y, Tensor[] arguments, double from, double to, OdeMethod method)
    {
        DType dtype = y[0].DType;
        double h = to - from;
        Tensor[] k1 = f(Time(from), y, arguments);
        switch (method)
        {
            case OdeMethod.Euler:
                return Add(y, (Time(h), k1));
            case OdeMethod.Heun:
                Tensor[] end = f(Time(to), Add(y, (Time(h), k1)), arguments);
                return Add(y, (Time(0.5 * h), k1), (Time(0.5 * h), end));
            default:
                Tensor[] k2 = f(Time(from + (0.5 * h)), Add(y, (Time(0.5 * h), k1)), arguments);
                Tensor[] k3 = f(Time(from + (0.5 * h)), Add(y, (Time(0.5 * h), k2)), arguments);
                Tensor[] k4 = f(Time(to), Add(y, (Time(h), k3)), arguments);
                return Add(y, (Time(h / 6), k1), (Time(h / 3), k2), (Time(h / 3), k3), (Time(h / 6), k4));
        }

        Tensor Time(double t) => Tensor.Scalar(t, dtype).AsFree();
    }

    private static double[] Grid(double start, double stop, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return [.. Enumerable.Range(0, steps + 1).Select(i => start + ((stop - start) * i / steps))];
    }
}
