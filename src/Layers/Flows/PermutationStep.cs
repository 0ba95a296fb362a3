using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>The coordinates in another order: without an order of one's own, reversed. It has no parameters.</summary>
public sealed class PermutationStep : FlowStep
{
    private readonly int[]? _permutation;
    private PermuteTransform? _map;

    /// <summary>Reverses the coordinates.</summary>
    public PermutationStep()
    {
    }

    /// <summary>Reorders the coordinates.</summary>
    /// <param name="permutation">Which coordinate stands in each place: each of 0 … dimension − 1 once.</param>
    /// <exception cref="ArgumentException">It is not a permutation.</exception>
    public PermutationStep(IReadOnlyList<int> permutation)
    {
        ArgumentNullException.ThrowIfNull(permutation);
        _permutation = [.. permutation];
        _map = new(_permutation);
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["permutation"] = _permutation is null ? null : new JsonArray([.. _permutation.Select(i => (JsonNode)i)]),
    });

    /// <inheritdoc/>
    protected override void OnBuild(int dimension, int context, BuildContext build)
    {
        if (_permutation is { } given && given.Length != dimension)
        {
            throw new ShapeException(FormattableString.Invariant($"PermutationStep: it orders vectors of {given.Length}, but got vectors of {dimension}."));
        }

        _map ??= new([.. Enumerable.Range(0, dimension).Reverse()]);
    }

    /// <inheritdoc/>
    protected override Transform OnBind(Tensor context) => _map!;

    internal static PermutationStep Create(LayerDescription d) => d.Settings["permutation"] is JsonArray order
        ? new PermutationStep([.. order.Select(i => i?.GetValue<int>() ?? -1)])
        : new PermutationStep();
}
