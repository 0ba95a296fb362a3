namespace ProbNet.Autodiff;

/// <summary>A reduction or map of rows in a fused program.</summary>
/// <param name="kernel">What it does with each of its rows.</param>
/// <param name="x">The input.</param>
/// <param name="y">The result.</param>
/// <param name="each">How many rows of the kernel one row of the program has.</param>
internal sealed unsafe class FusedRows(RowKernel kernel, FusedAddress x, FusedAddress y, int each) : FusedInstruction
{
    public override void Run(byte** segments, int row, int rows) => kernel.Run(x.At(segments, row), y.At(segments, row), rows * each);
}
