using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Student's t distribution of vectors: ln f = ln Γ((ν + n)/2) − ln Γ(ν/2) − (n/2)·ln πν − Σ ln Lᵢᵢ − ((ν + n)/2)·ln(1 + |z|²/ν) with z = L⁻¹(x − μ).
/// </summary>
public sealed class MultivariateStudentT : Distribution, IReparameterized, ILocationScale<MultivariateStudentT>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="df">ν, the degrees of freedom, [...]; above 0.</param>
    /// <param name="loc">μ, [..., n].</param>
    /// <param name="scaleTril">L, [..., n, n], with a positive diagonal: the covariance is L·Lᵀ·ν/(ν − 2).</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ν or a number on the diagonal is not above 0.</exception>
    public MultivariateStudentT(Tensor df, Tensor loc, Tensor scaleTril)
    {
        const string Self = nameof(MultivariateStudentT);
        ArgumentNullException.ThrowIfNull(scaleTril);
        df = ParameterChecks.Literal(df, scaleTril.DType);
        LinearMaps.RequireAlike(Self, ("loc", loc), ("scale_tril", scaleTril), ("df", df));
        Df = ParameterChecks.Positive(Self, nameof(df), df);
        ScaleTril = LinearMaps.RequireFactor(Self, nameof(scaleTril), scaleTril);
        Loc = LinearMaps.RequireVector(Self, nameof(loc), loc, scaleTril.Shape[-1]);
        BatchShape = Shape.Broadcast(Shape.Broadcast(loc.Shape[..^1], scaleTril.Shape[..^2], Self), df.Shape, Self);
    }

    /// <summary>ν, the degrees of freedom.</summary>
    public Tensor Df { get; }

    /// <summary>μ, [..., n].</summary>
    public Tensor Loc { get; }

    /// <summary>L, [..., n, n].</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("df", Df), ("loc", Loc), ("scale_tril", ScaleTril)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => ScaleTril.Shape[^1..];

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <summary>μ for ν &gt; 1, else NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Tensor.Where(Column(Df) > 1, Mode, double.NaN));

    /// <summary>The diagonal of L·Lᵀ times ν/(ν − 2) for ν &gt; 2; ∞ for 1 &lt; ν ≤ 2, else NaN.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor df = Column(Df), safe = Tensor.Where(df > 2, df, 3.0);
        Tensor variance = ScaleTril.Square().Sum(-1) * (safe / (safe - 2));
        Tensor heavy = Tensor.Where(df > 1, Tensor.Scalar(double.PositiveInfinity, DType), double.NaN);
        return Estimate.Exact(Tensor.Where(df > 2, variance, heavy).BroadcastTo(SampleShape(Shape.Scalar)));
    }

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(SampleShape(Shape.Scalar));

    /// <summary>((ν + n)/2)·(ψ((ν + n)/2) − ψ(ν/2)) minus the log density at μ.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        Tensor half = 0.5 * Df, size = Tensor.Full(half.Shape, 0.5 * EventShape[0], DType);
        return Estimate.Exact((((half + size) * DigammaGap.Instance.Apply(half, size)) - Peak).BroadcastTo(BatchShape));
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        // From |z| = √ν on, ln(1 + |z|²/ν) = ln(|z/u|² + ν/u²) + ln u² − ln ν, with u the largest coordinate: no square, nor its derivative by ν, leaves the range of the type.
        Tensor z = LinearMaps.Whiten(ScaleTril, value - Loc);
        Tensor largest = Gradient.Stop(z).Abs().Max(-1), far = largest > Gradient.Stop(Df).Sqrt(), unit = Tensor.Where(far, largest, 1.0);
        Tensor square = (z / unit.Unsqueeze(-1)).Square().Sum(-1);
        Tensor log = Tensor.Where(
            far, (square + (Df / unit / unit)).Log() + (2 * unit.Log()) - Df.Log(), (Tensor.Where(far, 0.0, square) / Tensor.Where(far, 1.0, Df)).Log1p());
        return Peak - (0.5 * (Df + EventShape[0]) * log);
    }

    /// <summary>A Normal over the root of χ²/ν, the latter in log space.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        (RandomKey normal, RandomKey gamma) = key.Split();
        Tensor half = (0.5 * Df).BroadcastTo(BatchShape);
        Tensor stretch = Numeric.ExpOrInfinity(0.5 * (half.Log() - Gamma.StandardLogSample(gamma, half, shape)));
        return Loc + (LinearMaps.Times(ScaleTril, normal.Normal(SampleShape(shape), DType)) * stretch.Unsqueeze(-1));
    }

    /// <inheritdoc/>
    public MultivariateStudentT AffineTransform(Tensor loc, Tensor scale) =>
        new(Df, loc + (scale * Loc), (scale.Rank == 0 ? scale : scale.Unsqueeze(-1)) * ScaleTril);

    private protected override Tensor InteriorPoint => Gradient.Stop(Mode);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // The log density at μ. ln Γ(a + b) − ln Γ(a) = ln Γ(b) − ln B(a, b), which does not cancel for large ν.
    private Tensor Peak
    {
        get
        {
            double n = EventShape[0];
            return Special.LogGamma(0.5 * n) - Tensor.LogBeta(0.5 * Df, 0.5 * n) - (0.5 * n * (Math.PI * Df).Log()) - LinearMaps.LogDiagonal(ScaleTril);
        }
    }

    private static Tensor Column(Tensor x) => x.Rank == 0 ? x : x.Unsqueeze(-1);
}
