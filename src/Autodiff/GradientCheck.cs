using System.Globalization;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Compares the gradients of your own function or model with finite differences, at first and second order: for tests.
/// <code>GradientCheck.Run(x => (x.Exp() + 1).Log().Sum(), Tensor.From(0.3, -1.2)).ThrowIfFailed();</code>
/// </summary>
/// <remarks>
/// The function's result is projected on a random vector w, and each input is moved along a random direction d, so that one number tests all elements:
/// Σ d·(∂f/∂x)ᵀw by automatic differentiation against the five-point difference
/// [φ(−2h) − 8φ(−h) + 8φ(h) − φ(2h)]/(12h) of φ(t) = wᵀf(x + t·d), whose error is O(h⁴). All components of w and d have magnitudes between ½ and 1,
/// so that a wrong element always shows. For order two, f is replaced by its own vector-Jacobian product, a function of x and of the vector.
/// Everything is computed in Float64: Float32 inputs are converted, and the function must not create Float32 tensors of its own.
/// Inputs that are integers or booleans are held constant. The function runs where its inputs live.
/// </remarks>
public static class GradientCheck
{
    /// <summary>Checks a function of one tensor.</summary>
    /// <param name="f">A function with a floating-point result of any shape. It must be repeatable: draw randomness from a fixed key.</param>
    /// <param name="x">Where to check.</param>
    /// <param name="options">Order, step, tolerance and seed.</param>
    /// <exception cref="DTypeException">The result is not Float64: the function creates or casts to another type.</exception>
    [OverloadResolutionPriority(1)]
    public static GradientCheckResult Run(Func<Tensor, Tensor> f, Tensor x, GradientCheckOptions? options = null) =>
        Run(xs => f(xs[0]), options ?? new(), x);

    /// <summary>Checks a function of several tensors with respect to each.</summary>
    /// <inheritdoc cref="Run(Func{Tensor, Tensor}, Tensor, GradientCheckOptions?)"/>
    public static GradientCheckResult Run(Func<Tensor[], Tensor> f, params Tensor[] x) => Run(f, new GradientCheckOptions(), x);

    /// <inheritdoc cref="Run(Func{Tensor[], Tensor}, Tensor[])"/>
    public static GradientCheckResult Run(Func<Tensor[], Tensor> f, GradientCheckOptions options, params Tensor[] x) =>
        Run(f, options, x, [.. x.Select((_, i) => $"x{i}")]);

    /// <summary>
    /// Checks a loss (or any function) with respect to parameters. During the check the parameters read as Float64, whatever their type;
    /// data that the function captures must be Float64 too.
    /// </summary>
    /// <param name="loss">Computes a result of any shape from the parameters. It must be repeatable.</param>
    /// <param name="parameters">The parameters to check. Each takes another value for a moment, to see whether the loss reads it past the gradient; then its own again.</param>
    /// <param name="options">Order, step, tolerance and seed.</param>
    /// <exception cref="DTypeException">The loss mixes the parameters with Float32 tensors: convert its data with Cast(DType.Float64).</exception>
    public static GradientCheckResult Run(Func<Tensor> loss, IReadOnlyList<Parameter> parameters, GradientCheckOptions? options = null)
    {
        Tensor WithValues(Tensor[] values)
        {
            using var scope = new GradientScope(parameters, values);
            return loss();
        }

        try
        {
            GradientCheckResult result = Run(WithValues, options ?? new(), [.. parameters.Select(p => p.Value)], [.. parameters.Select(p => p.Name)]);
            GradientCheckEntry[] cut = [.. ReadsOfValues(WithValues, parameters)];
            return cut.Length == 0 ? result : new GradientCheckResult([.. result.Entries, .. cut], options ?? new());
        }
        catch (DTypeException error) when (parameters.Any(p => p.DType == DType.Float32))
        {
            throw new DTypeException(
                $"GradientCheck: the parameters read as Float64 during the check, so what the loss captures must be Float64 too: its data, and a model "
                + $"that converts them (model.Cast(DType.Float64) is a copy that does not). {error.Message}");
        }
    }

