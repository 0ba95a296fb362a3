using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>The sum over the middle axis of [outer, length, inner].</summary>
internal sealed unsafe class SumStep<T>(Location x, Location y, int outer, int length, int inner) : TileStep
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(Execution execution, int tile) => ReductionLoop.Reduce<SumReduction, T>(
        (T*)execution.Address(x), (T*)execution.Address(y), outer, length, inner, shared: false);
}
