using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Distributions whose score is known at all times: a Gaussian's and a Gaussian mixture's stay what they are when noise is added.</summary>
internal static class KnownDiffusion
{
    private static readonly Tensor s_one = Tensor.Ones([], DType.Float64), s_zero = Tensor.Zeros([], DType.Float64);

    public static IReadOnlyDictionary<string, DiffusionProcess> Processes { get; } = new Dictionary<string, DiffusionProcess>
    {
        ["EDM"] = new ElucidatedProcess(), ["VP"] = new VariancePreserving(), ["VE"] = new VarianceExploding(),
    };

    public static TheoryData<string> Names => [.. Processes.Keys];

    /// <summary>Correlated, in three dimensions, off the origin.</summary>
    public static MultivariateNormal Gaussian { get; } = new(
        Tensor.From(0.5, -1.0, 0.2), Tensor.From(new[,] { { 1.0, 0, 0 }, { 0.8, 0.5, 0 }, { -0.3, 0.2, 0.4 } }));

    /// <summary>Eight narrow Gaussians on a circle.</summary>
    public static VectorMixture<Independent<Normal>> Circle { get; } = CircleAt(s_one, s_zero);

    /// <summary>Two unequal Gaussians on a line.</summary>
    public static Mixture<Normal> Line { get; } = LineAt(s_one, s_zero);

    /// <summary>The diffusion of <see cref="Gaussian"/>, of covariance C: x(t) has covariance s²·(C + σ²·I).</summary>
    public static Diffusion OfGaussian(DiffusionProcess process)
    {
        (Tensor values, Tensor vectors) = Gaussian.Covariance.SymmetricEigen();
        return new(process, 3, (x, time) =>
        {
            Tensor s = process.LogScale(time).Exp(), sigma = process.LogSigma(time).Exp();
            Tensor along = (x - (s * Gaussian.Loc)).MatMul(vectors) / (s.Square() * (values + sigma.Square()));
            return -along.MatMul(vectors.Transpose());
        });
    }

    public static Diffusion OfCircle(DiffusionProcess process) => new(process, 2, CircleScore(process));

    public static Func<Tensor, Tensor, Tensor> CircleScore(DiffusionProcess process) => (x, time) => Gradient.Of(
        at => CircleAt(process.LogScale(time).Exp(), process.LogSigma(time).Exp()).LogDensity(at).Sum(), x);

    public static Diffusion OfLine(DiffusionProcess process) => new(process, 1, (x, time) => Gradient.Of(
        at => LineAt(process.LogScale(time).Exp(), process.LogSigma(time).Exp()).LogDensity(at).Sum(), x));

    private static VectorMixture<Independent<Normal>> CircleAt(Tensor s, Tensor sigma)
    {
        double[] centres = [.. Enumerable.Range(0, 8).SelectMany(i => new[] { 1.4 * Math.Cos(i * Math.PI / 4), 1.4 * Math.Sin(i * Math.PI / 4) })];
        Tensor scale = s * (sigma.Square() + (0.12 * 0.12)).Sqrt();
        return new(Tensor.Zeros([8], DType.Float64), new(new Normal(s * Tensor.From(centres, [8, 2]), scale.BroadcastTo([8, 2])), 1));
    }

    private static Mixture<Normal> LineAt(Tensor s, Tensor sigma)
    {
        Tensor scale = s * (sigma.Square() + Tensor.From(0.3, 0.15).Square()).Sqrt();
        return new(Tensor.From(Math.Log(0.7), Math.Log(0.3)), new Normal(s * Tensor.From(-0.6, 1.1), scale));
    }
}