    // What reads Parameter.Value is moved neither by a gradient nor by the differences above: it shows when the values change while the parameters read as before.
    private static IEnumerable<GradientCheckEntry> ReadsOfValues(Func<Tensor[], Tensor> f, IReadOnlyList<Parameter> parameters)
    {
        Tensor[] values = [.. parameters.Select(p => p.Value.Cast(DType.Float64))];
        double[] expected = f(values).ToArray<double>();
        foreach (Parameter parameter in parameters)
        {
            Tensor value = parameter.Value;
            double[] actual;
            try
            {
                parameter.Value = value + 1;
                actual = f(values).ToArray<double>();
            }
            finally
            {
                parameter.Value = value;
            }

            if (!actual.AsSpan().SequenceEqual(expected))
            {
                yield return new GradientCheckEntry(
                    parameter.Name, 1, 0, double.NaN, double.NaN, false,
                    "the function reads its Value, through which no gradient flows; use the parameter itself, (Tensor)parameter where a method is called");
            }
        }
    }

    private static GradientCheckResult Run(Func<Tensor[], Tensor> f, GradientCheckOptions options, Tensor[] x, string[] names)
    {
        options.Validate();
        var inputs = new List<Tensor>(Array.ConvertAll(x, t => t.DType.IsFloating() ? t.Cast(DType.Float64) : t));
        var labels = new List<string>(names);
        var entries = new List<GradientCheckEntry>();
        var random = new Signs(options.Seed);
        for (int order = 1; ; order++)
        {
            Tensor y = f([.. inputs]);
            RequireUsable(f, inputs, y, order);
            entries.AddRange(CompareAll(f, inputs, labels, y, order, options, random));
            if (order == options.Order)
            {
                return new GradientCheckResult(entries, options);
            }

            // The next order's function: all gradients of this one as one vector; it depends on the vector of the product too.
            f = GradientOf(f, inputs.Count);
            inputs.Add(random.Like(y));
            labels.Add($"v{order}");
        }
    }

    private static Func<Tensor[], Tensor> GradientOf(Func<Tensor[], Tensor> f, int count) => arguments =>
    {
        Tensor[] products = Products(f, arguments[..count], arguments[count]);
        return products.Length == 0 ? Tensor.Zeros([0], DType.Float64) : Tensor.Concat(Array.ConvertAll(products, p => p.Reshape(-1)));
    };

