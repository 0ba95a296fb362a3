namespace ProbNet.Autodiff;

/// <summary>An operation was given tensors whose shapes, ranks or axes do not fit.</summary>
public sealed class ShapeException : ArgumentException
{
    /// <summary>Creates the exception with a message that names the operation, the shapes and the broken rule.</summary>
    public ShapeException(string message) : base(message)
    {
    }
}
