using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A mixture: with probability wₖ an outcome comes from component k. Density and distribution function are the weighted sums of the components';
/// quantiles, modes and the CRPS follow from them, the latter in closed form for mixtures of Normals (Grimit et al. 2006).
/// </summary>
public abstract class MixtureDistribution : Univariate
{
    private Support? _support;

    /// <summary>ln wₖ, [..., components], normalised.</summary>
    public abstract Tensor LogWeights { get; }

    /// <summary>wₖ, [..., components].</summary>
    public Tensor Weights => LogWeights.Exp();

    /// <summary>How many components there are.</summary>
    public abstract int ComponentCount { get; }

    /// <inheritdoc/>
    public override DType DType => Prototype.DType;

    /// <inheritdoc/>
    public override Measure Measure => Prototype.Measure;

    /// <inheritdoc/>
    public override Support Support => _support ??= SharesSupport ? Prototype.Support : Union();

    /// <inheritdoc/>
    public override Tensor Mode => NumericMode.Find(this);

    /// <summary>Σ wₖ·μₖ.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Combine(c => c.Mean(key), mean => Average(mean));

    /// <summary>Σ wₖ·(σₖ² + (μₖ − μ)²): the law of total variance.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        (Tensor within, Tensor between, Evidence kind, Tensor error) = Spread(key);
        return new Estimate(within + between, error, kind);
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        // A component whose density is 0 to the type has no share in the sum, and no gradient of ∞ may come from it.
        Tensor each = SharesSupport ? Each(static (c, x) => c.LogDensityOrConstant(x), value) : Each(static (c, x) => c.LogProb(x), value);
        return LogAverage(each);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Average(Each(static (c, x) => c.Cdf(x), CheckValue(value, nameof(Cdf))));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => LogAverage(Each(static (c, x) => c.LogCdf(x), CheckValue(value, nameof(LogCdf))));

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Average(Each(static (c, x) => c.Survival(x), CheckValue(value, nameof(Survival))));

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => LogAverage(Each(static (c, x) => c.LogSurvival(x), CheckValue(value, nameof(LogSurvival))));

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        probability = CheckProbability(probability);
        return NormalComponents() is { LogWeights.IsSymbolic: false } normals
            ? ImplicitGradient.Attach(this, NormalMixtureQuantile.Find(normals, probability), probability)
            : NumericQuantile.Find(this, probability);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => NormalComponents() is null ? Evidence.Numeric : Evidence.Exact;

    /// <summary>Closed form for Normals; otherwise the integral of its definition, in panels that end at quantiles of the components.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        return NormalComponents() is { } normals ? NormalMixtureCrps.Of(normals.LogWeights.Exp(), normals.Loc, normals.Scale, value)
            : Measure == Measure.Counting ? NumericCrps.Integrate(this, value)
            : Tensor.Where(Average(Each(Known, Gradient.Stop(value))).IsInfinite(), double.PositiveInfinity, PanelCrps.Integrate(this, ComponentCount, value));

