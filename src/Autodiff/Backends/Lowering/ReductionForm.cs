namespace ProbNet.Autodiff;

/// <summary>A reduction as a device does it in one pass.</summary>
/// <param name="Kind">How elements are brought together.</param>
/// <param name="Program">What is taken of an element; null for the element itself.</param>
/// <param name="Finish">What becomes of the reduced value; null leaves it.</param>
internal sealed record ReductionForm(Reduction Kind, KernelProgram? Program = null, KernelProgram? Finish = null)
{
    /// <summary>The numbers of a launch, for both programs.</summary>
    public double[] Numbers { get; init; } = [];
}
