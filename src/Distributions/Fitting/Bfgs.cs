namespace ProbNet.Distributions;

/// <summary>
/// The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno with a line search by bisection for the weak Wolfe conditions (Nocedal and Wright 2006,
/// algorithm 6.1; Lewis and Overton 2013), for functions of few numbers: unlike the optimizers of training it ends at the minimum, to all digits that the
/// function has.
/// </summary>
internal static class Bfgs
{
    private const int MaxIterations = 500, MaxHalvings = 60;

    /// <param name="f">The function, with its gradient; it may be NaN or +∞, which the search steps back from.</param>
    /// <param name="start">Where it starts, where f must be finite.</param>
    /// <param name="tolerance">The gradient, in each coordinate, at which it ends.</param>
    public static (double[] X, double Value, int Iterations, bool Converged) Minimize(
        Func<double[], (double Value, double[] Gradient)> f, double[] start, double tolerance)
    {
        int n = start.Length;
        double[] x = [.. start];
        (double value, double[] gradient) = f(x);
        double[,] inverse = Identity(n, 1);
        bool fresh = true;
        for (int k = 0; k < MaxIterations; k++)
        {
            if (Array.TrueForAll(gradient, g => Math.Abs(g) <= tolerance))
            {
                return (x, value, k, true);
            }

            double[] direction = Times(inverse, gradient, -1);
            double slope = Dot(direction, gradient);
            if (!(slope < 0))
            {
                (inverse, fresh) = (Identity(n, 1), true);
                direction = Array.ConvertAll(gradient, g => -g);
                slope = -Dot(gradient, gradient);
            }

            double first = fresh ? Math.Min(1, 1 / Math.Sqrt(Dot(direction, direction))) : 1;
            if (Search(f, x, direction, value, slope, first) is not { } found)
            {
                // No lower value can be told apart: the function is as low as its rounding allows.
                return (x, value, k, Array.TrueForAll(gradient, g => Math.Abs(g) <= 1e3 * tolerance));
            }

            double[] step = Subtract(found.X, x), change = Subtract(found.Gradient, gradient);
            Update(ref inverse, step, change, fresh);
            (x, value, gradient, fresh) = (found.X, found.Value, found.Gradient, false);
        }

        return (x, value, MaxIterations, false);
    }

    private static (double[] X, double Value, double[] Gradient)? Search(
        Func<double[], (double Value, double[] Gradient)> f, double[] x, double[] direction, double value, double slope, double first)
    {
        double low = 0, high = double.PositiveInfinity, size = first;
        for (int i = 0; i < MaxHalvings; i++)
        {
            double[] at = [.. x.Select((xi, j) => xi + (size * direction[j]))];
            (double next, double[] gradient) = f(at);
            bool usable = double.IsFinite(next) && Array.TrueForAll(gradient, double.IsFinite);
            if (!usable || next > value + (1e-4 * size * slope))
            {
                high = size;
            }
            else if (Dot(gradient, direction) < 0.9 * slope)
            {
                low = size;
            }
            else
            {
                return (at, next, gradient);
            }

            size = double.IsPositiveInfinity(high) ? 2 * size : 0.5 * (low + high);
        }

        return null;
    }

    // H ← (1 − ρsyᵀ)·H·(1 − ρysᵀ) + ρssᵀ with ρ = 1/(sᵀy), from (sᵀy/yᵀy)·1 at first.
    private static void Update(ref double[,] inverse, double[] s, double[] y, bool fresh)
    {
        double curvature = Dot(s, y);
        if (!(curvature > 1e-14 * Math.Sqrt(Dot(s, s) * Dot(y, y))))
        {
            return;
        }

        int n = s.Length;
        double[,] h = fresh ? Identity(n, curvature / Dot(y, y)) : inverse;
        double[] hy = Times(h, y, 1);
        double factor = (1 + (Dot(y, hy) / curvature)) / curvature;
        var next = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                next[i, j] = h[i, j] + (factor * s[i] * s[j]) - (((hy[i] * s[j]) + (s[i] * hy[j])) / curvature);
            }
        }

        inverse = next;
    }

    private static double[,] Identity(int n, double value)
    {
        var matrix = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            matrix[i, i] = value;
        }

        return matrix;
    }

    private static double[] Times(double[,] matrix, double[] x, double factor)
    {
        var result = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < x.Length; j++)
            {
                result[i] += factor * matrix[i, j] * x[j];
            }
        }

        return result;
    }

    private static double[] Subtract(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
