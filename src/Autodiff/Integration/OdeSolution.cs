namespace ProbNet.Autodiff;

/// <summary>Where an adaptive solver arrived, and what it took.</summary>
/// <param name="State">The parts of the state at the end.</param>
/// <param name="Steps">Steps that were taken.</param>
/// <param name="Refused">Steps whose error was too large, taken again with a smaller length.</param>
public sealed record OdeSolution(IReadOnlyList<Tensor> State, int Steps, int Refused)
{
    /// <summary>Evaluations of the right-hand side: six a step, and one at the start.</summary>
    public int Evaluations => (6 * (Steps + Refused)) + 1;
}