        // A component without a mean distance has none in closed form; no sum over panels can say so.
        static Tensor Known(Univariate c, Tensor x) => Gradient.Stop(c.CrpsEvidence == Evidence.Exact ? c.Crps(x) : c.Cdf(x));
    }

    /// <summary>Differentiable draws by the implicit gradient of the mixture's distribution function; null for discrete outcomes.</summary>
    public override IReparameterized? AsReparameterized() => Measure != Measure.Lebesgue
        ? null
        : new ReparameterizedSampler((key, shape) => ImplicitGradient.Attach(this, Sample(key, shape), null));

    /// <summary>A function of each component at given values, [..., components].</summary>
    protected abstract Tensor Each(Func<Univariate, Tensor, Tensor> function, Tensor value);

    /// <summary>A number of each component, batch + [components].</summary>
    protected abstract Tensor OfEach(Func<Univariate, Tensor> function);

    /// <summary>Any of the components: all are of one kind.</summary>
    protected abstract Univariate Prototype { get; }

    /// <summary>The variance of the components, on average, and of their means, each of shape batch.</summary>
    private protected (Tensor Within, Tensor Between, Evidence Kind, Tensor Error) Spread(RandomKey? key)
    {
        Evidence kind = Evidence.Exact;
        Tensor means = OfEach(c => Note(c.Mean(key), ref kind)), variances = OfEach(c => Note(c.Variance(key), ref kind));
        Tensor errors = kind == Evidence.Exact ? Tensor.Zeros(BatchShape, DType) : Average(OfEach(c => c.Variance(key).StandardError));
        Tensor deviation = means - Average(means).Unsqueeze(-1);
        return (Average(variances), Average(deviation.Square()), kind, errors);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey choice, RandomKey draw) = key.Split();
        Tensor logWeights = Gradient.Stop(LogWeights).BroadcastTo(BatchShape.Concat([ComponentCount]));
        Tensor chosen = (logWeights + choice.Gumbel(shape.Concat(logWeights.Shape), DType)).ArgMax(-1, keepDims: true);
        Tensor each = DrawEach(draw, shape);

        // In a compiled function a mask stays in the pass that makes the draws; else it would be passes of its own.
        return chosen.IsSymbolic
            ? Tensor.Where(Tensor.Arange(ComponentCount).EqualTo(chosen), each, 0.0).Sum(-1)
            : each.Gather(-1, chosen).Squeeze(-1);
    }

    /// <summary>Independent draws from each component, sample + batch + [components].</summary>
    protected abstract Tensor DrawEach(RandomKey key, Shape shape);

    internal override Tensor? Atoms => AllAtoms is { } all ? all.Gather(-1, Gradient.Stop(all).ArgSort()) : null;

    internal override (Tensor Low, Tensor High) QuantileBracket(Tensor probability)
    {
        Tensor quantiles = Each(static (c, p) => c.Quantile(p), probability);
        return (quantiles.Min(-1), quantiles.Max(-1));
    }

    internal override Tensor Landmarks(Tensor probability)
    {
        Tensor each = Each(static (c, p) => c.Landmarks(p), probability);
        each = each.BroadcastTo(each.Shape[..1].Concat(BatchShape).Concat([ComponentCount])).MoveAxis(-1, 0);
        return each.Reshape(Shape.Create([each.Shape[0] * each.Shape[1]]).Concat(BatchShape));
    }

    private protected abstract bool SharesSupport { get; }

    private protected virtual bool AllDiscrete => Prototype.Support.IsDiscrete;

    /// <summary>The outcomes of all components, in any order, batch + [outcomes]; null for densities and whole numbers.</summary>
    private protected virtual Tensor? AllAtoms => null;

    private protected abstract Tensor AnySupport(Tensor value);

    private protected Tensor Average(Tensor components) => Bernoulli.Weighted(Weights, components).Sum(-1);

    private Tensor LogAverage(Tensor components) => (LogWeights + components).LogSumExp(-1);

    private Estimate Combine(Func<Univariate, Estimate> of, Func<Tensor, Tensor> combine)
    {
        Evidence kind = Evidence.Exact;
        Tensor values = OfEach(c => Note(of(c), ref kind));
        return kind == Evidence.Exact ? Estimate.Exact(combine(values)) : new Estimate(combine(values), combine(OfEach(c => of(c).StandardError)), kind);
    }

    private static Tensor Note(Estimate estimate, ref Evidence kind)
    {
        kind = estimate.Kind == Evidence.Exact ? kind : estimate.Kind;
        return estimate.Value;
    }

    private UnionSupport Union() => new(
        $"union of {ComponentCount} supports like {Prototype.Support.Name}", AllDiscrete, AnySupport,
        dtype => OfEach(c => c.Support.InteriorPoint(dtype).BroadcastTo(c.BatchShape))[TensorIndex.Ellipsis, 0]);
}
