using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>A function in the gradient table, with the shapes and values it is checked at.</summary>
/// <param name="Name">The public method that it checks, then a slash and the variant if there are several.</param>
/// <param name="Function">The function, in terms of public methods.</param>
/// <param name="Family">The shapes of its inputs.</param>
/// <param name="Domains">The values of its inputs.</param>
internal sealed record GradientEntry(string Name, Func<Tensor[], Tensor> Function, Family Family, Domain[] Domains)
{
    /// <summary>The highest order of derivative that the function has.</summary>
    public int Order { get; init; } = 2;

    /// <summary>The step of the differences: smaller for a function that bends within a hundredth of its argument.</summary>
    public double Step { get; init; } = 1e-3;

    /// <summary>How its gradients are checked.</summary>
    public GradientCheckOptions Options(ulong seed) => new() { Order = Order, Step = Step, Projections = 1, Seed = seed };

    /// <summary>The public method that the entry checks.</summary>
    public string Method => Name.Split('/')[0];

    /// <summary>Inputs of given shapes.</summary>
    public Tensor[] Inputs(Shape[] shapes, ulong seed) =>
        [.. shapes.Select((shape, i) => DomainValues.Sample(Domains[i], shape, seed + (ulong)(i * 7919)))];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
