using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What the fuzz draws, in compiled functions: as eager, without NaN, however far out.</summary>
public class FuzzCompiledTests
{
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Compiled_OfRandomPairs_IsTheEagerAnswerAndNotNaN(string name)
    {
        Family family = Families.Get(name);
        foreach (DType dtype in FuzzPairs.IsThorough ? new[] { DType.Float64, DType.Float32 } : [DType.Float32])
        {
            FuzzPairs pairs = FuzzPairs.Draw(family, RandomKey.FromSeed(11), FuzzPairs.IsThorough ? Math.Max(1, FuzzPairs.Count / 100) : 100, dtype);
            int[] free = [.. Enumerable.Range(0, pairs.Parameters.Length).Where(i => !family.Fixed.Contains(i))];
            Univariate Of(Tensor[] x)
            {
                Tensor[] all = [.. pairs.Parameters];
                for (int i = 0; i < free.Length; i++)
                {
                    all[free[i]] = x[i];
                }

                return family.Create(all);
            }

            List<(string, Func<Tensor[], Tensor>)> functions = [("LogProb", x => Of(x).LogProb(x[^1]))];
            if (!BatteryCompiledTests.SearchedCdf.Contains(name))
            {
                functions.AddRange([
                    ("Cdf", x => Of(x).Cdf(x[^1])), ("LogCdf", x => Of(x).LogCdf(x[^1])),
                    ("Survival", x => Of(x).Survival(x[^1])), ("LogSurvival", x => Of(x).LogSurvival(x[^1])),
                ]);
            }

            Tensor[] inputs = [.. free.Select(i => pairs.Parameters[i]), pairs.Values];
            FuzzCompiled.AssertAgrees($"{name} {dtype}", functions, inputs, family.Batch().Measure == Measure.Counting ? free.Length : free.Length + 1);
        }
    }
}
