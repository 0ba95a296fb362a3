namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>How one contestant did over all seeds.</summary>
/// <param name="Contestant">Which one.</param>
/// <param name="Figures">Its figures, in the order of <see cref="RedshiftScores.Figures"/>.</param>
/// <param name="Seconds">The time of one training, on average.</param>
internal sealed record Summary(Contestant Contestant, IReadOnlyList<SplitFigure> Figures, double Seconds)
{
    public static Summary Of(IReadOnlyList<Result> results) => new(
        results[0].Contestant,
        [.. RedshiftScores.Figures.Select(figure => SplitFigure.Of([.. results.Select(result => figure.Of(result.Scores))]))],
        results.Average(result => result.Seconds));
}
