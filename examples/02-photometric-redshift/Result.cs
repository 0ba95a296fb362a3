namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>A trained contestant and how it did with one seed.</summary>
internal sealed record Result(Contestant Contestant, FittedModel Model, RedshiftScores Scores, double Seconds);
