namespace ProbNet.Autodiff;

/// <summary>A step of an optimizer that a traced function takes.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Parameters">The parameters that it changes.</param>
/// <param name="Gradients">Their gradients, symbols or constants.</param>
internal sealed record TracedUpdate(Optimizer Optimizer, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Tensor> Gradients);
