namespace ProbNet.Autodiff;

/// <summary>A matrix does not have what an operation needs: it is singular, or not positive definite.</summary>
public sealed class LinearAlgebraException : ArithmeticException
{
    /// <summary>Creates the exception with a message that names the operation, the matrix of the batch and the broken rule.</summary>
    public LinearAlgebraException(string message) : base(message)
    {
    }
}
