using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Inference;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>Trains all contestants on the training part of a split and scores them on its test part.</summary>
internal static class Experiment
{
    private const double TestFraction = 0.2;

    /// <summary>A random split of the data; at least two rows are kept for the test.</summary>
    public static long[] RandomTestRows(RegressionData data, long seed)
    {
        int count = Math.Max(2, (int)Math.Round(TestFraction * data.Count));
        return RandomKey.FromSeed(seed).FoldIn(0).Permutation(data.Count)[..count].ToArray<long>();
    }

    public static List<Result> Run(RegressionData train, RegressionData test, Settings settings, int split, CancellationToken cancellation)
    {
        var results = new List<Result>();
        foreach (Contestant contestant in Contestant.All(settings))
        {
            var watch = Stopwatch.StartNew();
            RandomKey key = RandomKey.FromSeed(settings.Seed).FoldIn(1).FoldIn((ulong)split);
            FittedModel model = contestant.Fit(train.X, train.Y, key, cancellation);
            double seconds = watch.Elapsed.TotalSeconds;
            results.Add(new Result(contestant, model, model.Predict(test.X).Evaluate(test.Y), seconds));
        }

        return results;
    }
}
