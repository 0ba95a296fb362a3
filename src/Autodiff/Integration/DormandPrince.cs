using System.Collections.Concurrent;

namespace ProbNet.Autodiff;

/// <summary>
/// An ordinary differential equation by the method of Dormand and Prince (1980): fifth order, with an embedded solution of fourth order whose difference controls the
/// step. The loop runs on the host. Gradients with respect to the state and the arguments come from the adjoint equation, solved backward (Chen et al. 2018): no memory of
/// the way is kept.
/// </summary>
/// <remarks>
/// One solver may serve many solutions, one after the other or from several threads: its step is compiled once a shape. What the function captures besides its
/// arguments is a constant of the compiled step, apart from <see cref="Parameter"/>s; of captured tensors no gradient is taken.
/// </remarks>
public sealed class DormandPrince
{
    // The tableau, and the differences of the weights of both orders.
    private static readonly double[] s_nodes = [0.2, 0.3, 0.8, 8.0 / 9, 1];

    private static readonly double[][] s_stages =
    [
        [1.0 / 5],
        [3.0 / 40, 9.0 / 40],
        [44.0 / 45, -56.0 / 15, 32.0 / 9],
        [19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729],
        [9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656],
    ];

    private static readonly double[] s_weights = [35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84];
    private static readonly double[] s_errors = [71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40];

    private readonly OdeFunction _function;
    private readonly OdeOptions _options;
    private readonly Graph _step, _slope;
    private readonly int _parts;
    private readonly ConcurrentDictionary<int, DormandPrince> _adjoints = new();

    /// <summary>Creates a solver.</summary>
    /// <param name="function">The right-hand side; it must not read values.</param>
    /// <param name="parts">How many tensors the state consists of.</param>
    /// <param name="options">Tolerances; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not in its range.</exception>
    public DormandPrince(OdeFunction function, int parts = 1, OdeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        (_function, _parts, _options) = (function, parts, (options ?? new()).Validated());
        _step = Graph.Compile((Tensor[] x) => Step(x));
        _slope = Graph.Compile((Tensor[] x) => Slope(x));
    }

    /// <summary>Solves the equation for a state of one tensor, without arguments.</summary>
    /// <param name="state">y at the start.</param>
    /// <param name="start">t at the start.</param>
    /// <param name="stop">t at the end; may be before the start.</param>
    /// <returns>y at the end.</returns>
    /// <inheritdoc cref="Solve(Tensor[], Tensor[], double, double)" path="/exception"/>
    public Tensor Solve(Tensor state, double start, double stop) => Solve([state], [], start, stop).State[0];

    /// <summary>Solves the equation. Differentiable in the state and the arguments, by the adjoint equation.</summary>
    /// <param name="state">The parts of y at the start.</param>
    /// <param name="arguments">What the function is given besides.</param>
    /// <param name="start">t at the start.</param>
    /// <param name="stop">t at the end; may be before the start.</param>
    /// <exception cref="OdeException">The end was not reached: too many steps, or numbers that are not finite.</exception>
    /// <exception cref="TracingException">It stands in a function that is being traced: the number of steps depends on values. Use <see cref="Ode"/> there.</exception>
    public OdeSolution Solve(Tensor[] state, Tensor[] arguments, double start, double stop)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(arguments);
        if (state.Length != _parts)
        {
            throw new ArgumentException(FormattableString.Invariant($"DormandPrince: the state has {state.Length} parts, but the solver was made for {_parts}."), nameof(state));
        }

        Tensor[] inputs = [.. state, .. arguments];
        if (inputs.Any(input => input.IsSymbolic))
        {
            throw new TracingException(
                "DormandPrince: the number of its steps depends on values, which a function has none of while it is traced; use Ode.Solve with fixed steps there.");
        }

        if (inputs.All(input => input.Levels == 0))
        {
            return Run(state, arguments, start, stop);
        }

