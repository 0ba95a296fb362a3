namespace ProbNet.Autodiff;

/// <summary>An operation that computes the gradients of all its inputs together, because one costs as much as all.</summary>
internal interface IJointVjp
{
    /// <summary>The gradients of the inputs marked as needed; null for exactly zero and for those not needed.</summary>
    Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy);
}
