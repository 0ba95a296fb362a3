using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// What a layer needs to create its parameters. The first value of a parameter depends on the key and on the parameter's name alone, so that adding a
/// layer to a model leaves the others as they were.
/// </summary>
/// <param name="Path">Where the layer stands in the model; parameter names start with it.</param>
/// <param name="Key">The source of initial values; null creates parameters that have a shape but no values yet.</param>
/// <param name="DType">The type of the parameters.</param>
public readonly record struct BuildContext(string Path, RandomKey? Key, DType DType)
{
    /// <summary>The context of a named part of the layer.</summary>
    /// <param name="name">The last part of its path; no other part of the same layer has it.</param>
    public BuildContext Child(string name) => this with { Path = Join(name) };

    /// <summary>Creates a parameter of this layer.</summary>
    /// <param name="name">The last part of its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">How its first values are drawn.</param>
    /// <exception cref="ShapeException">The initializer gives another shape.</exception>
    public Parameter Parameter(string name, Shape shape, Initializer initializer)
    {
        string path = Join(name);
        if (Key is not { } key)
        {
            return new Parameter(path, Tensor.Symbol(shape, DType));
        }

        Tensor value = initializer.Create(shape, key.FoldIn(Hash(path)), DType);
        return value.Shape == shape
            ? new Parameter(path, value.Cast(DType))
            : throw new ShapeException($"{initializer}: it created values of shape {value.Shape} for parameter '{path}', which has shape {shape}.");
    }

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    // FNV-1a (Fowler, Noll and Vo): stable across processes, which string.GetHashCode is not.
    private static ulong Hash(string path)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in path)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }
}
