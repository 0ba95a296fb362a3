namespace ProbNet.Autodiff;

/// <summary>Where the first NaN or infinity of a computation came from.</summary>
/// <param name="Operation">The name of the operation, or of the parameter or input that was already not finite.</param>
/// <param name="IsBackward">True if the forward values were finite and the gradient of the operation was not.</param>
/// <param name="Value">The value found.</param>
/// <param name="Index">Where, along the axes of the result (or of the gradient).</param>
/// <param name="Shape">The shape of the result (or of the gradient).</param>
/// <param name="Inputs">Types, shapes and ranges of the operation's inputs.</param>
public sealed record NonFiniteReport(
    string Operation, bool IsBackward, double Value, IReadOnlyList<int> Index, Shape Shape, IReadOnlyList<string> Inputs)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(IsBackward ? "the gradient of " : "")}{Operation} is {Value} at [{string.Join(", ", Index)}] of shape {Shape}")
        + (Inputs.Count == 0 ? "" : $"; its inputs: {string.Join("; ", Inputs)}");
}
