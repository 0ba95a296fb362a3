using System.Diagnostics;
using ProbNet.Autodiff;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>Trains all contestants with one seed and scores them on the test part.</summary>
internal static class Experiment
{
    public static List<Result> Run(Survey survey, IReadOnlyList<Contestant> contestants, long seed, CancellationToken cancellation)
    {
        var results = new List<Result>();
        foreach (Contestant contestant in contestants)
        {
            var watch = Stopwatch.StartNew();
            FittedModel model = contestant.Fit(survey.TrainX, survey.TrainZ, RandomKey.FromSeed(seed).FoldIn(1), cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            results.Add(new Result(contestant, model, RedshiftScores.Of(model.Predict(survey.TestX), survey.TestZ), seconds));
        }

        return results;
    }
}
