namespace ProbNet.Autodiff;

/// <summary>Where an operation that runs on arrays finds an input.</summary>
/// <param name="Type">The type.</param>
/// <param name="Source">Where the plan has it; null for a constant.</param>
/// <param name="Constant">The constant.</param>
/// <param name="SharedWith">The step of this kind whose result it is, which is an array already.</param>
internal sealed record OpStepInput(TensorType Type, Location? Source, Tensor? Constant, int? SharedWith);
