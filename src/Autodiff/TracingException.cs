namespace ProbNet.Autodiff;

/// <summary>A value was read while a function was being traced, when tensors are symbols and have no values yet.</summary>
public sealed class TracingException : InvalidOperationException
{
    /// <summary>Creates the exception with a message that says what to write instead.</summary>
    public TracingException(string message) : base(message)
    {
    }
}