        OdeSolution? solution = null;
        Tensor flat = Gradient.Custom(
            "DormandPrince",
            x =>
            {
                solution = Run(x[..state.Length], x[state.Length..], start, stop);
                return Flatten([.. solution.State]);
            },
            (x, y, dy) => Backward(x[..state.Length], x[state.Length..], y, dy, start, stop),
            inputs);
        return solution! with { State = Unflatten(flat, state) };
    }

    private static Tensor Flatten(Tensor[] parts) => parts.Length == 1 ? parts[0].Reshape(-1) : Tensor.Concat([.. parts.Select(part => part.Reshape(-1))]);

    private static Tensor[] Unflatten(Tensor flat, Tensor[] like)
    {
        var parts = new Tensor[like.Length];
        for (int i = 0, at = 0; i < parts.Length; at += like[i].Size, i++)
        {
            parts[i] = flat[at..(at + like[i].Size)].Reshape(like[i].Shape);
        }

        return parts;
    }

    private OdeSolution Run(Tensor[] state, Tensor[] arguments, double start, double stop)
    {
        DType dtype = state[0].DType;
        double direction = stop >= start ? 1 : -1, span = Math.Abs(stop - start), t = 0;
        if (span == 0)
        {
            return new(state, 0, 0);
        }

        int n = _parts, steps = 0, refused = 0;
        Tensor[] slope = Evaluate(_slope, Slope, [Number(start), .. state, .. arguments]);
        double h = FirstStep(state, slope, span);
        while (t < span)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            if (steps + refused >= _options.MaxSteps)
            {
                throw new OdeException(FormattableString.Invariant(
                    $"DormandPrince: t = {start + (direction * t):G6} after {steps} steps and {refused} refused ones, of {start:G6} to {stop:G6}; ")
                    + "the equation may be stiff there. Raise MaxSteps or the tolerances.");
            }

            h = Math.Min(h, span - t);
            Tensor[] result = Evaluate(
                _step, Step, [Number(start + (direction * t)), Number(direction * h), .. state, .. slope, .. arguments]);
            double error = result[^1].ToScalar();
            bool accepted = error <= 1;
            if (accepted)
            {
                t = span - t - h <= 1e-14 * span ? span : t + h;
                (state, slope) = (result[..n], result[n..(2 * n)]);
                steps++;
            }
            else
            {
                refused++;
            }

            // NaN, from a step so long that numbers left their range, shortens it most.
            h *= error == 0 ? 10 : double.IsFinite(error) ? Math.Clamp(0.9 * Math.Pow(error, -0.2), 0.2, accepted ? 10 : 1) : 0.1;
            if (h < 1e-14 * span)
            {
                throw new OdeException(FormattableString.Invariant($"DormandPrince: the step became {h:G3} at t = {start + (direction * t):G6}; ")
                    + (double.IsFinite(error) ? "raise the tolerances, which may be below the rounding of the type." : "the right-hand side is not finite there."));
            }
        }

        return new(state, steps, refused);

        // In the type of the state.
        Tensor Number(double value) => Tensor.Scalar(value, dtype).To(state[0].Device);
    }

    private Tensor[] Evaluate(Graph graph, Func<Tensor[], Tensor[]> eager, Tensor[] inputs) => _options.Compile ? graph.Run(inputs) : eager(inputs);

    private Tensor[] Slope(Tensor[] x) => _function(x[0], x[1..(1 + _parts)], x[(1 + _parts)..]);

    /// <summary>From t, h, y, f(t, y) and the arguments: y and f at the end of the step, and the size of the error relative to what is allowed.</summary>
    private Tensor[] Step(Tensor[] x)
    {
        Tensor t = x[0], h = x[1];
        Tensor[] y = x[2..(2 + _parts)], arguments = x[(2 + (2 * _parts))..];
        Tensor[][] slopes = [x[(2 + _parts)..(2 + (2 * _parts))]];
        for (int i = 0; i < s_stages.Length; i++)
        {
            slopes = [.. slopes, _function(t + (s_nodes[i] * h), Combine(y, s_stages[i]), arguments)];
        }

        Tensor[] end = Combine(y, s_weights);
        slopes = [.. slopes, _function(t + h, end, arguments)];
        Tensor[] zero = [.. y.Select(Tensor.ZerosLike)], error = Combine(zero, s_errors);

        // The largest of the parts' root mean squares.
        Tensor largest = Tensor.ZerosLike(h);
        for (int i = 0; i < _parts; i++)
        {
            if (y[i].Size > 0)
            {
                Tensor allowed = _options.AbsoluteTolerance + (_options.RelativeTolerance * Tensor.Maximum(y[i].Abs(), end[i].Abs()));
                largest = Tensor.Maximum(largest, (error[i] / allowed).Square().Mean().Sqrt());
            }
        }

        return [.. end, .. slopes[^1], largest];

        Tensor[] Combine(Tensor[] from, double[] weights) => Ode.Add(from, [.. weights
            .Select((weight, j) => (Weight: weight, Slope: slopes[j])).Where(term => term.Weight != 0).Select(term => (term.Weight * h, term.Slope))]);
    }

    // Of the size that changes the state by a hundredth of what it is (Hairer, Nørsett and Wanner 1993, II.4), as a start.
    private double FirstStep(Tensor[] state, Tensor[] slope, double span)
    {
        double size = Norm(state), speed = Norm(slope);
        double h = size < 1e-5 || speed < 1e-5 || !double.IsFinite(speed) ? 1e-3 * span : 0.01 * size / speed;
        return Math.Min(h, span);

        double Norm(Tensor[] parts) => Enumerable.Range(0, _parts).Max(i =>
            parts[i].Size == 0 ? 0 : Math.Sqrt((parts[i] / (_options.AbsoluteTolerance + (_options.RelativeTolerance * state[i].Abs()))).Square().Mean().ToScalar()));
    }

    private Tensor[] Backward(Tensor[] state, Tensor[] arguments, Tensor end, Tensor dy, double start, double stop)
    {
        // y, the adjoint a = ∂L/∂y and ∂L/∂θ run from the end to the start: da/dt = −a·∂f/∂y, d(∂L/∂θ)/dt = −a·∂f/∂θ. All are linear in a, which starts with a largest
        // element of 1: the absolute tolerance would else be coarse for the mean of many losses, and needlessly fine for their sum.
        double largest = dy.Size == 0 ? 0 : Gradient.Stop(dy).Abs().Max().ToScalar(), unit = largest > 0 && double.IsFinite(largest) ? largest : 1;
        Tensor[] augmented = [.. Unflatten(end, state), .. Unflatten(dy / unit, state), .. arguments.Select(Tensor.ZerosLike)];
        DormandPrince solver = _adjoints.GetOrAdd(augmented.Length, parts => new(AdjointFunction, parts, _options));
        IReadOnlyList<Tensor> result = solver.Solve(augmented, arguments, stop, start).State;
        return [.. result.Skip(_parts).Select(gradient => gradient * unit)];
    }

    // The gradients with respect to arguments control the steps too. They do not act back on the way, so that leaving them out takes fewer steps (Kidger, Chen and Lyons
    // 2021); but a way that is easier than their integral, above all that of a field that is 0, would be taken in steps through which they are wrong, without a sign of it.
    private Tensor[] AdjointFunction(Tensor t, Tensor[] x, Tensor[] arguments)
    {
        Tensor[] y = x[.._parts], adjoint = x[_parts..(2 * _parts)];
        (Tensor value, Tensor[] products) = Gradient.Vjp(
            inputs => Flatten(_function(t, inputs[.._parts], inputs[_parts..])), [.. y, .. arguments], Flatten(adjoint));
        return [.. Unflatten(value, y), .. products.Select(product => -product)];
    }
}
