using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head that predicts a mixture of distributions of vectors of one family: targets are [n, outputs], and the coordinates of one component belong together,
/// so that modes and correlations of the whole vector are learned. Trained by the negative log-likelihood.
/// </summary>
/// <typeparam name="T">The family of the components.</typeparam>
public abstract class VectorMixtureHead<T> : ParametricHead<VectorMixture<T>> where T : Distribution
{
    private readonly VectorHeadFamily<T> _family;

    /// <summary>Creates the head.</summary>
    /// <param name="family">How raw parameters become a component.</param>
    /// <param name="components">Number of components; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one component.</exception>
    protected VectorMixtureHead(VectorHeadFamily<T> family, int components)
    {
        _family = family;
        Components = components >= 1
            ? components
            : throw new ArgumentOutOfRangeException(nameof(components), components, $"{Name}: at least one component is needed.");
    }

    /// <summary>Number of components.</summary>
    public int Components { get; }

    /// <summary>The length of a target.</summary>
    public int Outputs => _family.Length;

    /// <inheritdoc/>
    public sealed override Shape TargetShape => [Outputs];

    /// <inheritdoc/>
    public sealed override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public sealed override int RawSize => checked(Components * (1 + _family.ParameterCount));

    /// <inheritdoc/>
    protected sealed override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}({Components}, {Outputs})");

    /// <inheritdoc/>
    public sealed override Tensor Loss(VectorMixture<T> prediction, Tensor target, LossContext context) => -prediction.LogDensity(target);

    /// <inheritdoc/>
    public sealed override VectorMixture<T> Rescale(VectorMixture<T> prediction, Tensor loc, Tensor scale) =>
        new(prediction.Logits, _family.Rescale(prediction.Components, loc, scale));

    /// <inheritdoc/>
    public sealed override VectorMixture<T> FromRaw(Tensor raw)
    {
        // Logits of all components, then all parameters of the first component, and so on.
        int k = Components;
        Tensor own = raw[TensorIndex.Ellipsis, k..];
        return new(raw[TensorIndex.Ellipsis, ..k], _family.FromRaw(own.Reshape(raw.Shape[..^1].Concat([k, _family.ParameterCount]))));
    }

    /// <inheritdoc/>
    protected sealed override Tensor InitialBias(TargetStatistics statistics)
    {
        // As for numbers, but each coordinate takes the means of the components in an order of its own, as long as there are so many: those of one line would look like a
        // correlation.
        (Tensor means, Tensor deviations) = ComponentSpread.OnTheLine(statistics.Mean, statistics.StdDev, Components);
        Tensor shifted = Tensor.Stack(
            [.. Enumerable.Range(0, Outputs).Select(j => means[j].Roll(j * Turn(), 0))], -1);
        Tensor raw = _family.ToRaw(shifted, deviations.Transpose());
        return Tensor.Concat([Tensor.Zeros([Components], raw.DType), raw.Reshape(Components * _family.ParameterCount)]);

        // By how much each order is turned against the one before: the orders of all coordinates, or else all orders, differ.
        int Turn()
        {
            int turn = (Components / Math.Max(1, Outputs)) + 1;
            while (Enumerable.Range(0, Math.Min(Outputs, Components)).Select(j => j * turn % Components).Distinct().Count() < Math.Min(Outputs, Components))
            {
                turn++;
            }

            return turn;
        }
    }
}
