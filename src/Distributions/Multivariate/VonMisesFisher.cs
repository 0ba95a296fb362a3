using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The von Mises–Fisher distribution of unit vectors in n dimensions: density ∝ exp(κ·μ·x) with respect to the area of the sphere. With
/// A(κ) = I_{n/2}(κ)/I_{n/2−1}(κ) the mean is A·μ.
/// </summary>
public sealed class VonMisesFisher : Distribution
{
    // Wood's proposals are accepted at least two times of three in any dimension: none of these many with probability below 1e−19.
    private const int Proposals = 40;

    /// <summary>Creates the distribution.</summary>
    /// <param name="meanDirection">μ, [..., n] with n ≥ 2, of length 1.</param>
    /// <param name="concentration">κ, [...]; not negative. 0 is the uniform distribution.</param>
    /// <exception cref="ShapeException">μ has fewer than two coordinates.</exception>
    /// <exception cref="ArgumentOutOfRangeException">κ is negative, or the length of μ is not 1.</exception>
    public VonMisesFisher(Tensor meanDirection, Tensor concentration)
    {
        const string Self = nameof(VonMisesFisher);
        MeanDirection = LinearMaps.RequireVector(Self, nameof(meanDirection), meanDirection);
        if (meanDirection.Shape[-1] < 2)
        {
            throw new ShapeException($"{Self}: {nameof(meanDirection)} has shape {meanDirection.Shape}; directions have at least two coordinates.");
        }

        if (!meanDirection.IsSymbolic && Gradient.Stop(meanDirection) is var mu && !(bool)(VectorSupport.IsUnit(mu) | mu.IsNaN().Any(-1)).All())
        {
            throw new ArgumentOutOfRangeException(
                nameof(meanDirection), $"{Self}: meanDirection must be vectors of length 1; divide by their Norm.");
        }

        Concentration = ParameterChecks.NonNegative(Self, nameof(concentration), ParameterChecks.Literal(concentration, meanDirection.DType));
        BatchShape = Shape.Broadcast(meanDirection.Shape[..^1], Concentration.Shape, Self);
    }

    /// <summary>μ, [..., n].</summary>
    public Tensor MeanDirection { get; }

    /// <summary>κ.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("mean_direction", MeanDirection), ("concentration", Concentration)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => MeanDirection.Shape[^1..];

    /// <inheritdoc/>
    public override Support Support => Support.UnitVector;

    /// <summary>A(κ)·μ.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact((Concentration * Shrinkage).Unsqueeze(-1) * MeanDirection);

