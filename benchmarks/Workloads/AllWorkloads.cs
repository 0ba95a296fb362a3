using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>The workloads of the comparison with PyTorch.</summary>
public static class AllWorkloads
{
    /// <summary>How to make each workload, by its id, in the order in which they are reported.</summary>
    public static IReadOnlyDictionary<string, Func<Workload>> ById { get; } = new Dictionary<string, Func<Workload>>
    {
        ["mdn-32"] = () => new MdnWorkload(32),
        ["mdn-256"] = () => new MdnWorkload(256),
        ["mdn-4096"] = () => new MdnWorkload(4096),
        ["realnvp-256"] = () => new RealNvpWorkload(256),
        ["spline-256"] = () => new SplineWorkload(256),
        ["vae-128"] = () => new VaeWorkload(128),
        ["score-256"] = () => new ScoreWorkload(256),
        ["mlp-64"] = () => new MlpWorkload(64),
    };

    /// <summary>
    /// Those that exist in Float64 too: their steps are so chaotic that in Float32 the losses of two libraries soon part, and it takes more digits to tell that they do the same.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<Workload>> InDouble { get; } = new Dictionary<string, Func<Workload>>
    {
        ["spline-256"] = () => new SplineWorkload(256, DType.Float64),
    };
}
