using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The families that <see cref="Fit"/> knows. Estimates are listed in the order of the parameters; formulas are those of Johnson, Kotz and Balakrishnan
/// (1994, 1995) where no other source stands.
/// </summary>
internal static class FitRecipes
{
    private static readonly double GumbelFactor = Math.Sqrt(6) / Math.PI;

    public static IReadOnlyDictionary<Type, FitRecipe> All { get; } = OnTheLine().Concat(OnTheHalfLine()).Concat(Bounded()).Concat(Counts())
        .ToDictionary(entry => entry.Family, entry => entry.Recipe);

    private static (string, Support) Real(string name) => (name, Support.Real);

    private static (string, Support) Positive(string name) => (name, Support.Positive);

    private static IEnumerable<(Type Family, FitRecipe Recipe)> OnTheLine()
    {
        (string, Support)[] locScale = [Real("loc"), Positive("scale")];
        yield return (typeof(Normal), new(locScale, p => new Normal(p[0], p[1]))
        {
            Support = Support.Real, Moments = x => [x.Mean, x.StdDev], Likelihood = x => [x.Mean, x.StdDev],
        });
        yield return (typeof(Laplace), new(locScale, p => new Laplace(p[0], p[1]))
        {
            Support = Support.Real, Moments = x => [x.Mean, x.StdDev * Math.Sqrt(0.5)],
            Likelihood = x => [x.Quantile(0.5), x.Average(v => Math.Abs(v - x.Quantile(0.5)))],
        });
        yield return (typeof(Logistic), new(locScale, p => new Logistic(p[0], p[1]))
        {
            Support = Support.Real, Locations = [0], Moments = x => [x.Mean, x.StdDev * Math.Sqrt(3) / Math.PI],
        });
        yield return (typeof(Gumbel), new(locScale, p => new Gumbel(p[0], p[1]))
        {
            Support = Support.Real, Locations = [0],
            Moments = x => [x.Mean - (Constants.EulerGamma * GumbelFactor * x.StdDev), GumbelFactor * x.StdDev],
        });
        yield return (typeof(Moyal), new(locScale, p => new Moyal(p[0], p[1]))
        {
            Support = Support.Real, Locations = [0],
            Moments = x => Math.Sqrt(2) / Math.PI * x.StdDev is var scale ? [x.Mean - (scale * (Constants.EulerGamma + Constants.LogTwo)), scale] : [],
        });
        yield return (typeof(Cauchy), new(locScale, p => new Cauchy(p[0], p[1]))
        {
            Support = Support.Real, Locations = [0], Start = x => [x.Quantile(0.5), HalfQuartiles(x)],
        });
        yield return (typeof(StudentT), new([Positive("df"), .. locScale], p => new StudentT(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [1], Start = x => [5, x.Quantile(0.5), 1.4 * HalfQuartiles(x)],
        });
        yield return (typeof(GeneralizedNormal), new([.. locScale, Positive("power")], p => new GeneralizedNormal(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [0], Start = x => [x.Mean, x.StdDev * Math.Sqrt(2), 2],
        });

        // A skew of 0 is a stationary point of the likelihood of every sample (Azzalini 1985), so the search starts beside it.
        yield return (typeof(SkewNormal), new([.. locScale, Real("skew")], p => new SkewNormal(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [0], Start = x => [x.Mean - (Math.Sign(Skewness(x)) * 0.7 * x.StdDev), 1.2 * x.StdDev, 2 * Math.Sign(Skewness(x))],
        });
        yield return (typeof(ExGaussian), new([.. locScale, Positive("rate")], p => new ExGaussian(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [0],
            Start = x => Math.Clamp(Math.Cbrt(0.5 * Skewness(x)), 0.2, 0.95) is var part
                ? [x.Mean - (part * x.StdDev), x.StdDev * Math.Sqrt(1 - (part * part)), 1 / (part * x.StdDev)] : [],
        });
        yield return (typeof(SplitNormal), new([Real("loc"), Positive("lower"), Positive("upper")], p => new SplitNormal(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [0], Start = x => [x.Quantile(0.5), x.StdDev, x.StdDev],
        });
        yield return (typeof(AsymmetricLaplace), new([.. locScale, Positive("asymmetry")], p => new AsymmetricLaplace(p[0], p[1], p[2]))
        {
            Support = Support.Real, Likelihood = MostLikelyAsymmetry,
        });
        yield return (typeof(SinhArcsinh), new([.. locScale, Real("skewness"), Positive("tailweight")], p => new SinhArcsinh(p[0], p[1], p[2], p[3]))
        {
            Support = Support.Real, Locations = [0], Start = x => [x.Quantile(0.5), 1.5 * HalfQuartiles(x), 0, 1],
        });
        yield return (typeof(GeneralizedExtremeValue), new([.. locScale, Real("concentration")], p => new GeneralizedExtremeValue(p[0], p[1], p[2]))
        {
            Support = Support.Real, Locations = [0], Start = ExtremeByMoments,
        });
        yield return (typeof(VonMises), new([Real("loc"), Positive("concentration")], p => new VonMises(p[0], p[1])) { Support = Support.Real, Likelihood = MostLikelyDirection });
        yield return (typeof(JohnsonSU), new([Real("gamma"), Positive("delta"), .. locScale], p => new JohnsonSU(p[0], p[1], p[2], p[3]))
        {
            Support = Support.Real, Locations = [2], Start = x => [0, 1.5, x.Quantile(0.5), 1.5 * x.StdDev],
        });
    }

    private static IEnumerable<(Type Family, FitRecipe Recipe)> OnTheHalfLine()
    {
        // The likelihood of a whole number of stages has one peak, beside that of the Gamma distribution.
        yield return (typeof(Erlang), new([("concentration", Support.PositiveIntegers), Positive("rate")], p => new Erlang(p[0], p[1]))
        {
            Support = Support.Positive, Likelihood = MostLikelyStages,
            Moments = x => Math.Max(1, Math.Round(x.Mean * x.Mean / x.Variance)) is var stages ? [stages, stages / x.Mean] : [],
        });

        // The median lies 1/0.455 scales above the lower end.
        yield return (typeof(Levy), new([Real("loc"), Positive("scale")], p => new Levy(p[0], p[1]))
        {
            Support = Support.Real,
            Start = x => x.Min - (0.5 * (x.Quantile(0.5) > x.Min ? x.Quantile(0.5) - x.Min : x.Max - x.Min)) is var low ? [low, 0.455 * (x.Quantile(0.5) - low)] : [],
        });
        yield return (typeof(Exponential), new([Positive("rate")], p => new Exponential(p[0]))
        {
            Support = Support.NonNegative, NeedsSpread = false, Moments = x => [1 / x.Mean], Likelihood = x => [1 / x.Mean],
        });
        yield return (typeof(Gamma), new([Positive("concentration"), Positive("rate")], p => new Gamma(p[0], p[1]))
        {
            Support = Support.Positive, Moments = x => [x.Mean * x.Mean / x.Variance, x.Mean / x.Variance],
        });
        yield return (typeof(Chi2), new([Positive("df")], p => new Chi2(p[0])) { Support = Support.Positive, NeedsSpread = false, Moments = x => [x.Mean] });
        yield return (typeof(InverseGamma), new([Positive("concentration"), Positive("scale")], p => new InverseGamma(p[0], p[1]))
        {
            Support = Support.Positive, Moments = x => (x.Mean * x.Mean / x.Variance) + 2 is var a ? [a, x.Mean * (a - 1)] : [],
        });
        yield return (typeof(InverseGaussian), new([Positive("loc"), Positive("concentration")], p => new InverseGaussian(p[0], p[1]))
        {
            Support = Support.Positive, Moments = x => [x.Mean, Math.Pow(x.Mean, 3) / x.Variance],
            Likelihood = x => [x.Mean, 1 / x.Average(v => (v - x.Mean) / v * ((v - x.Mean) / x.Mean) / x.Mean)],
        });
        yield return (typeof(LogNormal), new([Real("loc"), Positive("scale")], p => new LogNormal(p[0], p[1]))
        {
            Support = Support.Positive, Likelihood = x => LogMoments(x, Math.Log),
            Moments = x => double.LogP1(x.Variance / (x.Mean * x.Mean)) is var square ? [Math.Log(x.Mean) - (0.5 * square), Math.Sqrt(square)] : [],
        });
        yield return (typeof(Weibull), new([Positive("scale"), Positive("concentration")], p => new Weibull(p[0], p[1]))
        {
            Support = Support.Positive,
            Start = x => LogMoments(x, Math.Log) is [var mean, var deviation]
                ? [Math.Exp(mean + (Constants.EulerGamma * GumbelFactor * deviation)), 1 / (GumbelFactor * deviation)] : [],
        });
        yield return (typeof(Frechet), new([Positive("scale"), Positive("alpha")], p => new Frechet(p[0], p[1]))
        {
            Support = Support.Positive,
            Start = x => LogMoments(x, Math.Log) is [var mean, var deviation]
                ? [Math.Exp(mean - (Constants.EulerGamma * GumbelFactor * deviation)), 1 / (GumbelFactor * deviation)] : [],
        });
        yield return (typeof(LogLogistic), new([Positive("scale"), Positive("concentration")], p => new LogLogistic(p[0], p[1]))
        {
            Support = Support.Positive, Start = x => LogMoments(x, Math.Log) is [var mean, var deviation] ? [Math.Exp(mean), Math.PI / (Math.Sqrt(3) * deviation)] : [],
        });
        yield return (typeof(LogLaplace), new([Positive("scale"), Positive("concentration")], p => new LogLaplace(p[0], p[1]))
        {
            Support = Support.Positive, Likelihood = x => x.Quantile(0.5) is var median ? [median, 1 / x.Average(v => Math.Abs(Math.Log(v / median)))] : [],
        });
        yield return (typeof(Pareto), new([Positive("scale"), Positive("alpha")], p => new Pareto(p[0], p[1]))
        {
            Support = Support.Positive, Likelihood = x => [x.Min, 1 / x.Average(v => Math.Log(v / x.Min))],
        });
        yield return (typeof(Lomax), new([Positive("scale"), Positive("alpha")], p => new Lomax(p[0], p[1]))
        {
            Support = Support.NonNegative,
            Start = x => x.Variance > 1.5 * x.Mean * x.Mean && 2 * x.Variance / (x.Variance - (x.Mean * x.Mean)) is var a ? [x.Mean * (a - 1), a] : [5 * x.Mean, 6],
        });
        yield return (typeof(HalfNormal), new([Positive("scale")], p => new HalfNormal(p[0]))
        {
            Support = Support.NonNegative, NeedsSpread = false, Moments = x => [x.Mean * Math.Sqrt(Math.PI / 2)], Likelihood = x => [Math.Sqrt(x.Average(v => v * v))],
        });
        yield return (typeof(Rayleigh), new([Positive("scale")], p => new Rayleigh(p[0]))
        {
            Support = Support.Positive, NeedsSpread = false, Moments = x => [x.Mean * Math.Sqrt(2 / Math.PI)], Likelihood = x => [Math.Sqrt(x.Average(v => v * v) / 2)],
        });
        yield return (typeof(Maxwell), new([Positive("scale")], p => new Maxwell(p[0]))
        {
            Support = Support.Positive, NeedsSpread = false, Moments = x => [x.Mean * Math.Sqrt(Math.PI / 8)], Likelihood = x => [Math.Sqrt(x.Average(v => v * v) / 3)],
        });
        yield return (typeof(HalfStudentT), new([Positive("df"), Positive("scale")], p => new HalfStudentT(p[0], p[1]))
        {
            Support = Support.NonNegative, NeedsSpread = false, Start = x => [5, 1.4 * x.Quantile(0.5)],
        });

        // The median is ln(1 + ln 2/η)/b.
        yield return (typeof(Gompertz), new([Positive("concentration"), Positive("rate")], p => new Gompertz(p[0], p[1]))
        {
            Support = Support.NonNegative, Start = x => [Constants.LogTwo / Math.Exp(x.Quantile(0.5) / x.Mean), 1 / x.Mean],
        });

        // The likelihood grows up to the least observation as the location does. The other two by moments of what lies above it (Hosking and Wallis 1987).
        yield return (typeof(GeneralizedPareto), new([Real("loc"), Positive("scale"), Real("concentration")], p => new GeneralizedPareto(p[0], p[1], p[2]))
        {
            Support = Support.Real, Held = [0],
            Start = x => (x.Mean - x.Min) * (x.Mean - x.Min) / x.Variance is var ratio
                ? Possible(x, x.Min, 0.5 * (x.Mean - x.Min) * (1 + ratio), 0.5 * (1 - ratio)) : [],
        });
        yield return (typeof(HalfCauchy), new([Positive("scale")], p => new HalfCauchy(p[0]))
        {
            Support = Support.Positive, NeedsSpread = false, Start = x => [x.Quantile(0.5)],
        });
        yield return (typeof(FisherSnedecor), new([Positive("df1"), Positive("df2")], p => new FisherSnedecor(p[0], p[1]))
        {
            Support = Support.Positive, Start = x => [5, x.Mean > 1.1 ? Math.Max(3, 2 * x.Mean / (x.Mean - 1)) : 20],
        });
    }

    private static IEnumerable<(Type Family, FitRecipe Recipe)> Bounded()
    {
        yield return (typeof(Uniform), new([Real("low"), Real("high")], p => new Uniform(p[0], p[1]))
        {
            Support = Support.Real, Likelihood = x => [x.Min, x.Max], Moments = x => [x.Mean - (Math.Sqrt(3) * x.StdDev), x.Mean + (Math.Sqrt(3) * x.StdDev)],
        });
        yield return (typeof(Triangular), new([Real("low"), Real("high"), Real("peak")], p => new Triangular(p[0], p[1], p[2]))
        {
            Support = Support.Real, Likelihood = TriangularLikelihood.Estimate,
        });
        yield return (typeof(TruncatedNormal), new([Real("loc"), Positive("scale"), Real("low"), Real("high")], p => new TruncatedNormal(p[0], p[1], p[2], p[3]))
        {
            Support = Support.Real, Locations = [0], Held = [2, 3], Start = x => [x.Mean, x.StdDev, x.Min, x.Max],
        });
        yield return (typeof(PowerLaw), new([Real("power"), Positive("low"), Positive("high")], p => new PowerLaw(p[0], p[1], p[2]))
        {
            Support = Support.Positive, Held = [1, 2], Start = x => [-1, x.Min, x.Max],
        });
        yield return (typeof(LogUniform), new([Positive("low"), Positive("high")], p => new LogUniform(p[0], p[1]))
        {
            Support = Support.Positive, Likelihood = x => [x.Min, x.Max],
        });
        yield return (typeof(Beta), new([Positive("concentration1"), Positive("concentration0")], p => new Beta(p[0], p[1]))
        {
            Support = Support.UnitInterval, Moments = x => (x.Mean * (1 - x.Mean) / x.Variance) - 1 is var total ? [x.Mean * total, (1 - x.Mean) * total] : [],
        });
        yield return (typeof(Kumaraswamy), new([Positive("concentration1"), Positive("concentration0")], p => new Kumaraswamy(p[0], p[1]))
        {
            Support = Support.UnitInterval, Start = x => [1, 1],
        });
        yield return (typeof(LogitNormal), new([Real("loc"), Positive("scale")], p => new LogitNormal(p[0], p[1]))
        {
            Support = Support.UnitInterval, Likelihood = x => LogMoments(x, v => Math.Log(v) - double.LogP1(-v)),
        });
        yield return (typeof(ContinuousBernoulli), new([Real("logits")], p => ContinuousBernoulli.FromLogits(p[0]))
        {
            Support = Support.ClosedUnitInterval, NeedsSpread = false, Start = x => [12 * (x.Mean - 0.5)],
        });
    }

    private static IEnumerable<(Type Family, FitRecipe Recipe)> Counts()
    {
        yield return (typeof(Bernoulli), new([("probs", Support.UnitInterval)], p => Bernoulli.FromProbs(p[0]))
        {
            Support = Support.Boolean, NeedsSpread = false, Moments = x => [x.Mean], Likelihood = x => [x.Mean],
        });
        yield return (typeof(Poisson), new([Positive("rate")], p => new Poisson(p[0]))
        {
            Support = Support.NonNegativeIntegers, NeedsSpread = false, Moments = x => [x.Mean], Likelihood = x => [x.Mean],
        });
        yield return (typeof(Geometric), new([("probs", Support.UnitInterval)], p => new Geometric(p[0]))
        {
            Support = Support.NonNegativeIntegers, NeedsSpread = false, Moments = x => [1 / (1 + x.Mean)], Likelihood = x => [1 / (1 + x.Mean)],
        });
        yield return (typeof(DiscreteUniform), new([Real("low"), Real("high")], p => new DiscreteUniform(p[0], p[1]))
        {
            Support = Support.IntegerInterval(double.NegativeInfinity, double.PositiveInfinity), NeedsSpread = false, Likelihood = x => [x.Min, x.Max],
        });
        yield return (typeof(Skellam), new([Positive("rate1"), Positive("rate2")], p => new Skellam(p[0], p[1]))
        {
            Support = Support.IntegerInterval(double.NegativeInfinity, double.PositiveInfinity),
            Start = x => Math.Max(x.Variance, 1.1 * Math.Abs(x.Mean)) is var spread ? [0.5 * (spread + x.Mean), 0.5 * (spread - x.Mean)] : [],
        });
        yield return (typeof(Logarithmic), new([("probs", Support.UnitInterval)], p => new Logarithmic(p[0]))
        {
            Support = Support.IntegerInterval(1.0, double.PositiveInfinity), Start = x => [0.5],
        });

        // The first two parameters may change places: the search starts where they differ.
        yield return (typeof(BetaNegativeBinomial), new(
            [Positive("total_count"), Positive("concentration1"), Positive("concentration0")], p => new BetaNegativeBinomial(p[0], p[1], p[2]))
        {
            Support = Support.NonNegativeIntegers, Start = x => Math.Sqrt(4 * Math.Max(x.Mean, 0.1)) is var root ? [1.5 * root, root / 1.5, 5] : [],
        });

        // Without more variance than mean the likelihood grows towards a Poisson, at infinitely many successes: the search then ends unconverged.
        yield return (typeof(NegativeBinomial), new([Positive("total_count"), ("probs", Support.UnitInterval)], p => new NegativeBinomial(p[0], p[1]))
        {
            Support = Support.NonNegativeIntegers,
            Start = x => Math.Max(x.Variance, 1.1 * x.Mean) is var spread ? [x.Mean * x.Mean / (spread - x.Mean), 1 - (x.Mean / spread)] : [],
        });
    }

    // By probability-weighted moments (Hosking, Wallis and Wood 1985): with k = −ξ, (2β₁ − β₀)/(3β₂ − β₀) gives k nearly.
    private static double[] ExtremeByMoments(Observations x)
    {
        double below = 0, first = 0, second = 0;
        foreach ((double value, double weight) in x.Ascending())
        {
            double level = (below + (0.5 * weight)) / x.Total;
            first += weight * level * value / x.Total;
            second += weight * level * level * value / x.Total;
            below += weight;
        }

        double c = (((2 * first) - x.Mean) / ((3 * second) - x.Mean)) - (Math.Log(2) / Math.Log(3)), k = Math.Clamp((7.859 * c) + (2.9554 * c * c), -0.8, 0.8);
        double gamma = Math.Exp(Special.LogGamma(1 + k));
        double scale = Math.Abs(k) < 1e-3
            ? ((2 * first) - x.Mean) / Math.Log(2) : ((2 * first) - x.Mean) * k / (gamma * (1 - Math.Pow(2, -k)));
        double loc = Math.Abs(k) < 1e-3 ? x.Mean - (Constants.EulerGamma * scale) : x.Mean + (scale * (gamma - 1) / k);
        return Possible(x, loc, scale, -k);
    }

    // The estimates where the end of the support leaves room for all observations, else those of an unbounded one.
    private static double[] Possible(Observations x, double loc, double scale, double xi) =>
        1 + (xi * (x.Min - loc) / scale) > 0.01 && 1 + (xi * (x.Max - loc) / scale) > 0.01 ? [loc, scale, xi] : [loc, scale, 0];

    private static double[] MostLikelyStages(Observations x)
    {
        double logMean = Math.Log(x.Mean), mean = x.Average(Math.Log), stages = Math.Max(1, Math.Floor(x.Mean * x.Mean / x.Variance));
        double step = Likelihood(stages + 1) > Likelihood(stages) ? 1 : -1;
        while (stages + step >= 1 && Likelihood(stages + step) > Likelihood(stages))
        {
            stages += step;
        }

        return [stages, stages / x.Mean];

        double Likelihood(double k) => (k * (Math.Log(k) - logMean)) - Special.LogGamma(k) + ((k - 1) * mean) - k;
    }

    // With α and β the mean distances of what lies above and below a location, the likelihood falls with √α + √β; its greatest value is at an observation
    // (Kotz, Kozubowski and Podgórski 2001, section 3.5).
    private static double[] MostLikelyAsymmetry(Observations x)
    {
        (double Root, double Loc, double Above, double Below) best = (double.PositiveInfinity, 0, 0, 0);
        double weight = 0, moment = 0;
        foreach ((double value, double share) in x.Ascending())
        {
            weight += share / x.Total;
            moment += share / x.Total * value;
            double below = (weight * value) - moment, above = x.Mean - value + below, root = Math.Sqrt(above) + Math.Sqrt(below);
            best = root < best.Root ? (root, value, above, below) : best;
        }

        // At an end of the data one of the two would be 0.
        double least = 1e-12 * (best.Above + best.Below), upper = Math.Max(best.Above, least), lower = Math.Max(best.Below, least);
        double quarter = Math.Sqrt(Math.Sqrt(upper * lower));
        return [best.Loc, quarter * (Math.Sqrt(upper) + Math.Sqrt(lower)), Math.Sqrt(Math.Sqrt(lower / upper))];
    }

    // The direction of the mean vector, and the concentration under which a vector is expected to be as long as it (Mardia and Jupp 2000, section 5.3.1).
    private static double[] MostLikelyDirection(Observations x)
    {
        double sine = x.Average(Math.Sin), cosine = x.Average(Math.Cos), length = Math.Sqrt((sine * sine) + (cosine * cosine));
        double low = 1e-12, high = 1;
        while (Ratio(high) < length && high < 1e12)
        {
            high *= 2;
        }

        for (int i = 0; i < 200 && high - low > 1e-15 * high; i++)
        {
            double middle = NumericQuantile.Middle(low, high);
            (low, high) = Ratio(middle) < length ? (middle, high) : (low, middle);
        }

        return [Math.Atan2(sine, cosine), high];

        static double Ratio(double k) => Special.BesselI1e(k) / Special.BesselI0e(k);
    }

    // Mean and standard deviation of a function of the observations.
    private static double[] LogMoments(Observations x, Func<double, double> f)
    {
        double mean = x.Average(f);
        return [mean, Math.Sqrt(x.Average(v => (f(v) - mean) * (f(v) - mean)))];
    }

    // Half of what lies between the quartiles; where that is nothing, the standard deviation.
    private static double HalfQuartiles(Observations x) => 0.5 * (x.Quantile(0.75) - x.Quantile(0.25)) is > 0 and var half ? half : x.StdDev;

    private static double Skewness(Observations x) => x.Average(v => Math.Pow((v - x.Mean) / x.StdDev, 3));
}
