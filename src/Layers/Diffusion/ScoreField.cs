using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// A score in the coordinates in which it is well scaled at all noise levels. With the noise x = x₀ + σ·ε (time scale taken off) and the angle θ = arctan(σ/σ_d), the state
/// z = x·cosθ/σ_d has variance 1 for data of variance σ_d². A field tells F with D/σ_d = cosθ·z + sinθ·F for the expected data D given x, and so ε = sinθ·z − cosθ·F for
/// the expected noise: (D/σ_d, ε) is (z, F) turned by θ, and the probability-flow equation of every process is dz/dθ = −F (Karras et al. 2022; Lu and Song 2024).
/// </summary>
internal abstract class ScoreField
{
    private readonly CompiledFunction _step, _secondOrderStep, _velocity, _divergence, _projection;

    protected ScoreField(DiffusionProcess process, double dataScale, int dimension)
    {
        (Process, DataScale, Dimension) = (process, dataScale, dimension);
        LogRatioMin = Math.Log(process.SigmaMin / dataScale);
        LogRatioMax = Math.Log(process.SigmaMax / dataScale);
        _step = new((key, inputs) => [Step(key, inputs)]);
        _secondOrderStep = new((_, inputs) => [SecondOrderStep(inputs)]);
        _velocity = new(inputs => [Velocity(inputs[0], inputs[1], From(inputs.AsSpan(2)))]);
        _divergence = new(Divergence);
        _projection = new(Projection);
    }

    /// <summary>How data become noise.</summary>
    public DiffusionProcess Process { get; }

    /// <summary>σ_d.</summary>
    public double DataScale { get; }

    /// <summary>The length of a vector of data.</summary>
    public int Dimension { get; }

    /// <summary>ln(σ_min/σ_d).</summary>
    public double LogRatioMin { get; }

    /// <summary>ln(σ_max/σ_d).</summary>
    public double LogRatioMax { get; }

    /// <summary>The type of data.</summary>
    public abstract DType DType { get; }

    /// <summary>The parameters of a network; their values come with the conditioning.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Whether it was trained for no features as well, which guidance leads away from.</summary>
    public virtual bool KnowsNoFeatures => true;

    /// <summary>F.</summary>
    /// <param name="z">States, [samples, batch, dimension].</param>
    /// <param name="logRatio">ln(σ/σ_d): one number, or [batch, 1].</param>
    /// <param name="conditioning">Weights, features and guidance.</param>
    public abstract Tensor Velocity(Tensor z, Tensor logRatio, Conditioning conditioning);

    /// <summary>cosθ and sinθ.</summary>
    public static (Tensor Cos, Tensor Sin) Angle(Tensor logRatio) => ((-2 * logRatio).Sigmoid().Sqrt(), (2 * logRatio).Sigmoid().Sqrt());

    /// <summary>F, compiled.</summary>
    public Tensor Velocity(Tensor z, double logRatio, Conditioning conditioning) => _velocity.Run(null, [z, Number(logRatio), .. conditioning.Arguments])[0];

    /// <summary>F and Σᵢ ∂Fᵢ/∂zᵢ, [samples, batch]: one backward pass a dimension.</summary>
    public (Tensor Velocity, Tensor Divergence) VelocityAndDivergence(Tensor z, double logRatio, Conditioning conditioning)
    {
        Tensor[] results = _divergence.Run(null, [z, Number(logRatio), .. conditioning.Arguments]);
        return (results[0], results[1]);
    }

    /// <summary>F and vᵀ·(∂F/∂z)·v, [samples, batch], whose expectation over v with covariance 1 is the divergence (Hutchinson 1990).</summary>
    public (Tensor Velocity, Tensor Projection) VelocityAndProjection(Tensor z, Tensor v, double logRatio, Conditioning conditioning)
    {
        Tensor[] results = _projection.Run(null, [z, v, Number(logRatio), .. conditioning.Arguments]);
        return (results[0], results[1]);
    }

    /// <summary>A step of a sampler on y = x/σ_d.</summary>
    public Tensor Step(Tensor y, Transition t, RandomKey key, Conditioning conditioning)
    {
        Tensor[] inputs = t.IsSecondOrder
            ? [y, Number(t.From), Number(t.To), Number(t.State), Number(t.Noise), .. conditioning.Arguments]
            : [y, Number(t.From), Number(t.State), Number(t.Noise), Number(t.Fresh), .. conditioning.Arguments];
        return (t.IsSecondOrder ? _secondOrderStep : _step).Run(key, inputs)[0];
    }

    private Tensor Step(RandomKey key, Tensor[] inputs)
    {
        Tensor y = inputs[0];
        Tensor noise = ExpectedNoise(y, inputs[1], From(inputs.AsSpan(5)));
        return (inputs[2] * y) + (inputs[3] * noise) + (inputs[4] * key.Normal(y.Shape, y.DType));
    }

    private Tensor SecondOrderStep(Tensor[] inputs)
    {
        var conditioning = From(inputs.AsSpan(5));
        Tensor y = inputs[0], first = ExpectedNoise(y, inputs[1], conditioning);
        Tensor second = ExpectedNoise((inputs[3] * y) + (inputs[4] * first), inputs[2], conditioning);
        return (inputs[3] * y) + (inputs[4] * 0.5 * (first + second));
    }

    private Tensor ExpectedNoise(Tensor y, Tensor logRatio, Conditioning conditioning)
    {
        (Tensor cos, Tensor sin) = Angle(logRatio);
        Tensor z = cos * y;
        return (sin * z) - (cos * Velocity(z, logRatio, conditioning));
    }

    private Tensor[] Divergence(Tensor[] inputs)
    {
        using var scope = new GradientScope();
        Tensor z = scope.Watch(inputs[0]), f = Velocity(z, inputs[1], From(inputs.AsSpan(2)));
        Tensor basis = Tensor.Eye(Dimension, DType), sum = Tensor.Zeros(z.Shape[..^1], DType);
        for (int i = 0; i < Dimension; i++)
        {
            sum += scope.Release(scope.Backward(f, basis[i].BroadcastTo(f.Shape), [z])[0])[TensorIndex.Ellipsis, i];
        }

        return [scope.Release(f), sum];
    }

    private Tensor[] Projection(Tensor[] inputs)
    {
        (Tensor f, Tensor product) = Gradient.Vjp(z => Velocity(z, inputs[2], From(inputs.AsSpan(3))), inputs[0], inputs[1]);
        return [f, (product * inputs[1]).Sum(-1)];
    }

    private Conditioning From(ReadOnlySpan<Tensor> arguments) => Conditioning.From(arguments, Parameters.Count);

    private Tensor Number(double value) => Tensor.Scalar(value, DType);
}
