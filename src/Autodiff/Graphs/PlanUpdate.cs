namespace ProbNet.Autodiff;

/// <summary>An optimizer's step at the end of a replay.</summary>
/// <param name="Optimizer">The optimizer.</param>
/// <param name="Block">The parameters.</param>
/// <param name="Gradients">Where the gradients are, in the layout of the block.</param>
/// <param name="Copies">Gradients that lie elsewhere, with their size in bytes, and where they go.</param>
/// <param name="Guard">The condition; null for none.</param>
/// <param name="Loss">Where the guard's loss is.</param>
/// <param name="KeepsOld">Whether something still reads the old values after the step: a result or a writing.</param>
internal sealed unsafe record PlanUpdate(
    Optimizer Optimizer, ParameterBlock Block, Location Gradients, (Location From, Location To, long Bytes)[] Copies, UpdateGuard? Guard, Location? Loss, bool KeepsOld)
{
    public UpdateOutcome Run(Execution execution)
    {
        foreach ((Location from, Location to, long bytes) in Copies)
        {
            Buffer.MemoryCopy(execution.Address(from), execution.Address(to), bytes, bytes);
        }

        byte* gradient = execution.Address(Gradients);
        if (Guard is null)
        {
            Block.Step(Optimizer, gradient, KeepsOld);
            return new(null, double.NaN, double.NaN);
        }

        byte* at = execution.Address(Loss!.Value);
        double loss = Guard.Loss.DType == DType.Float32 ? *(float*)at : *(double*)at;
        double norm = Block.ElementBytes == 4
            ? GradientClipping.Prepare(new Span<float>(gradient, Block.Layout.Length), Guard.ClipValue, Guard.ClipNorm)
            : GradientClipping.Prepare(new Span<double>(gradient, Block.Layout.Length), Guard.ClipValue, Guard.ClipNorm);
        return double.IsFinite(loss) && double.IsFinite(norm)
            ? new(Block.TryStep(Optimizer, gradient, norm, KeepsOld), loss, norm)
            : new(null, loss, norm);
    }
}
