using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Of a row whose features are NaN nothing is known: every answer of every head is NaN there, and no other row's is.</summary>
public class UnknownAnswerTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(53);

    public static TheoryData<string> Kinds => RegisteredHead.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Answers_RowOfNaN_AreNaNThereAndNowhereElse(string kind)
    {
        var head = (INestedHead)RegisteredHead.All[kind].Create();
        head.Build([2], new BuildContext("head", s_key, DType.Float64));
        Tensor features = s_key.FoldIn(1).Normal([3, 2], DType.Float64);
        Tensor bad = Tensor.Stack([features[0], Tensor.Full([2], double.NaN, DType.Float64), features[2]]);
        Tensor y = Tensor.Full(Shape.Create([3]).Concat(head.TargetShape), head.TargetSupport.IsDiscrete ? 1 : 0.3, DType.Float64);
        Dictionary<string, Tensor> clean = Answers(head.Forward(features), y), found = Answers(head.Forward(bad), y);
        List<string> wrong = [];
        foreach ((string name, Tensor answer) in found)
        {
            // A whole number cannot say it: what is drawn then stands in the documentation.
            if (!answer.DType.IsFloating())
            {
                continue;
            }

            if (!IsCommon(head, name) && !(bool)answer[1].IsNaN().All())
            {
                wrong.Add($"{name} is {answer[1]}");
            }

            if (!answer[0].IsNaN().ToArray<bool>().SequenceEqual(clean[name][0].IsNaN().ToArray<bool>())
                || !answer[2].IsNaN().ToArray<bool>().SequenceEqual(clean[name][2].IsNaN().ToArray<bool>()))
            {
                wrong.Add($"{name} of the other rows is {answer}");
            }
        }

        Assert.True(wrong.Count == 0, $"{kind}: {string.Join("; ", wrong)}");
    }

    [Fact]
    public void Table_OfHeads_HasEveryRegisteredOne()
    {
        // Other tests register heads of their own.
        string[] known = [.. LayerRegistry.HeadKinds.Where(kind => typeof(NormalHead).Assembly.GetType($"ProbNet.Layers.{kind}") is not null)];

        Assert.Equal(known.Order(StringComparer.Ordinal), RegisteredHead.All.Keys.Order(StringComparer.Ordinal));
    }

    // One spread for all rows, known or not.
    private static bool IsCommon(INestedHead head, string answer) => head is (MeanSquaredErrorHead or HomoscedasticNormalHead) && answer is ("Variance" or "Entropy");

    private static Dictionary<string, Tensor> Answers(Sampler p, Tensor y)
    {
        var answers = new Dictionary<string, Tensor> { ["Sample"] = p.Sample(s_key) };
        if (p is IEvidence evidence)
        {
            answers["LogProbEstimate"] = evidence.LogProbEstimate(y, s_key, 2).Value;
        }

        // By many draws where they are dear: those are looked at themselves.
        if (p is not (Diffusion or StochasticDiffusion or ContinuousFlow or HutchinsonFlow))
        {
            answers["Mean"] = p.Mean().Value;
            answers["Variance"] = p.Variance().Value;
        }

        if (p is Distribution distribution)
        {
            answers["LogProb"] = distribution.LogProb(y);
            answers["LogDensity"] = distribution.LogDensity(y);
            if (p is not (Diffusion or ContinuousFlow))
            {
                answers["Mode"] = distribution.Mode;
                answers["Entropy"] = distribution.Entropy().Value;
            }
        }

        if (p is Univariate number)
        {
            answers["Cdf"] = number.Cdf(y);
            answers["LogCdf"] = number.LogCdf(y);
            answers["Survival"] = number.Survival(y);
            answers["LogSurvival"] = number.LogSurvival(y);
            answers["Median"] = number.Median;
            answers["Quantile(0.01)"] = number.Quantile(Tensor.Full(p.BatchShape, 0.01, p.DType));
            answers["Quantile(0.99)"] = number.Quantile(Tensor.Full(p.BatchShape, 0.99, p.DType));
            (answers["Lower"], answers["Upper"]) = number.Interval(0.9);
            answers["Crps"] = number.Crps(y);
        }

        return answers;
    }
}
