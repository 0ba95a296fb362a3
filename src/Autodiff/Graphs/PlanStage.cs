namespace ProbNet.Autodiff;

/// <summary>A part of a plan whose tiles may run in any order on any thread; the next part starts when all are done.</summary>
internal abstract class PlanStage
{
    // Handing tiles to another thread costs microseconds: below this estimated time, the caller runs them all.
    private const double NanosecondsThatPaySharing = 20_000;

    private readonly double _nanoseconds;

    protected PlanStage(double nanoseconds) => _nanoseconds = nanoseconds;

    /// <summary>How many tiles there are; depends on the problem alone.</summary>
    protected abstract int Tiles { get; }

    /// <summary>Whether tiles are shared among threads.</summary>
    public bool IsShared => _nanoseconds >= NanosecondsThatPaySharing && Tiles > 1;

    /// <summary>Runs all tiles.</summary>
    public void Run(Execution execution)
    {
        Begin(execution);
        var job = new Job(this, execution);
        if (IsShared)
        {
            Workers.Run(Tiles, ref job);
            return;
        }

        for (int tile = 0; tile < Tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    /// <summary>Runs once before the tiles.</summary>
    protected virtual void Begin(Execution execution)
    {
    }

    /// <summary>Runs one tile.</summary>
    protected abstract void Run(Execution execution, int tile);

    private readonly struct Job(PlanStage stage, Execution execution) : ITileJob
    {
        public void Execute(int tile) => stage.Run(execution, tile);
    }
}
