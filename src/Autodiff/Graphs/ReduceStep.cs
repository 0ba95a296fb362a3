namespace ProbNet.Autodiff;

/// <summary>A reduction of a whole value over axes that follow each other.</summary>
internal sealed unsafe class ReduceStep(ReduceOp op, TensorType input, Location x, Location y) : TileStep
{
    public override void Run(Execution execution, int tile) => op.Run(input, execution.Address(x), execution.Address(y));
}
