using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>The pointers to a program's inputs: a parameter for each that it reads.</summary>
/// <param name="writer">The function.</param>
/// <param name="types">The types of the inputs.</param>
/// <param name="views">Where they are.</param>
/// <param name="slice">The slice of the first.</param>
internal sealed class SourceInputs(SourceWriter writer, ImmutableArray<DType> types, ImmutableArray<View> views, int slice)
{
    private readonly string?[] _names = new string?[views.Length];

    /// <summary>The pointer to input <paramref name="i"/> of those that have views; the types before them are of inputs that have none.</summary>
    public string this[int i] => _names[i] ??= writer.Slice(slice + i, types[types.Length - views.Length + i], views[i].Offset, isWritten: false);
}
