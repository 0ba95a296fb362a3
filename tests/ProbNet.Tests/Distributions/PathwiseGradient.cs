using System.Collections.Concurrent;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ProbNet.Tests.Distributions;

/// <summary>The derivative of E[g(X)] in a parameter of a family, through draws and exactly.</summary>
/// <remarks>
/// The mean over draws is taken less its regression on Legendre polynomials of u = F(x), whose means are 0: what depends on x alone then hardly scatters. The
/// coefficients for one half of the draws are those of the other half, so that the mean has no bias. The exact derivative uses neither the draws' derivatives nor
/// the quantile's: it is ∫ g·∂f/∂θ dx by quadrature, or, where the support moves with the parameters, a difference quotient of ∫ g·f dx.
/// </remarks>
/// <param name="Parameter">The name of the parameter.</param>
/// <param name="Point">Which of the family's points.</param>
/// <param name="Function">g.</param>
/// <param name="Exact">The exact derivative.</param>
/// <param name="MonteCarlo">The mean over the draws.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Size">The mean of |g′·∂x/∂θ|, of which the derivative is what does not cancel, for the g of the point for which it is largest.</param>
internal sealed record PathwiseGradient(string Parameter, int Point, string Function, double Exact, double MonteCarlo, double Error, double Size)
{
    /// <summary>A defect of a tenth must show for sure, which five standard errors of 1 % do.</summary>
    public const double MostDefect = 0.1;

    private const int LeastDraws = 5_000, MostDraws = 200_000, Terms = 12;

    private static readonly RandomKey s_key = RandomKey.FromSeed(11);
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<PathwiseGradient>>> s_results = new();

    /// <summary>
    /// How far the two may differ: five standard errors. The quadrature and, of step 1e-3, the difference quotient are good to 1e-7 of what they add up.
    /// </summary>
    public double Tolerance => (5 * Error) + (1e-7 * Size);

    /// <summary>
    /// The least relative defect of the draws' derivative that the comparison sees: one that moves the mean out of the tolerance even from its far side.
    /// </summary>
    public double LeastDefect => 2 * Tolerance / Math.Abs(Exact);

    /// <summary>All of a family: of each point, each parameter that is not fixed, and each function. Computed once.</summary>
    public static IReadOnlyList<PathwiseGradient> Of(string family) => s_results.GetOrAdd(family, name => new(() =>
    {
        Family of = Families.Get(name);
        return [.. Enumerable.Range(0, of.Points.Length).SelectMany(point => AtPoint(of, point))];
    })).Value;

    // Where draws with the same x have different derivatives, or a few have large ones, more draws are needed.
    private static PathwiseGradient[] AtPoint(Family family, int point)
    {
        Univariate one = At(family, family.Points[point]);
        TestFunction[] functions = [.. Functions(one)];
        double[][] exact = family.MovingSupport ? ByDifferences(family, point, functions) : UnderTheIntegral(family, point, one, functions);
        PathwiseGradient[] first = [.. Compute(LeastDraws)];
        double least = first.GroupBy(g => g.Parameter).Max(parameter => parameter.Min(g => g.LeastDefect)), more = Math.Pow(1.1 * least / MostDefect, 2);
        return least <= MostDefect ? first : [.. Compute((int)Math.Min(LeastDraws * Math.Ceiling(more), MostDraws))];

        IEnumerable<PathwiseGradient> Compute(int count)
        {
            Tensor[] repeated = family.Repeated(point, count);
            (Tensor x, Tensor[] paths) = Gradient.Vjp(all => family.Create(all).AsReparameterized()!.RSample(s_key), repeated, Tensor.Ones([count], DType.Float64));
            double[][] polynomials = Legendre(Levels(one, x).ToDoubles());
            for (int i = 0; i < repeated.Length; i++)
            {
                if (family.Fixed.Contains(i))
                {
                    continue;
                }

                double[][] each = Array.ConvertAll(functions, g => (paths[i] * g.Slope(x)).ToDoubles());
                double size = each.Max(terms => terms.Average(Math.Abs));
                for (int k = 0; k < functions.Length; k++)
                {
                    (double mean, double error) = Controlled(each[k], polynomials);
                    yield return new(NameOf(family, one, point, i), point, functions[k].Name, exact[k][i], mean, error, size);
                }
            }
        }
    }

    // Steps as wide as what is around them: what moves mass from one mode to another is seen within a mode. And an even function, for scales.
    private static IEnumerable<TestFunction> Functions(Univariate one)
    {
        foreach (double p in new[] { 0.03, 0.25, 0.5, 0.75, 0.97 })
        {
            double side = 0.4 * Math.Min(p, 1 - p), width = one.Quantile(p + side).ToScalar() - one.Quantile(p - side).ToScalar();
            if (width > 0)
            {
                yield return new TestFunction(FormattableString.Invariant($"tanh at {p:F2}"), one.Quantile(p).ToScalar(), width, false);
            }
        }

        (Tensor low, Tensor high) = one.Interval(0.8);
        yield return new TestFunction("tanh²", one.Median.ToScalar(), (high - low).ToScalar(), true);
    }

    private static Univariate At(Family family, double[] parameters) => family.Create(Array.ConvertAll(parameters, value => Tensor.Scalar(value, DType.Float64)));

