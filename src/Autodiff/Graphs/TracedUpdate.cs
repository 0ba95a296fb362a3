namespace ProbNet.Autodiff;

/// <summary>A step of an optimizer that a traced function takes.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Parameters">The parameters that it changes.</param>
/// <param name="Gradients">Their gradients, symbols or constants.</param>
internal sealed record TracedUpdate(Optimizer Optimizer, IReadOnlyList<Parameter> Parameters, IReadOnlyList<Tensor> Gradients)
{
    /// <summary>Under which condition the step is taken; null takes it always.</summary>
    public UpdateGuard? Guard { get; init; }

    /// <summary>The values that the step needs: the gradients, then the guard's loss.</summary>
    public IEnumerable<Tensor> Needs => Guard is null ? Gradients : [.. Gradients, Guard.Loss];
}
