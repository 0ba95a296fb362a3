using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.BackendContract;

// The operations of the distributions and transforms, which are internal: an entry's name is that of the operation.
internal static partial class GradientTable
{
    private static readonly string[] s_tails = ["cdf", "log cdf", "survival", "log survival"];

    private static void AddDensities()
    {
        AddOp("PoissonLogMass", PoissonLogMass.Instance, Domain.Positive, Domain.Positive);
        AddPair("PoissonLogMass/saddle point", (k, rate) => PoissonLogMass.Instance.Apply(30 * k, 30 * rate), Domain.AboveOne, Domain.AboveOne);
        AddOp("GammaLogDensity", GammaLogDensity.Instance, Domain.Positive, Domain.Positive);
        AddPair("GammaLogDensity/large", (a, x) => GammaLogDensity.Instance.Apply(30 * a, 30 * x), Domain.AboveOne, Domain.AboveOne);
        AddOp("GammaRateLogDensity", GammaRateLogDensity.Instance, Domain.Positive, Domain.Positive, Domain.Positive);
        AddOp("ProductResidual", ProductResidual.Instance, Domain.Positive, Domain.Positive, Domain.Positive);
        AddOp("BetaLogDensity", BetaLogDensity.Instance, Domain.Positive, Domain.Positive, Domain.Probability);
        AddOp("KumaraswamyLogDensity", KumaraswamyLogDensity.Instance, Domain.Positive, Domain.Positive, Domain.Probability);
        AddOp("TruncatedNormalLogDensity", TruncatedNormalLogDensity.Instance, Domain.Negative, Domain.Positive, Domain.Real);
        AddTriple("SkellamLogMass", (a, b, k) => SkellamLogMass.Instance.Apply(a, b, Whole(k)), Domain.Positive, Domain.Positive, Domain.Real);
        AddOp("NormalLogMass", NormalLogMass.Instance, Domain.Negative, Domain.Positive);
        AddPair("NormalLogMass/tail", (a, width) => NormalLogMass.Instance.Apply(7 + a, 7 + a + width), Domain.Real, Domain.Positive);
        AddPair("NormalLogMass/narrow", (a, width) => NormalLogMass.Instance.Apply(a, a + (0.1 * width)), Domain.Real, Domain.Positive);
        AddPair("NarrowNormalMass", (m, width) => NarrowNormalMass.Instance.Apply(m, 0.1 * width), Domain.Real, Domain.Positive);
        AddOp("TruncatedNormalMoment/mean", TruncatedNormalMoment.Mean, Domain.Negative, Domain.Positive);
        AddPair("TruncatedNormalMoment/mean, tail", (a, width) => TruncatedNormalMoment.Mean.Apply(7 + a, 7 + a + width), Domain.Real, Domain.Positive);
        AddOp("TruncatedNormalMoment/variance", TruncatedNormalMoment.Variance, Domain.Negative, Domain.Positive);
    }

