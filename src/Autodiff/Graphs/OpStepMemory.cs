namespace ProbNet.Autodiff;

/// <summary>The arrays of an operation in one execution.</summary>
/// <param name="Inputs">Tensors over the arrays of the inputs; their elements change from replay to replay.</param>
/// <param name="Result">The result: pinned, because other steps read it by address.</param>
internal sealed record OpStepMemory(Tensor[] Inputs, Array Result);
