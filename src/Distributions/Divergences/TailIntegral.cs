using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The part of ∫ p·ln(p/q) beyond an outer quantile x₀ of p, by the densities alone: near 1 probabilities have no digits left. Panels lie in v with x = x₀ ± y/(1 + r), where
/// y = h·(eᵛ − 1), h is the mass of p beyond x₀ over its density there and r = y/|x₀ − e| for an end e of p, 0 without one: x goes out, or comes near the end, exponentially.
/// They go on as far as both densities are numbers of the type; from there the integrand falls as a power, with the exponent of the outermost panels. Where it does not fall, the
/// integral diverges.
/// </summary>
/// <param name="Sum">The integral, with what is known of its error.</param>
/// <param name="Diverges">Whether it is infinite; the sum is that of a finite part then.</param>
internal readonly record struct TailIntegral(Estimate Sum, Tensor Diverges)
{
    // The last panels, which tell how the integrand goes on, are tenths of v; towards x₀ they become shorter. Probes where it ends lie twenty to a panel.
    private const int Tenths = 4, Probes = 20;

    private const double Growth = 1.15, FirstPanel = 5e-4;

    // What the integrand must fall by from panel to panel, or the integral is infinite.
    private const double Slowest = 0.998;

    private static readonly double[] s_edges = Edges();

    private static readonly (double[] Nodes, double[] Weights, double[] Coarse) s_panels = QuadratureRule.Between(s_edges);

    /// <summary>The probability beyond x₀: what quadrature over probabilities can resolve.</summary>
    public static double Outside(DType dtype) => Math.Exp(dtype == DType.Float64 ? -20 : -8);

    /// <summary>The integral beyond the quantile.</summary>
    /// <param name="p">The distribution that outcomes come from.</param>
    /// <param name="q">The other one.</param>
    /// <param name="from">x₀; without a tail where it is infinite or an end of p.</param>
    /// <param name="upper">Whether from there up, or down.</param>
    public static TailIntegral Of(Univariate p, Univariate q, Tensor from, bool upper)
    {
        DType dtype = p.DType;
        bool wide = dtype == DType.Float64;

        // Derivatives have squares of x, which are numbers of the type too.
        (double most, double least) = wide ? (Math.Log(1e140), -700.0) : (Math.Log(1e16), -80.0);
        int rank = Math.Max(p.BatchShape.Rank, q.BatchShape.Rank);
        Tensor end = p.Support.Ends(dtype) is { } ends ? upper ? ends.High : ends.Low : Tensor.Scalar(double.PositiveInfinity, dtype);
        Tensor bounded = end.IsFinite(), inner = Gradient.Stop(p.Support.InteriorPoint(dtype)), length = Tensor.Where(bounded, from - Tensor.Where(bounded, end, 0.0), 1.0).Abs();
        Tensor scale = Numeric.Detached(() => ((upper ? p.LogSurvival(from) : p.LogCdf(from)) - p.LogProb(from)).Exp());
        Tensor usable = Gradient.Stop(from).IsFinite() & (scale > 0) & scale.IsFinite() & (Gradient.Stop(length) > 0);
        (from, scale, length) = (Tensor.Where(usable, from, inner), Tensor.Where(usable, scale, 1.0), Tensor.Where(usable, length, 1.0));

        // How far v can go, and how far it goes before a density is 0 or infinite, or x has no digits left beside the end of p.
        Tensor range = Gradient.Stop(most - scale.Log() + Tensor.Where(bounded, 2 * length.Log(), 0.0)).Clip(0, most);
        double[] parts = [.. Enumerable.Range(1, Probes).Select(i => (double)i / Probes)], equal = [.. parts.Select(_ => 1.0 / Probes)];
        double[] widths = [.. s_edges.Skip(1).Select((edge, i) => edge - s_edges[i])];
        Tensor reach = Numeric.Detached(() =>
        {
            Tensor start = range * Seen(range * Column(s_edges[1..]), widths), next = (start * (Growth - 1)) + (2 * FirstPanel * range);
            return Tensor.Minimum(start + (next * Seen(start + (next * Column(parts)), equal)), range);
        });

        Tensor at = reach * Column(s_panels.Nodes), points = At(at);
        Tensor counted = Numeric.Detached(() => (reach > 0) & p.LogProb(points).IsFinite() & q.LogProb(points).IsFinite());
        Tensor diverges = Numeric.Detached(() => Over(counted).Diverges);
        return Over(counted & !diverges) with { Diverges = diverges };

        TailIntegral Over(Tensor counted)
        {
            Tensor x = Tensor.Where(counted, points, inner), logP = Tensor.Where(counted, p.LogProb(x), 0.0), logQ = Tensor.Where(counted, q.LogProb(x), 0.0);
            Tensor slope = Tensor.Where(counted, reach * (logP + Tensor.Where(counted, LogSlope(at), 0.0)).Exp(), 0.0);
            var rule = new QuadratureRule(x, slope * Column(s_panels.Weights), slope * Column(s_panels.Coarse));
            return Extrapolated(rule, rule.Weights * (logP - logQ), Gradient.Stop(rule.Weights * (logP.Abs() + logQ.Abs())) * (8 * dtype.Epsilon()));
        }

        // The sum of the widths up to the first v that is not seen.
        Tensor Seen(Tensor v, double[] widths)
        {
            Tensor x = At(v), resolved = !bounded | (length * (-LogShare(v).Softplus()).Exp() > 1e4 * dtype.Epsilon() * end.Abs());
            Tensor seen = usable & resolved & (p.LogProb(x) + LogSlope(v) > least) & q.LogProb(x).IsFinite();
            return (seen.Cast(dtype).CumProd(0) * Column(widths)).Sum(0);
        }

        // ln r; of logarithms, since the inverse of the square of a distance may leave the range of the type.
        Tensor LogShare(Tensor v) => Tensor.Where(bounded, scale.Log() + v.Expm1().Log() - length.Log(), double.NegativeInfinity);

        // From x₀, or from the end where that is nearer.
        Tensor At(Tensor v)
        {
            Tensor share = LogShare(v), sign = upper ? 1.0 : -1.0, left = (-share.Softplus()).Exp();
            return Tensor.Where(share < 0, from + (sign * scale * v.Expm1() * left), Tensor.Where(bounded, end, 0.0) - (sign * length * left));
        }

        Tensor LogSlope(Tensor v) => scale.Log() + v - (2 * LogShare(v).Softplus());

        Tensor Column(double[] values) => Numeric.As(values, Shape.Create([values.Length, .. Enumerable.Repeat(1, rank)]), dtype);
    }

    // The sum of the terms and of what follows the last of them, if the panels go on as a geometric series.
    private static TailIntegral Extrapolated(QuadratureRule rule, Tensor terms, Tensor rounding)
    {
        (Tensor last, Tensor before, Tensor first) = (At(terms, 0), At(terms, 1), At(terms, 2));
        Tensor matters = Gradient.Stop(last).Abs() > At(rounding, 0), ratio = Ratio(last, before);
        Tensor beyond = Tensor.Where(matters, Beyond(ratio), 0.0), slow = matters & (Gradient.Stop(ratio) >= Slowest);

        // A negative part is finite, since ∫ p·ln(p/q) ≥ −∫ q over any set.
        Tensor doubt = Tensor.Where(slow, beyond.Abs(), Tensor.Where(matters, (beyond - Beyond(Ratio(before, first))).Abs(), 0.0));
        Estimate sum = rule.Sum(terms);
        Tensor error = sum.StandardError + Gradient.Stop(doubt) + rounding.Sum(0);
        return new(sum with { Value = sum.Value + beyond, StandardError = error }, slow & (Gradient.Stop(last) > 0));

        Tensor Beyond(Tensor ratio) => last * ratio.Clip(0, Slowest) / (1 - ratio.Clip(0, Slowest));

        static Tensor At(Tensor terms, int inward) => terms[^((inward + 1) * QuadratureRule.Order)..^(inward * QuadratureRule.Order)].Sum(0);

        static Tensor Ratio(Tensor outer, Tensor inner) => Tensor.SafeWhere(!inner.EqualTo(0.0), inner, x => outer / x, 1.0);
    }

    // From 0 to 1.
    private static double[] Edges()
    {
        const double start = 1 - (Tenths / 10.0);
        var edges = new List<double> { 0 };
        for (double width = FirstPanel; edges[^1] + (1.5 * width) < start; width *= Growth)
        {
            edges.Add(edges[^1] + width);
        }

        return [.. edges, .. Enumerable.Range(0, Tenths + 1).Select(i => start + (i / 10.0))];
    }
}
