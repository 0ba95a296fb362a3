namespace ProbNet.Examples.FlowDensities;

/// <summary>How one model did on one set, with all seeds.</summary>
/// <param name="Contestant">The kind of model.</param>
/// <param name="Runs">What it scored with each seed.</param>
internal sealed record Summary(Contestant Contestant, IReadOnlyList<Result> Runs)
{
    /// <summary>The set with the first seed.</summary>
    public PointSet Points => Runs[0].Points;

    public FittedFlow Flow => Runs[0].Flow;

    public SplitFigure Nll => Over(run => run.Nll)!.Value;

    public SplitFigure? ValidationNll => Over(run => run.ValidationNll);

    /// <summary>The gap to the exact density; its standard error is over seeds, and of a single seed over test points.</summary>
    public SplitFigure? Gap => Runs.Count == 1 ? Runs[0].Gap : Over(run => run.Gap?.Mean);

    public double Seconds => Runs.Average(run => run.Seconds);

    private SplitFigure? Over(Func<Result, double?> figure) => figure(Runs[0]) is null ? null : SplitFigure.Of([.. Runs.Select(run => figure(run)!.Value)]);
}
