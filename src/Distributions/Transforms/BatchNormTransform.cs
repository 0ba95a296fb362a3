using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = gain·(x − mean)/√(variance + ε) + bias, coordinate by coordinate with given statistics: batch normalisation as a map (Dinh, Sohl-Dickstein and Bengio
/// 2017). The log-determinant is Σ (ln |gain| − ½·ln(variance + ε)).
/// </summary>
public sealed class BatchNormTransform : Transform
{
    private readonly Tensor _logDet, _scale;

    /// <summary>Creates the map.</summary>
    /// <param name="gain">The factor, [n] or [..., n]; not 0.</param>
    /// <param name="bias">The shift, likewise.</param>
    /// <param name="mean">The mean to subtract, likewise.</param>
    /// <param name="variance">The variance to divide by, likewise; not negative.</param>
    /// <param name="epsilon">ε, added to the variance; above 0.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A variance is negative, or ε is not above 0.</exception>
    public BatchNormTransform(Tensor gain, Tensor bias, Tensor mean, Tensor variance, double epsilon = 1e-5)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epsilon);
        Gain = LinearMaps.RequireVector(nameof(BatchNormTransform), nameof(gain), gain);
        int n = gain.Shape[-1];
        Bias = LinearMaps.RequireVector(nameof(BatchNormTransform), nameof(bias), bias, n);
        Mean = LinearMaps.RequireVector(nameof(BatchNormTransform), nameof(mean), mean, n);
        Variance = ParameterChecks.NonNegative(
            nameof(BatchNormTransform), nameof(variance), LinearMaps.RequireVector(nameof(BatchNormTransform), nameof(variance), variance, n));
        Tensor spread = variance + epsilon;
        _scale = gain * spread.Rsqrt();
        _logDet = (gain.Abs().Log() - (0.5 * spread.Log())).Sum(-1);
        BatchShape = Shape.Broadcast(Shape.Broadcast(_scale.Shape, bias.Shape), mean.Shape)[..^1];
    }

    /// <summary>The factor.</summary>
    public Tensor Gain { get; }

    /// <summary>The shift.</summary>
    public Tensor Bias { get; }

    /// <summary>What is subtracted.</summary>
    public Tensor Mean { get; }

    /// <summary>What is divided by, before ε is added.</summary>
    public Tensor Variance { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("gain", Gain), ("bias", Bias), ("mean", Mean), ("variance", Variance)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => ((_scale * (x - Mean)) + Bias, Constant(_logDet, x, 1));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => ((y - Bias) / _scale) + Mean;
}
