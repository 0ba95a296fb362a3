namespace ProbNet.Autodiff;

/// <summary>What padding repeats beyond the edge of a tensor.</summary>
public enum PaddingMode
{
    /// <summary>The edge element: a a | a b c | c c.</summary>
    Edge,

    /// <summary>The elements mirrored at the edge element, which is not repeated: c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The elements from the other end: b c | a b c | a b.</summary>
    Wrap,
}