    /// <summary>(A/κ)·(1 − μᵢ²) + (1 − (n − 1)·A/κ − A²)·μᵢ².</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor across = Shrinkage, along = (Gap * (2 - Gap)) - ((EventShape[0] - 1) * across);
        Tensor square = MeanDirection.Square();
        return Estimate.Exact((across.Unsqueeze(-1) * (1 - square)) + (along.Unsqueeze(-1) * square));
    }

    /// <inheritdoc/>
    public override Tensor Mode => MeanDirection.BroadcastTo(SampleShape(Shape.Scalar));

    /// <summary>Minus the log density at a vector whose part along μ is A.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact((LogNormalizer + (Concentration * Gap)).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => (Concentration * ((MeanDirection * value).Sum(-1) - 1)) - LogNormalizer;

    /// <summary>
    /// The part along μ by rejection from a transformed Beta distribution (Wood 1994; Ulrich 1984), the direction across uniform, and a reflection that brings the first
    /// axis to μ.
    /// </summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        int n = EventShape[0];
        Tensor kappa = Gradient.Stop(Concentration).BroadcastTo(BatchShape), mu = Gradient.Stop(MeanDirection);
        (RandomKey radial, RandomKey across) = key.Split();
        Tensor along = Along(radial, kappa, n, shape);
        Tensor direction = across.Normal(along.Shape.Concat([n - 1]), DType);
        direction /= direction.Norm(2, -1, keepDims: true);

        // 1 − w² from 1 − w, which is small where the draws are concentrated.
        Tensor rest = (along * (2 - along)).Clip(min: 0).Sqrt();
        Tensor point = Tensor.Concat([(1 - along).Unsqueeze(-1), rest.Unsqueeze(-1) * direction], -1);
        Tensor axis = Tensor.Scalar(0, DType.Int64).OneHot(n, DType), normal = axis - mu;
        Tensor same = normal.Square().Sum(-1, keepDims: true) < DType.Epsilon() * DType.Epsilon();
        Tensor reflected = new HouseholderTransform(Tensor.Where(same, axis, normal)).Forward(point);
        return Tensor.Where(same, point, reflected);
    }

    // Draws of 1 − w.
    private Tensor Along(RandomKey key, Tensor kappa, int n, Shape shape)
    {
        double m = n - 1;
        Tensor root = Tensor.Hypot(2 * kappa, m), b = m / (root + (2 * kappa)), oneMinusX0 = 2 * b / (1 + b), x0 = 1 - oneMinusX0;
        Tensor half = Tensor.Full(kappa.Shape, 0.5 * m, DType);
        Tensor result = Tensor.Zeros(shape.Concat(kappa.Shape), DType), missing = result.EqualTo(0);
        RandomKey[] keys = key.Split(Proposals);
        for (int i = 0; i < Proposals && (missing.IsSymbolic || (bool)missing.Any()); i++)
        {
            RandomKey[] three = keys[i].Split(3);

            // z ~ Beta(m/2, m/2) and w = (1 − (1 + b)z)/(1 − (1 − b)z), so that 1 − w = 2bz/(1 − (1 − b)z) and 1 − x₀w = (1 − x₀) + x₀(1 − w).
            Tensor z = (three[0].LogGamma(half, shape) - three[1].LogGamma(half, shape)).Sigmoid();
            Tensor proposal = 2 * b * z / (1 - ((1 - b) * z));
            Tensor excess = (kappa * (oneMinusX0 - proposal)) + (m * ((oneMinusX0 + (x0 * proposal)) / (oneMinusX0 * (1 + x0))).Log());
            Tensor accepted = missing & (excess >= three[2].UniformOpen(result.Shape, DType).Log());
            result = Tensor.Where(accepted, proposal, result);
            missing &= !accepted;
        }

        return result;
    }

    /// <summary>
    /// KL(p‖q) = (κ_p − κ_q)·(A_p − 1) + κ_q·A_p·½|μ_p − μ_q|² + ln Z_q − ln Z_p, with Z the integral of exp(κ(μ·x − 1)): the mean of the difference of two log densities
    /// that are linear in x (Diethe 2015, arXiv:1502.07104, section 2, and Kitagawa and Rowley 2022, arXiv:2202.05192).
    /// </summary>
    internal static Tensor Divergence(VonMisesFisher p, VonMisesFisher q)
    {
        Tensor turn = 0.5 * (p.MeanDirection - q.MeanDirection).Square().Sum(-1);
        return ((q.Concentration - p.Concentration) * p.Gap) + (q.Concentration * (1 - p.Gap) * turn) + q.LogNormalizer - p.LogNormalizer;
    }

    // 1 − A(κ).
    private Tensor Gap => BesselGap.Instance.Apply(Order, Concentration);

    // A(κ)/κ, which is 1/n at 0.
    private Tensor Shrinkage => LogBesselScaled.Ratio(Order, Concentration) / EventShape[0];

    private Tensor Order => Tensor.Full(Concentration.Shape, (0.5 * EventShape[0]) - 1, DType);

    // The logarithm of the integral of exp(κ(μ·x − 1)): the area of the sphere, 2π^(n/2)/Γ(n/2), for κ = 0.
    private Tensor LogNormalizer
    {
        get
        {
            double half = 0.5 * EventShape[0];
            return LogBesselScaled.Instance.Apply(Order, Concentration) + (Math.Log(2) + (half * Math.Log(Math.PI)) - Special.LogGamma(half));
        }
    }
}