    private static void AddTails()
    {
        AddForms("IncompleteGamma", [IncompleteGamma.Lower, IncompleteGamma.LogLower, IncompleteGamma.Upper, IncompleteGamma.LogUpper], Domain.Positive, Domain.Positive);
        AddForms("StudentTTail", [StudentTTail.Cdf, StudentTTail.LogCdf], Domain.Positive, Domain.Real);
        AddPair("StudentTTail/far", (df, z) => StudentTTail.LogCdf.Apply(df, 100 * z), Domain.Positive, Domain.Negative);
        AddForms("InverseGaussianTail", Forms((upper, log) => new InverseGaussianTail(upper, log)), Domain.Positive, Domain.Positive);
        AddForms("ExGaussianTail", Forms((upper, log) => new ExGaussianTail(upper, log)), Domain.Positive, Domain.Real);
        AddForms("VonMisesTail", Forms((upper, log) => new VonMisesTail(upper, log)), Domain.Positive, Domain.Real);
        AddForms("SkewNormalTail", Forms((upper, log) => new SkewNormalTail(upper, log)), Domain.Real, Domain.Real);

        Op[] beta = [IncompleteBeta.Lower, IncompleteBeta.LogLower, IncompleteBeta.Upper, IncompleteBeta.LogUpper];
        Op[] logarithmic = Forms((upper, log) => new LogarithmicTail(upper, log)), skellam = Forms((upper, log) => new SkellamTail(upper, log));
        for (int i = 0; i < s_tails.Length; i++)
        {
            Op ofBeta = beta[i], ofLogarithmic = logarithmic[i], ofSkellam = skellam[i];
            AddOp($"IncompleteBeta/{s_tails[i]}", ofBeta, Domain.Positive, Domain.Positive, Domain.Probability);
            AddPair($"LogarithmicTail/{s_tails[i]}", (p, k) => ofLogarithmic.Apply(p, 1 + Whole(k)), Domain.Probability, Domain.Positive);
            AddTriple($"SkellamTail/{s_tails[i]}", (a, b, k) => ofSkellam.Apply(a, b, Whole(k)), Domain.Positive, Domain.Positive, Domain.Real);
        }

        // p⁶⁰ changes by its own size over a sixtieth of p.
        AddBent("LogarithmicTail/far", (p, k) => LogarithmicTail.LogCdf.Apply(p, 60 + Whole(k.Abs())), Family.FewPairs, Domain.Probability);
        AddOp("LogitIncompleteBeta", LogitIncompleteBeta.Instance, Domain.Positive, Domain.Positive, Domain.Real);
        AddTriple("LogitIncompleteBeta/far", (a, b, t) => LogitIncompleteBeta.Instance.Apply(a, b, t - 700), Domain.Positive, Domain.Positive, Domain.Real);
    }

    private static void AddDistributionFunctions()
    {
        Add("LogExcess", x => LogExcess.Instance.Apply(x), Domain.Unit);
        Add("LogExcess/near the end", x => LogExcess.Instance.Apply((0.1 * x) - 1), Domain.Probability);
        Add("LogSinhc", x => LogSinhc.Instance.Apply(x));
        Add("LogSinhc/near zero", x => LogSinhc.Instance.Apply(0.05 * x));
        Add("Langevin", x => Langevin.Instance.Apply(x));
        Add("Langevin/near zero", x => Langevin.Instance.Apply(0.05 * x));
        Add("LangevinSlope", x => LangevinSlope.Instance.Apply(x));
        Add("LangevinSlope/near zero", x => LangevinSlope.Instance.Apply(0.015 * x));
        Add("Log1pSquare", x => Log1pSquare.Instance.Apply(x));
        Add("Log1pSquare/large", x => Log1pSquare.Instance.Apply(1e9 * x), Domain.Positive);
        Add("NormalLogQuantile", x => NormalLogQuantile.Instance.Apply(x), Domain.Negative);
        Add("NormalLogQuantile/far", x => NormalLogQuantile.Instance.Apply(300 * x), Domain.Negative);
        Add("ScaledExpIntegral", x => ScaledExpIntegral.Instance.Apply(x), Domain.Positive);
        AddOp("RateDivergence", RateDivergence.Instance, Domain.Positive, Domain.Positive);
        AddOp("InverseGaussianExponent", InverseGaussianExponent.Instance, Domain.Positive, Domain.Positive, Domain.Positive);
        Add("GumbelExponent", x => GumbelExponent.Instance.Apply(x));
        AddOp("LogRatio", LogRatio.Instance, Domain.Positive, Domain.Positive);
        AddOp("DigammaGap", DigammaGap.Instance, Domain.Positive, Domain.Positive);
        AddPair("DigammaGap/series", (x, a) => DigammaGap.Instance.Apply(10 * x, a), Domain.AboveOne, Domain.Positive);
        AddPair("LogGammaExcess", (x, z) => LogGammaExcess.Instance.Apply(x, z - x, z), Domain.Positive, Domain.Positive);
        AddPair("LogGammaExcess/close", (x, h) => LogGammaExcess.Instance.Apply(10 * x, 0.01 * h, (10 * x) + (0.01 * h)), Domain.Positive, Domain.Positive);
        AddOp("LogitBetaLogDensity", LogitBetaLogDensity.Instance, Domain.Positive, Domain.Positive, Domain.Real);
        AddOp("LogGammaCross", LogGammaCross.Instance, Domain.Positive, Domain.Positive, Domain.Positive);
        AddPair("ScaledExpm1", (xi, h) => ScaledExpm1.Instance.Apply(xi, h), Domain.Unit, Domain.Real);
        AddPair("ScaledExpm1/near zero", (xi, h) => ScaledExpm1.Instance.Apply(0.01 * xi, h), Domain.Unit, Domain.Real);
        AddPair("ScaledLog1p", (xi, z) => ScaledLog1p.Instance.Apply(0.3 * xi, z), Domain.Unit, Domain.Real);
        AddPair("ScaledLog1p/near zero", (xi, z) => ScaledLog1p.Instance.Apply(0.01 * xi, z), Domain.Unit, Domain.Real);
        AddPair("ExtremeValueIntegral", (xi, z) => ExtremeValueIntegral.Instance.Apply(0.3 * xi, z), Domain.Unit, Domain.Real);
        AddPair("LogBesselScaled", (order, kappa) => LogBesselScaled.Instance.Apply((0.5 * Whole(order)) - 0.5, kappa), Domain.Positive, Domain.Positive);
        AddPair("LogBesselScaled/far", (order, kappa) => LogBesselScaled.Instance.Apply((0.5 * Whole(order)) - 0.5, 70 * kappa), Domain.Positive, Domain.AboveOne);
        AddPair("BesselGap", (order, kappa) => BesselGap.Instance.Apply(0.5 * Whole(order), kappa), Domain.Positive, Domain.Positive);
        AddPair("BesselGap/far", (order, kappa) => BesselGap.Instance.Apply(0.5 * Whole(order), 70 * kappa), Domain.Positive, Domain.AboveOne);
        AddOp("PlanarRoot", PlanarRoot.Instance, Domain.Unit, Domain.Real);

        // The draw of a fixed uniform number moves with the shape; what is checked is the derivative that the operation gives it.
        AddPair(
            "LogGammaPath", (a, u) => LogGammaPath.Instance.Apply(a, Gradient.Stop(Tensor.GammaPInverse(a, 0.1 + (0.15 * Whole(u))).Log())), Domain.Positive, Domain.Positive);
    }

