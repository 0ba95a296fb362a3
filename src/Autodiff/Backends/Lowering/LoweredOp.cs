namespace ProbNet.Autodiff;

/// <summary>An operation as kernels. Operands are numbered: the inputs, then the result, then memory that is needed on the way.</summary>
/// <param name="Temporaries">What is needed on the way.</param>
/// <param name="Calls">The kernels in order.</param>
internal sealed record LoweredOp(IReadOnlyList<TensorType> Temporaries, IReadOnlyList<KernelCall> Calls);
