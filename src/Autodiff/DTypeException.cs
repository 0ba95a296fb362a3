namespace ProbNet.Autodiff;

/// <summary>An operation was given tensors of an element type that it does not take, or of types that differ.</summary>
public sealed class DTypeException : ArgumentException
{
    /// <summary>Creates the exception with a message that names the operation and the types.</summary>
    public DTypeException(string message) : base(message)
    {
    }
}
