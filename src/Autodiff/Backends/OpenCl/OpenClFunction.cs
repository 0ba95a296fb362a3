namespace ProbNet.Autodiff;

/// <summary>A kernel function that <see cref="OpenClFunctions"/> compiles when it is launched first.</summary>
/// <param name="text">Its text.</param>
/// <param name="together">The functions that are compiled with it.</param>
internal sealed class OpenClFunction(OpenClText text, List<OpenClFunction> together)
{
    public OpenClText Text { get; } = text;

    /// <summary>Those that are compiled together, this one among them.</summary>
    public List<OpenClFunction> Together { get; set; } = together;

    /// <summary>The compiled function; null before its first launch.</summary>
    public OpenClKernel? Kernel { get; set; }

    public override string ToString() => Text.Name;
}
