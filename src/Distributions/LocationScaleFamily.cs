using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A family X = origin + unit·Z, where the distribution of Z depends on shape parameters alone. What is asked of X is answered by functions of
/// z = (x − origin)/unit.
/// </summary>
public abstract class LocationScaleFamily : ParametricUnivariate, IReparameterized
{
    private protected LocationScaleFamily(params ReadOnlySpan<FamilyParameter> parameters)
        : base(parameters)
    {
    }

    /// <inheritdoc/>
    public override Support Support => !Bottom.IsLiteral ? Support.Interval(Bottom, Top) : Bottom.ToScalar() == 0 ? Support.Positive : Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => StandardMean is { } mean ? Estimate.Exact(Wide(Affine(mean))) : NumericMean();

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => StandardVariance is not { } variance ? NumericVariance()
        : Estimate.Exact(Wide(Unit is null ? variance : variance * Unit.Square()));

    /// <inheritdoc/>
    public override Tensor Mode => StandardMode is { } mode ? Wide(Affine(mode)) : NumericMode.Find(this);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => StandardEntropy is not { } entropy ? base.Entropy(key)
        : Estimate.Exact(Wide(Unit is null ? entropy : entropy + Unit.Log()));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        if (LogScaleDensity is { } density)
        {
            Tensor zero = value.EqualTo(0.0), x = Tensor.Where(zero, 1.0, value);
            Tensor edge = StandardLogDensity(Tensor.Where(zero, 0 * value, 1.0)) - Unit!.Log();
            return Tensor.Where(zero, edge, density(LogRatio.Instance.Apply(x, Unit)) - x.Log());
        }

