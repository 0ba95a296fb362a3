namespace ProbNet.Autodiff;

/// <summary>A part of a plan that computes one value, cut into tiles that may run in any order on any thread.</summary>
internal abstract class TileStep
{
    /// <summary>How many tiles there are; depends on the problem alone.</summary>
    public virtual int Tiles => 1;

    /// <summary>A step whose tiles must all have run before those of this one; null for none.</summary>
    public virtual TileStep? Before => null;

    /// <summary>Runs once before the tiles.</summary>
    /// <param name="execution">The memory.</param>
    public virtual void Begin(Execution execution)
    {
    }

    /// <summary>Runs one tile.</summary>
    /// <param name="execution">The memory.</param>
    /// <param name="tile">Which tile.</param>
    public abstract void Run(Execution execution, int tile);
}