    private static void AddSplines()
    {
        foreach (bool learnTails in new[] { false, true })
        {
            var shape = new SplineShape(3, 2.5, 1e-2, 1e-2, 1e-2, learnTails);
            int size = shape.RawSize;
            Family points = Family.Fixed([[5], [5, size]], [[], [size]], [[0], [0, size]], [[2, 3], [2, 3, size]]);
            string which = learnTails ? "learned tails" : "fixed tails";
            AddBent($"SplineForward/{which}", (x, raw) => new SplineForward(shape).Apply(x, raw), points, Domain.Real);
            AddBent($"SplineInverse/{which}", (x, raw) => new SplineInverse(shape).Apply(x, raw), points, Domain.Real);
        }
    }

    /// <summary>Whole numbers from 0 on (or of either sign) that do not move with the values, of which none of the tables' is near a multiple of ½.</summary>
    private static Tensor Whole(Tensor x) => (2 * Gradient.Stop(x)).Floor();

    private static Op[] Forms(Func<bool, bool, Op> form) => [form(false, false), form(false, true), form(true, false), form(true, true)];

    private static void AddForms(string name, Op[] forms, Domain shape, Domain at)
    {
        for (int i = 0; i < forms.Length; i++)
        {
            AddOp($"{name}/{s_tails[i]}", forms[i], shape, at);
        }
    }

    private static void AddOp(string name, Op op, params Domain[] domains) =>
        s_entries.Add(name, new GradientEntry(name, x => op.Apply(x), domains.Length == 2 ? Family.FewPairs : Family.FewTriples, domains));

    private static void AddPair(string name, Func<Tensor, Tensor, Tensor> f, Domain first, Domain second) => Add(name, f, Family.FewPairs, first, second);

    private static void AddBent(string name, Func<Tensor, Tensor, Tensor> f, Family family, Domain first) =>
        s_entries.Add(name, new GradientEntry(name, x => f(x[0], x[1]), family, [first, Domain.Real]) { Step = 1e-4 });

    private static void AddTriple(string name, Func<Tensor, Tensor, Tensor, Tensor> f, Domain first, Domain second, Domain third) =>
        Add(name, f, Family.FewTriples, first, second, third);
}
