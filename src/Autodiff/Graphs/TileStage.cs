namespace ProbNet.Autodiff;

/// <summary>Steps that do not depend on each other: their tiles are shared out together.</summary>
internal sealed class TileStage : PlanStage
{
    private readonly TileStep[] _steps;
    private readonly int[] _firstTiles;

    /// <summary>Creates a stage.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="nanoseconds">The estimated time of all of them on one thread.</param>
    public TileStage(TileStep[] steps, double nanoseconds) : base(nanoseconds)
    {
        _steps = steps;
        _firstTiles = new int[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            _firstTiles[i] = Tiles;
            Tiles += steps[i].Tiles;
        }
    }

    protected override int Tiles { get; }

    protected override void Begin(Execution execution)
    {
        foreach (TileStep step in _steps)
        {
            step.Begin(execution);
        }
    }

    protected override void Run(Execution execution, int tile)
    {
        int step = _steps.Length - 1;
        while (_firstTiles[step] > tile)
        {
            step--;
        }

        _steps[step].Run(execution, tile - _firstTiles[step]);
    }
}