        Tensor log = StandardLogDensity(Standardize(value));
        return Unit is null ? log : log - Unit.Log();
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Inside(x, nameof(Cdf), StandardCdf, 0, 1), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Inside(x, nameof(LogCdf), StandardLogCdf, double.NegativeInfinity, 0), 0, LogSurvival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => Inside(x, nameof(Survival), StandardSurvival, 1, 0), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => Inside(x, nameof(LogSurvival), StandardLogSurvival, 0, double.NegativeInfinity), 0, LogCdf);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        if (Inverse is { } inverse)
        {
            Tensor still = Gradient.Stop(CheckProbability(probability)), shape = Gradient.Stop(inverse.Shape);
            Tensor points = Between(still, p => Affine(new TailQuantile(inverse.Tail).Apply(shape, p)), End(Bottom), End(Top));
            return ImplicitGradient.Attach(this, Gradient.Stop(points), CheckProbability(probability));
        }

        if (StandardQuantile is not { } quantile)
        {
            return base.Quantile(probability);
        }

        return Between(CheckProbability(probability), p => Affine(quantile(p)), End(Bottom), End(Top));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => StandardQuantile is null && Inverse is null ? base.QuantileEvidence : Evidence.Exact;

    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        if (StandardCrps is not { } crps)
        {
            // Quantiles by a search are dearer than the distribution function.
            return Inverse is null ? base.Crps(value) : FiniteCrps(value, y => Numeric.Propagate(y, PanelCrps.Integrate(this, 1, y)));
        }

        return FiniteCrps(value, y => Unit is null ? crps(Standardize(y)) : Unit * crps(Standardize(y)));
    }

    // Their densities are smooth between quantiles, of which one a panel is enough.
    internal override QuadratureRule Quadrature(Tensor? cuts = null) => Inverse is null || cuts is not null ? base.Quadrature(cuts) : QuadratureRule.BetweenQuantiles(this);

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => StandardCrps is null ? base.CrpsEvidence : Evidence.Exact;

    /// <inheritdoc/>
    public virtual Tensor RSample(RandomKey key, Shape shape = default) => Affine(StandardDraw(key, SampleShape(shape)));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    /// <summary>Where z is 0; null for 0.</summary>
    private protected virtual Tensor? Origin => null;

    /// <summary>What z is in units of; null for 1.</summary>
    private protected virtual Tensor? Unit => null;

    /// <summary>The lower end of the support of Z.</summary>
    private protected virtual Tensor Bottom => double.NegativeInfinity;

    /// <summary>The upper end of the support of Z.</summary>
    private protected virtual Tensor Top => double.PositiveInfinity;

    /// <summary>A finite point of the support of Z.</summary>
    private protected virtual Tensor Interior =>
        !Bottom.IsLiteral ? 0.5 * (Bottom + Top) : Bottom.ToScalar() == 0 && Top.ToScalar() <= 1 ? 0.5 : Bottom.ToScalar() == 0 ? 1.0 : 0.0;

    /// <summary>The log density of Z.</summary>
    private protected abstract Tensor StandardLogDensity(Tensor z);

    /// <summary>
    /// The log density of ln Z, for families on the positive half-line with a unit and heavy tails: z and its derivatives may leave the range of the type
    /// where ln z does not. The log density of Z then only serves at 0. Null for other families.
    /// </summary>
    private protected virtual Func<Tensor, Tensor>? LogScaleDensity => null;

    /// <summary>P(Z ≤ z) inside the support.</summary>
    private protected abstract Tensor StandardCdf(Tensor z);

    /// <summary>ln P(Z ≤ z) inside the support.</summary>
    private protected virtual Tensor StandardLogCdf(Tensor z) => Numeric.Log(StandardCdf(z));

    /// <summary>P(Z &gt; z) inside the support.</summary>
    private protected abstract Tensor StandardSurvival(Tensor z);

    /// <summary>ln P(Z &gt; z) inside the support.</summary>
    private protected virtual Tensor StandardLogSurvival(Tensor z) => Numeric.Log(StandardSurvival(z));

    /// <summary>The quantile of Z for probabilities inside (0, 1); null where it is found numerically.</summary>
    private protected virtual Func<Tensor, Tensor>? StandardQuantile => null;

    /// <summary>The CRPS of Z; null where it is found by quadrature.</summary>
    private protected virtual Func<Tensor, Tensor>? StandardCrps => null;

    /// <summary>The distribution function of Z in one shape parameter, where the quantile is to be found from it.</summary>
    private protected virtual (TailOp Tail, Tensor Shape)? Inverse => null;

    /// <summary>Draws of Z, differentiable in its shape parameters.</summary>
    private protected virtual Tensor StandardDraw(RandomKey key, Shape shape) => StandardQuantile!(key.UniformOpen(shape, DType));

    /// <summary>E[Z]; null where it is found by quadrature.</summary>
    private protected virtual Tensor? StandardMean => null;

    /// <summary>Var[Z]; null where it is found by quadrature.</summary>
    private protected virtual Tensor? StandardVariance => null;

    /// <summary>The mode of Z; null where it is searched for.</summary>
    private protected virtual Tensor? StandardMode => null;

    /// <summary>The entropy of Z; null where it is found by quadrature.</summary>
    private protected virtual Tensor? StandardEntropy => null;

    // Away from an origin that is so large that the unit is lost in its rounding.
    private protected sealed override Tensor InteriorPoint
    {
        get
        {
            Tensor point = Affine(ParameterChecks.Literal(Interior, DType));
            return Gradient.Stop(Origin is null || !Bottom.IsLiteral || double.IsInfinity(Bottom.ToScalar()) ? point : point + (4 * DType.Epsilon() * Origin.Abs()));
        }
    }

    /// <summary>origin + unit·z.</summary>
    private protected Tensor Affine(Tensor z)
    {
        Tensor scaled = Unit is null ? z : Unit * z;
        return Origin is null ? scaled : Origin + scaled;
    }

    /// <summary>An end of the support of X from that of Z; an infinite one does not depend on parameters.</summary>
    private protected Tensor End(Tensor standard)
    {
        if (standard.IsLiteral)
        {
            return double.IsInfinity(standard.ToScalar()) ? standard : Affine(standard);
        }

        Tensor infinite = standard.IsInfinite();
        return Tensor.Where(infinite, standard, Affine(Tensor.Where(infinite, 0.0, standard)));
    }

    /// <summary>(x − origin)/unit.</summary>
    private protected virtual Tensor Standardize(Tensor value)
    {
        Tensor shifted = Origin is null ? value : value - Origin;
        return Unit is null ? shifted : shifted / Unit;
    }

    /// <summary>A function of z inside the support of Z, and constants beyond its ends; NaN for NaN.</summary>
    private protected Tensor Inside(Tensor value, string method, Func<Tensor, Tensor> function, double below, double above)
    {
        Tensor z = Standardize(CheckValue(value, method));
        Tensor under = z <= Bottom, over = z >= Top;
        Tensor safe = Tensor.Where(under | over, Interior, z);
        return Tensor.Where(under, below, Tensor.Where(over, above, function(safe)));
    }

    /// <summary>Draws of ln G for G ~ Gamma(concentration, rate 1), differentiable in the concentration, of shape sample + batch.</summary>
    private protected Tensor LogGammaDraw(RandomKey key, Tensor concentration, Shape shape) =>
        Gamma.StandardLogSample(key, concentration.BroadcastTo(BatchShape), shape[..(shape.Rank - BatchShape.Rank)]);
}