    /// <summary>The vector-Jacobian products with respect to the floating-point inputs.</summary>
    private static Tensor[] Products(Func<Tensor[], Tensor> f, Tensor[] inputs, Tensor v)
    {
        int[] floating = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i].DType.IsFloating())];
        Tensor Restricted(Tensor[] leaves)
        {
            var all = (Tensor[])inputs.Clone();
            for (int i = 0; i < floating.Length; i++)
            {
                all[floating[i]] = leaves[i];
            }

            return f(all);
        }

        return Gradient.Vjp(Restricted, Array.ConvertAll(floating, i => inputs[i]), v).Products;
    }

    private static void RequireUsable(Func<Tensor[], Tensor> f, List<Tensor> inputs, Tensor y, int order)
    {
        if (y.DType != DType.Float64)
        {
            throw new DTypeException(
                $"GradientCheck: the function's result is {y.DType} {y.Shape} although its inputs are Float64; differences need Float64 throughout.");
        }

        if (order == 1 && FirstNotFinite(y) is null && !f([.. inputs]).AsSpan<double>().SequenceEqual(y.AsSpan<double>()))
        {
            throw new ArgumentException("GradientCheck: two calls with the same inputs gave different results; draw randomness from a fixed key.", nameof(f));
        }
    }

    private static IEnumerable<GradientCheckEntry> CompareAll(
        Func<Tensor[], Tensor> f, List<Tensor> inputs, List<string> labels, Tensor y, int order, GradientCheckOptions options, Signs random)
    {
        var worst = new GradientCheckEntry?[inputs.Count];
        for (int projection = 0; projection < options.Projections; projection++)
        {
            Tensor w = random.Like(y);
            Tensor[] gradients = Products(f, [.. inputs], w);
            for (int i = 0, g = 0; i < inputs.Count; i++)
            {
                if (!inputs[i].DType.IsFloating())
                {
                    continue;
                }

                GradientCheckEntry entry = Compare(f, inputs, i, labels[i], gradients[g++], y, w, order, options, random);
                if (worst[i] is not { } before || !(entry.RelativeError <= before.RelativeError) || entry.Problem is not null)
                {
                    worst[i] = entry;
                }
            }
        }

        return worst.OfType<GradientCheckEntry>();
    }

    private static GradientCheckEntry Compare(
        Func<Tensor[], Tensor> f, List<Tensor> inputs, int index, string label, Tensor gradient, Tensor y, Tensor w, int order,
        GradientCheckOptions options, Signs random)
    {
        Tensor x = inputs[index];
        Tensor direction = random.Like(x);
        double[] d = direction.ToArray<double>();
        ReadOnlySpan<double> at = x.AsSpan<double>(), slope = gradient.AsSpan<double>();
        double analytic = 0, magnitude = 0;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] *= Math.Max(1, Math.Abs(at[i]));
            analytic += d[i] * slope[i];
            magnitude += Math.Abs(d[i] * slope[i]);
        }

        double h = options.Step;
        double Projected(double t)
        {
            double[] moved = x.ToArray<double>();
            for (int i = 0; i < moved.Length; i++)
            {
                moved[i] += t * d[i];
            }

            Tensor[] arguments = [.. inputs];
            arguments[index] = Tensor.From(moved, x.Shape).To(x.Device);
            return Dot(w, f(arguments)).Sum;
        }

        double numeric = (Projected(-2 * h) - (8 * Projected(-h)) + (8 * Projected(h)) - Projected(2 * h)) / (12 * h);

        // What rounding in the function alone can contribute to the difference: allowed on top of the tolerance.
        double noise = 64 * DType.Float64.Epsilon() * Dot(w, y).Magnitude / h;
        double scale = Math.Max(Math.Max(magnitude, Math.Abs(numeric)), noise / options.Tolerance);
        double error = Math.Abs(analytic - numeric) / scale;
        error = scale == 0 ? 0 : error;
        string? problem = FirstNotFinite(y) is { } inValue ? $"the {(order == 1 ? "function" : "gradient")} is not finite: {inValue}"
            : FirstNotFinite(gradient) is { } inGradient ? $"the gradient is not finite: {inGradient}"
            : double.IsFinite(numeric) ? null : "the function is not finite near this point";
        return new GradientCheckEntry(label, order, analytic, numeric, error, problem is null && error <= options.Tolerance, problem);
    }

    private static (double Sum, double Magnitude) Dot(Tensor w, Tensor y)
    {
        ReadOnlySpan<double> a = w.AsSpan<double>(), b = y.AsSpan<double>();
        double sum = 0, magnitude = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
            magnitude += Math.Abs(a[i] * b[i]);
        }

        return (sum, magnitude);
    }

    private static string? FirstNotFinite(Tensor x)
    {
        int at = x.AsSpan<double>().IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        return at < 0 ? null : $"element {at} of shape {x.Shape} is {x.AsSpan<double>()[at].ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Random numbers of either sign with magnitudes between ½ and 1, from SplitMix64 (Steele, Lea, Flood 2014).</summary>
    private sealed class Signs(ulong seed)
    {
        private ulong _state = seed;

        public Tensor Like(Tensor other)
        {
            double[] values = new double[other.Size];
            for (int i = 0; i < values.Length; i++)
            {
                ulong bits = Next();
                double magnitude = 0.5 + (0.5 * (bits >> 11) * (1.0 / (1UL << 53)));
                values[i] = (bits & 1) == 0 ? magnitude : -magnitude;
            }

            return Tensor.From(values, other.Shape).To(other.Device);
        }

        private ulong Next()
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
