namespace ProbNet.Layers;

/// <summary>
/// To what a layer, head, flow step or prior with weights of its own belongs: to one thing, that trains it. Two that shared it would train each other's weights without a word.
/// </summary>
internal sealed class Ownership
{
    private object? _owner;

    /// <summary>Whether something owns it.</summary>
    public bool IsTaken => Volatile.Read(ref _owner) is not null;

    /// <summary>Makes it a part of its owner.</summary>
    /// <param name="part">What this is the ownership of, as written in an error.</param>
    /// <param name="owner">What it becomes a part of.</param>
    /// <param name="name">The parameter of the owner's constructor.</param>
    /// <exception cref="ArgumentException">It is a part of something already.</exception>
    public void Take(object part, object owner, string name)
    {
        if (Interlocked.CompareExchange(ref _owner, owner, null) is not { } other)
        {
            return;
        }

        string kind = NameOf(owner);
        throw new ArgumentException(
            ReferenceEquals(owner, other)
                ? $"{kind}: {part} stands at two places of it; it has one set of parameters, built for one place: create another one."
                : $"{kind}: {part} is a part of another {NameOf(other)}, which trains its parameters; create a new one for each, or copy a model with CopyUnbuilt.",
            name);
    }

    /// <summary>Makes a layer and those that it consists of parts of an owner.</summary>
    /// <inheritdoc cref="Take"/>
    public static void TakeAll(IEnumerable<Layer> parts, object owner, string name)
    {
        foreach (Layer layer in parts.SelectMany(LayersOf))
        {
            layer.Ownership.Take(layer, owner, name);
        }
    }

    /// <summary>A layer and all that it consists of.</summary>
    public static IEnumerable<Layer> LayersOf(Layer layer) => [layer, .. layer.Parts.SelectMany(LayersOf)];

    private static string NameOf(object owner) => owner switch
    {
        IHead head => head.Name,
        Layer layer => layer.Name,
        FlowStep step => step.Name,
        _ => "Model",
    };
}
