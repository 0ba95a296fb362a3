namespace ProbNet.Autodiff;

/// <summary>An elementwise operation of a fused program.</summary>
internal sealed unsafe class FusedBlock(BlockKernel kernel, FusedAddress a, FusedAddress b, FusedAddress c, FusedAddress y, int width, int constant)
    : FusedInstruction
{
    public override void Run(byte** segments, int row, int rows) => kernel.Run(
        a.At(segments, row), b.At(segments, row), c.At(segments, row), y.At(segments, row), rows * width, constant);
}