    // The name that the distribution gives to the parameter, or its place in the table where it has none of its own.
    private static string NameOf(Family family, Univariate one, int point, int i)
    {
        (string Name, Tensor Value)[] own = [.. one.Parameters];
        return own.Length == family.Points[point].Length && own[i].Value.Rank == 0 && own[i].Value.ToScalar() == family.Points[point][i]
            ? own[i].Name
            : FormattableString.Invariant($"#{i + 1}");
    }

    // F(x); at the bounds of a censored distribution, which have a mass, a uniform draw from their part of the unit interval.
    private static Tensor Levels(Univariate one, Tensor x)
    {
        if (one is not Censored<Normal> censored)
        {
            return one.Cdf(x);
        }

        Tensor v = s_key.FoldIn(1).Uniform(x.Shape, DType.Float64), low = censored.Source.Cdf(censored.Low), high = censored.Source.Survival(censored.High);
        return Tensor.Where(x <= censored.Low, v * low, Tensor.Where(x >= censored.High, 1 - (v * high), censored.Source.Cdf(x)));
    }

    private static (double Mean, double Error) Controlled(double[] each, double[][] polynomials)
    {
        int half = each.Length / 2;
        double[] rest = [.. each];
        foreach ((int start, int other) in new[] { (0, half), (half, 0) })
        {
            Span<double> own = rest.AsSpan(start, half);
            foreach (double[] polynomial in polynomials)
            {
                double coefficient = TensorPrimitives.Dot(each.AsSpan(other, half), polynomial.AsSpan(other, half)) / half;
                TensorPrimitives.MultiplyAdd(polynomial.AsSpan(start, half), -coefficient, own, own);
            }
        }

        double mean = rest.Average();
        return (mean, Math.Sqrt(rest.Sum(r => (r - mean) * (r - mean)) / rest.Length / (rest.Length - 1)));
    }

    // √(2k + 1)·P_k(2u − 1) for k from 1 on, of mean 0 and variance 1, by Bonnet's recurrence.
    private static double[][] Legendre(double[] levels)
    {
        double[][] result = [.. Enumerable.Range(0, Terms).Select(_ => new double[levels.Length])];
        for (int i = 0; i < levels.Length; i++)
        {
            double t = (2 * levels[i]) - 1, before = 1, last = t;
            for (int k = 1; k <= Terms; k++)
            {
                result[k - 1][i] = last * Math.Sqrt((2 * k) + 1);
                (before, last) = (last, ((((2 * k) + 1) * t * last) - (k * before)) / (k + 1));
            }
        }

        return result;
    }

    // For each function the derivatives in all parameters.
    private static double[][] UnderTheIntegral(Family family, int point, Univariate one, TestFunction[] functions)
    {
        var panels = new Panels(one);
        Tensor[] slopes = Gradient.Vjp(all => family.Create(all).LogProb(panels.Points).Exp(), family.Repeated(point, panels.X.Length), panels.Weights).Products;
        return Array.ConvertAll(functions, g => Array.ConvertAll(slopes, slope => (slope * g.Value(panels.Points)).Sum().ToScalar()));
    }

    // By the five-point rule.
    private static double[][] ByDifferences(Family family, int point, TestFunction[] functions)
    {
        double[] at = family.Points[point];
        double[][] result = Array.ConvertAll(functions, _ => new double[at.Length]);
        for (int i = 0; i < at.Length; i++)
        {
            if (family.Fixed.Contains(i))
            {
                continue;
            }

            double h = 1e-3 * Math.Max(Math.Abs(at[i]), 0.02);
            foreach ((int steps, double weight) in new[] { (-2, 1.0), (-1, -8), (1, 8), (2, -1) })
            {
                double[] moved = [.. at];
                moved[i] += steps * h;
                double[] expectations = Expectations(At(family, moved), functions);
                for (int k = 0; k < functions.Length; k++)
                {
                    result[k][i] += weight * expectations[k] / (12 * h);
                }
            }
        }

        return result;
    }

    // Of a censored distribution over X before.
    private static double[] Expectations(Univariate one, TestFunction[] functions)
    {
        (Univariate source, double low, double high) = one is Censored<Normal> censored
            ? (censored.Source, censored.Low.ToScalar(), censored.High.ToScalar())
            : (one, double.NegativeInfinity, double.PositiveInfinity);
        var panels = new Panels(source, low, high);
        Tensor x = panels.Points, mass = panels.Weights * source.LogProb(x).Exp(), seen = x.Clip(low, high);
        return Array.ConvertAll(functions, g => (g.Value(seen) * mass).Sum().ToScalar());
    }

    // tanh((x − centre)/width), or its square.
    private readonly record struct TestFunction(string Name, double Centre, double Width, bool IsEven)
    {
        public Tensor Value(Tensor x)
        {
            Tensor t = ((x - Centre) / Width).Tanh();
            return IsEven ? t.Square() : t;
        }

        public Tensor Slope(Tensor x)
        {
            Tensor t = ((x - Centre) / Width).Tanh(), slope = (1 - t.Square()) / Width;
            return IsEven ? 2 * t * slope : slope;
        }
    }
}
