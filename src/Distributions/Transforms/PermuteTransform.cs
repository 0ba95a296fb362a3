using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>yᵢ = x at permutation[i]: the coordinates in another order. Volumes are kept.</summary>
public sealed class PermuteTransform : Transform
{
    private readonly Tensor _forward, _inverse;

    /// <summary>Creates the map.</summary>
    /// <param name="permutation">Which coordinate stands in each place: each of 0 … n − 1 once.</param>
    /// <exception cref="ArgumentException">It is not a permutation.</exception>
    public PermuteTransform(params IReadOnlyList<int> permutation)
    {
        ArgumentNullException.ThrowIfNull(permutation);
        long[] inverse = new long[permutation.Count];
        Array.Fill(inverse, -1);
        for (int i = 0; i < inverse.Length; i++)
        {
            if ((uint)permutation[i] >= (uint)inverse.Length || inverse[permutation[i]] >= 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"PermuteTransform: element {i} is {permutation[i]}; each of 0 … {inverse.Length - 1} must stand there once."),
                    nameof(permutation));
            }

            inverse[permutation[i]] = i;
        }

        Permutation = [.. permutation];
        _forward = Tensor.From<long>([.. permutation.Select(i => (long)i)]).AsFree();
        _inverse = Tensor.From(inverse).AsFree();
    }

    /// <summary>Which coordinate stands in each place.</summary>
    public IReadOnlyList<int> Permutation { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.IndexSelect(-1, _forward), Constant(0.0, x, 1));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.IndexSelect(-1, _inverse);
}
