using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// How data are turned into noise (Song et al. 2021): x(t) = s(t)·(x(0) + σ(t)·ε) with ε a standard Normal, the solution of dx = f(t)·x dt + g(t) dw with
/// f = d ln s/dt and g² = 2·s²·σ²·d ln σ/dt. What differs between processes is s, σ and the pace of time; as functions of x/s and σ all score models are alike
/// (Karras et al. 2022).
/// </summary>
public abstract class DiffusionProcess
{
    private protected DiffusionProcess(double earliest, double latest) => (Earliest, Latest) = (earliest, latest);

    /// <summary>The time at which the noise is negligible: where sampling ends and a density begins.</summary>
    public double Earliest { get; }

    /// <summary>The time at which the data are.</summary>
    public double Latest { get; }

    /// <summary>σ at the earliest time: the least noise, in units of the data that the process sees.</summary>
    public double SigmaMin => Sigma(Earliest);

    /// <summary>σ at the latest time: the most noise.</summary>
    public double SigmaMax => Sigma(Latest);

    /// <summary>ln s(t), elementwise.</summary>
    /// <param name="time">Times.</param>
    public abstract Tensor LogScale(Tensor time);

    /// <summary>ln σ(t), elementwise.</summary>
    /// <param name="time">Times.</param>
    public abstract Tensor LogSigma(Tensor time);

    /// <summary>The time t at which ln σ(t) has a value, elementwise.</summary>
    /// <param name="logSigma">Logarithms of noise levels.</param>
    public abstract Tensor TimeOf(Tensor logSigma);

    /// <summary>s(t).</summary>
    public double Scale(double time) => Math.Exp(At(LogScale, time));

    /// <summary>σ(t).</summary>
    public double Sigma(double time) => Math.Exp(At(LogSigma, time));

    /// <summary>f(t) of the stochastic differential equation: d ln s/dt.</summary>
    public double Drift(double time) => Slope(LogScale, time);

    /// <summary>g(t)² of the stochastic differential equation: 2·s²·σ²·d ln σ/dt.</summary>
    public double DiffusionSquared(double time)
    {
        double noise = Scale(time) * Sigma(time);
        return 2 * noise * noise * Slope(LogSigma, time);
    }

    /// <summary>Data as they are at a time: s·(x + σ·ε).</summary>
    /// <param name="x">Data, of any shape.</param>
    /// <param name="time">When.</param>
    /// <param name="key">The source of ε.</param>
    public Tensor Perturb(Tensor x, double time, RandomKey key) => Scale(time) * (x + (Sigma(time) * key.Normal(x.Shape, x.DType)));

    /// <summary>Times from the latest to the earliest, as this process is commonly discretized.</summary>
    /// <param name="steps">How many steps lie between them; at least 1.</param>
    public virtual IReadOnlyList<double> Times(int steps) =>
        [.. Enumerable.Range(0, steps + 1).Select(i => i == steps ? Earliest : Latest + ((Earliest - Latest) * i / steps))];

    /// <summary>The process and its settings, as saved in a model file.</summary>
    public abstract LayerDescription Describe();

    /// <inheritdoc/>
    public override string ToString() => Describe().ToString();

    /// <summary>Levels σ from the most noise to the least whose powers 1/ρ are equally spaced: short steps where there is little noise (Karras et al. 2022).</summary>
    internal double[] PowerLevels(int steps, double rho = 7)
    {
        double high = Math.Pow(SigmaMax, 1 / rho), low = Math.Pow(SigmaMin, 1 / rho);
        return [.. Enumerable.Range(0, steps + 1).Select(i => Math.Pow(high + ((low - high) * i / steps), rho))];
    }

    /// <summary>The process that was described.</summary>
    internal static DiffusionProcess From(LayerDescription d) => d.Kind switch
    {
        nameof(VariancePreserving) => new VariancePreserving(d.Number("beta_min"), d.Number("beta_max"), d.Number("earliest")),
        nameof(VarianceExploding) => new VarianceExploding(d.Number("sigma_min"), d.Number("sigma_max")),
        nameof(ElucidatedProcess) => new ElucidatedProcess(d.Number("sigma_min"), d.Number("sigma_max"), d.Number("rho")),
        _ => throw new InvalidDataException($"DiffusionProcess: '{d.Kind}' is not one of VariancePreserving, VarianceExploding, ElucidatedProcess."),
    };

    private protected static double Require(string process, string name, double value, double above, double below = double.PositiveInfinity) => value > above && value < below
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{process}: {name} is {value}; it must lie in ({above}, {below})."));

    private static double At(Func<Tensor, Tensor> f, double time) => f(Tensor.Scalar(time, DType.Float64)).ToScalar();

    private static double Slope(Func<Tensor, Tensor> f, double time) => Gradient.Of(f, Tensor.Scalar(time, DType.Float64)).ToScalar();
}
