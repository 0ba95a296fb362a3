using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: derivatives.</summary>
public class BatteryGradientTests
{
    // Distribution functions and quantiles of Gamma, Beta and StudentT take their second derivatives in the shapes by differences.
    // The steps are small because some of the table's distributions are narrow.
    private static readonly GradientCheckOptions Loose = new() { Tolerance = 1e-5, Step = 2e-5 }, Tight = new() { Tolerance = 1e-6, Step = 1e-4 };

    // Their scores are integrals over quantiles that are searched for, seconds a point: one below and one above the median.
    private static readonly HashSet<string> s_slowCrps = ["TruncatedGammaFromBelow", "FoldedNormal", "VonMises", "ExGaussian", "SkewNormal", "BetaNegativeBinomial"];

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void LogProb_InValueAndParameters_HasTheRightGradientsOfBothOrders(string name)
    {
        Family family = Families.Get(name);
        Tensor points = Points(family);
        if (family.FreeParameters.Length == 0)
        {
            return;
        }

        if (family.Batch().Measure == Measure.Counting)
        {
            GradientCheck.Run(all => family.CreateFree(all).LogProb(points), Tight, family.FreeParameters).ThrowIfFailed();
            return;
        }

        GradientCheck.Run(all => family.CreateFree(all[1..]).LogProb(all[0]), Tight, [points, .. family.FreeParameters]).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void LogDensity_InParameters_IsLogProbInside(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor points = Points(Families.Get(name));
        BatteryTests.AssertClose(d.LogProb(points), d.LogDensity(points), 1e-14, 1e-14);
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void CdfAndTails_InValueAndParameters_HaveTheRightGradients(string name)
    {
        Family family = Families.Get(name);
        Tensor points = Points(family);
        bool discrete = family.Batch().Measure == Measure.Counting;
        Func<Univariate, Tensor, Tensor>[] functions =
            [(d, x) => d.Cdf(x), (d, x) => d.LogCdf(x), (d, x) => d.Survival(x), (d, x) => d.LogSurvival(x)];
        foreach (Func<Univariate, Tensor, Tensor> f in functions)
        {
            // The last class has no survival, and the logarithm of 0 no gradient.
            Tensor Finite(Univariate d, Tensor x)
            {
                Tensor y = f(d, x);
                return Tensor.Where(Gradient.Stop(y).IsFinite(), y, 0.0);
            }

            if (discrete)
            {
                if (family.FreeParameters.Length > 0 && f(family.Batch(), points).IsFinite().All().ToScalar() != 0)
                {
                    GradientCheck.Run(all => Finite(family.CreateFree(all), points), Loose, family.FreeParameters).ThrowIfFailed();
                }
            }
            else
            {
                GradientCheck.Run(all => Finite(family.CreateFree(all[1..]), all[0]), Loose, [points, .. family.FreeParameters]).ThrowIfFailed();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Quantile_InProbabilityAndParameters_HasTheGradientOfTheInverse(string name)
    {
        Family family = Families.Get(name);
        Tensor p = Tensor.From(family.Smooth).Reshape(family.Smooth.Length, 1);

        var options = new GradientCheckOptions { Tolerance = 1e-4, Step = 2e-4 };
        GradientCheck.Run(all => family.CreateFree(all[1..]).Quantile(all[0]), options, [p, .. family.FreeParameters]).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Crps_InValueAndParameters_HasTheRightGradient(string name)
    {
        Family family = Families.Get(name);
        if (!family.HasMoments)
        {
            return;
        }

        Tensor points = Points(s_slowCrps.Contains(name) ? family with { Smooth = [family.Smooth[0], family.Smooth[^1]] } : family);
        var options = new GradientCheckOptions { Tolerance = 1e-5, Order = 1, Step = 2e-5 };
        if (family.FreeParameters.Length == 0)
        {
            return;
        }

        if (family.Batch().Measure == Measure.Counting)
        {
            GradientCheck.Run(all => family.CreateFree(all).Crps(points), options, family.FreeParameters).ThrowIfFailed();
            return;
        }

        GradientCheck.Run(all => family.CreateFree(all[1..]).Crps(all[0]), options, [points, .. family.FreeParameters]).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Entropy_InParameters_HasTheRightGradient(string name)
    {
        Family family = Families.Get(name);
        if (family.FreeParameters.Length == 0)
        {
            return;
        }

        var options = new GradientCheckOptions { Tolerance = 1e-5, Order = 1 };
        GradientCheck.Run(all => family.CreateFree(all).Entropy(), options, family.FreeParameters).ThrowIfFailed();
    }

    // Quantiles of the probabilities that are away from kinks, [probabilities, batch].
    private static Tensor Points(Family family) => family.Batch().Quantile(Tensor.From(family.Smooth).Reshape(family.Smooth.Length, 1));
}
