namespace ProbNet.Autodiff;

/// <summary>New values of parameters at the end of a replay.</summary>
/// <param name="Block">The parameters, all of which are written.</param>
/// <param name="Copies">Where the values are, where in the block they go, and their size in bytes.</param>
internal sealed unsafe record PlanWrite(ParameterBlock Block, (Location From, long To, long Bytes)[] Copies)
{
    public void Run(Execution execution)
    {
        foreach ((Location from, long to, long bytes) in Copies)
        {
            Buffer.MemoryCopy(execution.Address(from), Block.Next + to, bytes, bytes);
        }

        Block.Advance();
    }
}
