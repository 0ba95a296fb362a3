namespace ProbNet.Inference;

/// <summary>How predictions of classes did.</summary>
/// <param name="Classes">Number of classes.</param>
/// <param name="Accuracy">The fraction of observations whose class was the most probable one.</param>
/// <param name="Brier">The mean Brier score Σₖ(pₖ − 1{y = k})² over all classes (Brier 1950), from 0 to 2; lower is better.</param>
public sealed record ClassReport(int Classes, double Accuracy, double Brier);
