namespace ProbNet.Examples.AleatoricRegression;

/// <summary>How one contestant did over all splits.</summary>
internal sealed record Summary(Contestant Contestant, SplitFigure Nll, SplitFigure Rmse, SplitFigure Crps, SplitFigure Coverage90, SplitFigure PitKs, double Seconds)
{
    /// <summary>The losses of the first epochs of the first split's (first) network.</summary>
    public IReadOnlyList<double> FirstLosses { get; init; } = [];

    public static Summary Of(IReadOnlyList<Result> results) => new(
        results[0].Contestant,
        SplitFigure.Of([.. results.Select(result => result.Evaluation.Nll)]),
        SplitFigure.Of([.. results.Select(result => result.Evaluation.Rmse)]),
        SplitFigure.Of([.. results.Select(result => result.Evaluation.Crps)]),
        SplitFigure.Of([.. results.Select(result => result.Evaluation.Coverage(0.9))]),
        SplitFigure.Of([.. results.Select(result => result.Evaluation.PitKs)]),
        results.Sum(result => result.Seconds))
    {
        FirstLosses = [.. results[0].Model.Histories[0].Loss.Take(50)],
    };
}
