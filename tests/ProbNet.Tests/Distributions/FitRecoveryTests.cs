using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Fits recover what made the data, to the errors that the information gives them.</summary>
public class FitRecoveryTests
{
    private const int Count = 5000;

    /// <summary>A family, its parameters, how it is made and fitted, and which parameters are ends of the support, at the least or greatest observation.</summary>
    public static TheoryData<string, double[], Func<Tensor[], Univariate>, Func<Tensor, Tensor?, Univariate>, int[]> Known { get; } = new()
    {
        {
            "GeneralizedExtremeValue", [3, 2, 0.2], p => new GeneralizedExtremeValue(p[0], p[1], p[2]),
            (x, w) => Check(Fit.MaximumLikelihood<GeneralizedExtremeValue>(x, w)), []
        },
        {
            "GeneralizedExtremeValue below", [-30, 0.5, -0.25], p => new GeneralizedExtremeValue(p[0], p[1], p[2]),
            (x, w) => Check(Fit.MaximumLikelihood<GeneralizedExtremeValue>(x, w)), []
        },
        { "GeneralizedPareto", [10, 2, 0.3], p => new GeneralizedPareto(p[0], p[1], p[2]), (x, w) => Check(Fit.MaximumLikelihood<GeneralizedPareto>(x, w)), [0] },
        { "GeneralizedPareto below", [0, 5, -0.2], p => new GeneralizedPareto(p[0], p[1], p[2]), (x, w) => Check(Fit.MaximumLikelihood<GeneralizedPareto>(x, w)), [0] },
        { "Gompertz", [0.5, 2], p => new Gompertz(p[0], p[1]), (x, w) => Check(Fit.MaximumLikelihood<Gompertz>(x, w)), [] },
        { "SinhArcsinh", [1, 2, 0.3, 1.3], p => new SinhArcsinh(p[0], p[1], p[2], p[3]), (x, w) => Check(Fit.MaximumLikelihood<SinhArcsinh>(x, w)), [] },
        { "HalfStudentT", [4, 3], p => new HalfStudentT(p[0], p[1]), (x, w) => Check(Fit.MaximumLikelihood<HalfStudentT>(x, w)), [] },
        { "PowerLaw", [-2.5, 1, 30], p => new PowerLaw(p[0], p[1], p[2]), (x, w) => Check(Fit.MaximumLikelihood<PowerLaw>(x, w)), [1, 2] },
        { "TruncatedNormal", [0.5, 1.5, -1, 3], p => new TruncatedNormal(p[0], p[1], p[2], p[3]), (x, w) => Check(Fit.MaximumLikelihood<TruncatedNormal>(x, w)), [2, 3] },
        { "Binomial", [12, 0.3], p => new Binomial(p[0].Floor(), p[1]), (x, w) => Check(Fit.Binomial(x, 12, w)), [0] },
        { "BetaNegativeBinomial", [6, 2, 5], p => new BetaNegativeBinomial(p[0], p[1], p[2]), (x, w) => Check(Fit.MaximumLikelihood<BetaNegativeBinomial>(x, w)), [] },
    };

    // The estimates are within 5 standard errors, of the information of the scores at the truth (a pair of draws in two million lies beyond, and the keys are fixed). The
    // least observation is beyond the end of the support by an exponential of rate n·f there: 14 of its units with probability 1e-6.
    [Theory]
    [MemberData(nameof(Known))]
    public void MaximumLikelihood_OfDraws_FindsTheParametersWithinTheirErrors(
        string name, double[] truth, Func<Tensor[], Univariate> create, Func<Tensor, Tensor?, Univariate> fit, int[] ends)
    {
        Univariate source = create(Array.ConvertAll(truth, Scalar));
        Tensor data = source.Sample(RandomKey.FromSeed(23), Count).Cast(DType.Float64);
        double[] found = [.. fit(data, null).Parameters.Select(p => p.Value.ToScalar())];
        int[] free = [.. Enumerable.Range(0, truth.Length).Where(i => !ends.Contains(i))];
        double[] errors = StandardErrors(truth, create, data, free);
        for (int i = 0; i < free.Length; i++)
        {
            Assert.True(
                Math.Abs(found[free[i]] - truth[free[i]]) <= 5 * errors[i],
                FormattableString.Invariant($"{name}, parameter {free[i]}: {found[free[i]]} instead of {truth[free[i]]} ± {errors[i]}"));
        }

        foreach (int end in ends)
        {
            double density = source.Measure == Measure.Counting ? double.PositiveInfinity : Math.Exp(source.LogProb(Scalar(truth[end])).ToScalar());
            Assert.InRange(Math.Abs(found[end] - truth[end]), 0, 14 / (Count * density));
        }
    }

    // A weight of two is an observation twice.
    [Theory]
    [MemberData(nameof(Known))]
    public void MaximumLikelihood_WithWeights_IsThatOfRepeatedData(
        string name, double[] truth, Func<Tensor[], Univariate> create, Func<Tensor, Tensor?, Univariate> fit, int[] ends)
    {
        Tensor data = create(Array.ConvertAll(truth, Scalar)).Sample(RandomKey.FromSeed(29), 300).Cast(DType.Float64);
        Tensor weights = Tensor.Concat([Tensor.Full([100], 2, DType.Float64), Tensor.Ones([200], DType.Float64)]);
        Univariate weighted = fit(data, weights), repeated = fit(Tensor.Concat([data, data[..100]]), null);
        double[] one = [.. weighted.Parameters.Select(p => p.Value.ToScalar())], other = [.. repeated.Parameters.Select(p => p.Value.ToScalar())];
        for (int i = 0; i < one.Length; i++)
        {
            // Where a search ends is known to the root of the rounding of a likelihood that is flat there.
            Assert.True(Math.Abs(one[i] - other[i]) <= 1e-4 * (1 + Math.Abs(other[i])), $"{name} ({ends.Length} ends), parameter {i}: {one[i]} and {other[i]}");
        }
    }

    private static double[] StandardErrors(double[] truth, Func<Tensor[], Univariate> create, Tensor data, int[] free)
    {
        Tensor[] repeated = Array.ConvertAll(free, i => Tensor.Full(data.Shape, truth[i], DType.Float64));
        Tensor[] scores = Gradient.ValueAndGradient(
            all => create([.. truth.Select((value, i) => Array.IndexOf(free, i) is >= 0 and var at ? all[at] : Scalar(value))]).LogProb(data).Sum(), repeated).Gradients;
        Tensor s = Tensor.Stack(scores, -1), information = s.Transpose().MatMul(s);
        return information.Inverse().Diagonal().Sqrt().ToDoubles();
    }

    private static T Check<T>(FitResult<T> fit) where T : Univariate
    {
        Assert.True(fit.Converged, fit.ToString());
        return fit.Distribution;
    }

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);
}
