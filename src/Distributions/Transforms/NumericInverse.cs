using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The inverse of a monotone map of numbers: Newton's method inside a bracket that bisection shrinks. The gradient is that of the implicit function,
/// dx = (dy − ∂t/∂θ·dθ)/t′(x).
/// </summary>
internal static class NumericInverse
{
    private const int MaxDoublings = 2100, MaxIterations = 400;

    public static Tensor Find(Transform transform, Tensor y)
    {
        if (transform.EventRank != 0)
        {
            throw new NotSupportedException(
                $"{transform}.Inverse: the map takes vectors and has no inverse of its own; only maps of numbers are inverted numerically. Override Inverse.");
        }

        Tensor points = Numeric.Detached(() => Search(transform, y));
        Tensor step = Step(transform, points, y);
        if (step.Levels == 0 && !step.IsSymbolic)
        {
            return points;
        }

        // A Newton step that is 0 in value: once for the first derivative, again for the second.
        Tensor once = points + step;
        return BitOperations.PopCount(step.Levels) > 1 ? once + Step(transform, once, y) : once;
    }

    private static Tensor Step(Transform transform, Tensor x, Tensor y)
    {
        Tensor usable = x.IsFinite() & y.IsFinite();
        Tensor safe = Tensor.Where(usable, x, Gradient.Stop(transform.Domain.InteriorPoint(x.DType)));
        (Tensor value, Tensor logDet) = transform.ForwardAndLogDet(safe);
        Tensor residual = y - Gradient.Stop(y) - (value - Gradient.Stop(value));
        Tensor slope = transform.ByTrend(() => logDet.Exp(), () => -logDet.Exp());
        usable &= slope.IsFinite() & slope.NotEqualTo(0);
        return Tensor.Where(usable, residual / Tensor.Where(usable, slope, 1.0), 0.0);
    }

    private static Tensor Search(Transform transform, Tensor y)
    {
        DType dtype = y.DType;
        Shape shape = Shape.Broadcast(y.Shape, transform.BatchShape, "Transform.Inverse");
        (Tensor Low, Tensor High) ends = transform.Domain.Ends(dtype) ?? (Tensor.Scalar(double.NegativeInfinity, dtype), Tensor.Scalar(double.PositiveInfinity, dtype));
        double[] target = y.BroadcastTo(shape).ToDoubles();
        double[] bottom = ends.Low.BroadcastTo(shape).ToDoubles(), top = ends.High.BroadcastTo(shape).ToDoubles();
        double sign = transform.IsIncreasing ? 1 : -1;
        double[] low = Expand(bottom, top, -1), high = Expand(top, bottom, 1);
        double[] x = new double[target.Length];
        var done = new bool[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            done[i] = double.IsNaN(target[i]);
            x[i] = done[i] ? double.NaN : NumericQuantile.Middle(low[i], high[i]);
        }

        for (int k = 0; k < MaxIterations && Array.IndexOf(done, false) >= 0; k++)
        {
            (Tensor value, Tensor logDet) = transform.ForwardAndLogDet(Numeric.As(x, shape, dtype));
            double[] at = value.ToDoubles(), log = logDet.ToDoubles();
            for (int i = 0; i < x.Length; i++)
            {
                double excess = sign * (at[i] - target[i]);
                if (done[i] || double.IsNaN(excess) || excess == 0)
                {
                    (x[i], done[i]) = (double.IsNaN(excess) ? double.NaN : x[i], true);
                    continue;
                }

                // Far from the solution every fifth step halves the bracket, so that slow convergence has an end.
                (low[i], high[i]) = excess < 0 ? (x[i], high[i]) : (low[i], x[i]);
                double next = x[i] - (excess * Math.Exp(-log[i]));
                bool newton = next > low[i] && next < high[i] && k % 5 != 4;
                next = newton ? next : NumericQuantile.Middle(low[i], high[i]);
                double size = Math.Abs(x[i]) * dtype.Epsilon();
                done[i] = high[i] - low[i] <= size || next == x[i] || (newton && Math.Abs(next - x[i]) <= 0.25 * size);
                x[i] = next;
            }
        }

        return Numeric.As(x, shape, dtype);

        // Doubles the distance from the other end until the map is beyond the target.
        double[] Expand(double[] end, double[] other, int direction)
        {
            double limit = dtype == DType.Float32 ? float.MaxValue : double.MaxValue;
            double[] at = new double[end.Length];
            for (int i = 0; i < at.Length; i++)
            {
                at[i] = double.IsFinite(end[i]) ? end[i] : (double.IsFinite(other[i]) ? other[i] : 0) + direction;
            }

            for (int k = 0; k < MaxDoublings; k++)
            {
                double[] value = transform.Forward(Numeric.As(at, shape, dtype)).ToDoubles();
                bool finished = true;
                for (int i = 0; i < at.Length; i++)
                {
                    bool isShort = direction * sign * (value[i] - target[i]) < 0;
                    if (isShort && !double.IsFinite(end[i]) && Math.Abs(at[i]) < limit)
                    {
                        double origin = double.IsFinite(other[i]) ? other[i] : 0;
                        at[i] = Math.Clamp(origin + (2 * (at[i] - origin)), -limit, limit);
                        finished = false;
                    }
                }

                if (finished)
                {
                    break;
                }
            }

            return at;
        }
    }
}
