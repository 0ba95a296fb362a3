using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>A family of vectors or matrices as the battery sees it.</summary>
/// <param name="Name">Its name in test lists.</param>
/// <param name="Create">Makes the distribution from one tensor a parameter.</param>
/// <param name="Parameters">The parameters of two distributions: the first axis of each is the batch.</param>
public sealed record MultivariateCase(string Name, Func<Tensor[], Distribution> Create, Tensor[] Parameters)
{
    /// <summary>Outcomes that cannot occur, of shape [..., event].</summary>
    public Tensor? Outside { get; init; }

    /// <summary>All outcomes of a discrete family, [outcomes, 1, event].</summary>
    public Tensor? Outcomes { get; init; }

    /// <summary>The parameters that cannot be moved freely: unit vectors, and numbers of trials.</summary>
    public int[] Fixed { get; init; } = [];

    /// <summary>The parameters with respect to which a second derivative exists in closed form.</summary>
    public int Order { get; init; } = 2;

    public Distribution Batch(DType dtype = DType.Float64) => Create(Array.ConvertAll(Parameters, p => p.Cast(dtype)));

    /// <summary>The parameters that can be moved.</summary>
    public Tensor[] Free => [.. Parameters.Where((_, i) => !Fixed.Contains(i))];

    /// <summary>Makes the distribution from the parameters that can be moved; the others stay, broadcast by the family.</summary>
    public Distribution From(Tensor[] free, Func<Tensor, Tensor>? others = null)
    {
        int next = 0;
        return Create([.. Parameters.Select((p, i) => Fixed.Contains(i) ? others?.Invoke(p) ?? p : free[next++])]);
    }

    public override string ToString() => Name;
}
