using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;

namespace ProbNet.Tests.Inference;

public class EvaluationTests
{
    [Fact]
    public void Evaluate_PerfectlyCalibratedNormal_CoversAsClaimed()
    {
        // 4,000 draws from the predictions themselves. Two-sided binomial and KS limits at 1e-6: z = 4.89, KS 2.69/√n.
        const int n = 4000;
        Tensor loc = Tensor.Linspace(-3, 3, n, DType.Float64), scale = Tensor.Linspace(0.5, 2, n, DType.Float64);
        var p = new Normal(loc, scale);
        Evaluation e = p.Evaluate(p.Sample(RandomKey.FromSeed(1)));
        foreach (IntervalReport interval in e.Intervals)
        {
            double sigma = Math.Sqrt(interval.Level * (1 - interval.Level) / n);
            Assert.InRange(interval.Coverage, interval.Level - (4.89 * sigma), interval.Level + (4.89 * sigma));
        }

        Assert.InRange(e.PitKs, 0, 2.69 / Math.Sqrt(n));

        // CRPS of a calibrated Normal is σ/√π on average.
        Assert.Equal(scale.Mean().ToScalar() / Math.Sqrt(Math.PI), e.Crps, 1);
    }

    [Fact]
    public void Evaluate_HandCase_GivesTheFormulas()
    {
        var p = new Normal(Tensor.From(0.0, 1.0), Tensor.From(1.0, 2.0));
        Evaluation e = p.Evaluate(Tensor.From(1.0, 0.0));
        Assert.Equal((0.5 * (0.5 + 0.125)) + (0.5 * Math.Log(2)) + (0.5 * Math.Log(2 * Math.PI)), e.Nll, 12);
        Assert.Equal(1, e.Rmse, 12);
        Assert.Equal(1, e.Mae, 12);
        Assert.Equal(Math.Sqrt((1 + 4) / 2.0), e.Sharpness, 12);
        Assert.Equal(2, e.Count);
    }

    [Fact]
    public void Evaluate_ColumnOfObservations_IsRefused()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => new Normal(Tensor.Zeros([5]), 1).Evaluate(Tensor.Zeros([5, 1])));
        Assert.Contains("[5, 1]", error.Message);
        Assert.Contains("batch shape [5]", error.Message);
    }

    [Fact]
    public void Evaluate_NaNObserved_NamesTheRow()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Normal(Tensor.Zeros([3]), 1).Evaluate(Tensor.From(0f, 1, float.NaN)));
        Assert.StartsWith("Evaluate: the observations contain NaN in row 2;", error.Message);
    }

    [Fact]
    public void Interval_OutsideByOne_AddsTwoOverAlpha()
    {
        Tensor score = Scores.Interval(Tensor.From(0.0), Tensor.From(2.0), Tensor.From(3.0), 0.9);
        Assert.Equal(2 + (2 / 0.1), score.ToScalar(), 10);
    }

    [Fact]
    public void Pinball_AtTheMedian_IsHalfTheAbsoluteError() =>
        Assert.Equal([0.5, 1.0], Scores.Pinball(Tensor.From(1.0, 1.0), Tensor.From(2.0, -1.0), 0.5).ToDoubles());

    [Fact]
    public void Pit_Counts_AreUniformByRandomization()
    {
        var p = new Poisson(Tensor.Full([4000], 2.5, DType.Float64));
        Tensor pit = Scores.Pit(p, p.Sample(RandomKey.FromSeed(3)).Cast(DType.Float64));
        Assert.InRange(Scores.UniformDistance(pit), 0, 2.69 / Math.Sqrt(4000));
    }

    [Fact]
    public void UniformDistance_SingleValue_IsTheLargerSide() => Assert.Equal(0.7, Scores.UniformDistance(Tensor.From(0.3)), 12);

    [Fact]
    public void Evaluate_Classes_ReportsAccuracyAndBrier()
    {
        // Right, wrong, right; Brier (0.09 + 0.04 + 0.01) + (0.25 + 0.09 + 0.64) + (0.01 + 0.01 + 0.04), over 3.
        Tensor probs = Tensor.From([0.7, 0.2, 0.1, 0.5, 0.3, 0.2, 0.1, 0.1, 0.8], [3, 3]);
        Evaluation e = Categorical.FromProbs(probs).Evaluate(Tensor.From(0, 2, 2));
        Assert.Equal(3, e.Classes!.Classes);
        Assert.Equal(2.0 / 3, e.Classes.Accuracy, 12);
        Assert.Equal((0.14 + 0.98 + 0.06) / 3, e.Classes.Brier, 12);
        Assert.Contains("accuracy 66.7 %", e.ToString());

        // Two classes count both: twice (p − y)².
        Evaluation two = Bernoulli.FromProbs(Tensor.From(0.8, 0.4)).Evaluate(Tensor.From(1, 1));
        Assert.Equal(0.5, two.Classes!.Accuracy, 12);
        Assert.Equal((2 * 0.04 + 2 * 0.36) / 2, two.Classes.Brier, 12);
        Assert.Null(new Poisson(Tensor.From(1.0)).Evaluate(Tensor.From(1)).Classes);
    }
}
