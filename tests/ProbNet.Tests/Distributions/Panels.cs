using MathNet.Numerics.Integration;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Distributions;

/// <summary>
/// Quadrature in x for one distribution, independent of the library's (which works in probabilities): Gauss–Legendre panels between quantiles. They are
/// logistically spaced, so that tails, peaks and singular ends are all resolved.
/// </summary>
internal sealed class Panels
{
    private const int Order = 20;

    public Panels(Univariate distribution, params double[] cuts)
    {
        double[] levels = [.. Enumerable.Range(-112, 225).Select(i => 1 / (1 + Math.Exp(-0.25 * i)))];
        Edges = [.. distribution.Quantile(Tensor.From(levels).Reshape([levels.Length, .. Enumerable.Repeat(1, distribution.BatchShape.Rank)])).ToDoubles()
            .Concat(cuts).Concat(Jumps(distribution)).Concat(Kinks(distribution)).Where(double.IsFinite).Distinct().Order()];
        var rule = new GaussLegendreRule(0, 1, Order);
        var x = new List<double>();
        var w = new List<double>();
        for (int k = 1; k < Edges.Length; k++)
        {
            double width = Edges[k] - Edges[k - 1];
            for (int i = 0; i < Order; i++)
            {
                x.Add(Edges[k - 1] + (width * rule.Abscissas[i]));
                w.Add(width * rule.Weights[i]);
            }
        }

        X = [.. x];
        W = [.. w];
    }

    /// <summary>The panels' ends, ascending.</summary>
    public double[] Edges { get; }

    /// <summary>Points, <see cref="Order"/> a panel.</summary>
    public double[] X { get; }

    /// <summary>Weights of dx.</summary>
    public double[] W { get; }

    public Tensor Points => Tensor.From(X);

    public Tensor Weights => Tensor.From(W);

    // Where a density jumps inside its support: panels must end there.
    private static IEnumerable<double> Jumps(Univariate distribution) => distribution switch
    {
        PredictiveMixture<Uniform> mixture => mixture.Members.SelectMany(member => new[] { member.Low.ToScalar(), member.High.ToScalar() }),
        Histogram histogram => histogram.Edges.ToDoubles(),
        PiecewiseUniform bins => bins.Edges.ToDoubles(),
        _ => [],
    };

    // Where a density has a kink or a cusp: panels end there, and become shorter towards it.
    private static IEnumerable<double> Kinks(Univariate distribution)
    {
        Tensor? at = distribution switch
        {
            AsymmetricLaplace laplace => laplace.Loc,
            LogLaplace laplace => laplace.Scale,
            SplitNormal normal => normal.Loc,
            GeneralizedNormal normal => normal.Loc,
            Triangular triangular => triangular.Peak,
            _ => null,
        };
        if (at is null)
        {
            return [];
        }

        (Tensor low, Tensor high) = distribution.Interval(0.5);
        double middle = at.ToScalar(), width = (high - low).ToScalar();
        return Enumerable.Range(1, 30).SelectMany(k => new[] { middle - (width * Math.Pow(2, -k)), middle + (width * Math.Pow(2, -k)) }).Append(middle);
    }

    /// <summary>The integral over each panel.</summary>
    public double[] EachPanel(Func<Tensor, Tensor> integrand)
    {
        double[] y = integrand(Points).ToDoubles();
        return [.. Enumerable.Range(0, Edges.Length - 1).Select(k => Enumerable.Range(k * Order, Order).Sum(i => y[i] * W[i]))];
    }

    /// <summary>∫ f dx over all panels.</summary>
    public double Integrate(Func<Tensor, Tensor> integrand) => EachPanel(integrand).Sum();
}
