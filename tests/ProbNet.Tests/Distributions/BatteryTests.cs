using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Layers;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: values. One table, one battery.</summary>
public class BatteryTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);

    // VonMises, which is in the table, told on another interval: CircularVonMisesTests. Its scores are searched for, minutes of this battery.
    private static readonly Type[] s_elsewhere = [typeof(CircularVonMises)];

    [Fact]
    public void Table_EveryDistribution_IsInItOrInThatOfHeads()
    {
        Type[] all = [.. new[] { typeof(Distribution), typeof(Dense), typeof(Evaluation) }
            .SelectMany(one => one.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Distribution)) && !type.IsAbstract)];

        // What a network predicts of vectors has no parameters to put in a table: draws against density, far away and in both types, in SamplingTests.
        IEnumerable<Type> predicted = SamplingCase.All.Values.Select(row => row.Predict(DType.Float64).GetType());
        Assert.Empty(all.Where(type => type.IsSubclassOf(typeof(Univariate))).Except(Families.Types).Except(s_elsewhere));
        Assert.Empty(all.Except(Families.Types).Except(MultivariateCases.Types).Except(predicted));
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Shapes_SampleBatchAndGrid_AreAsDocumented(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Shape batch = d.BatchShape;
        Tensor draws = d.Sample(Key, [4, 2]);
        Assert.Equal(Shape.Create([4, 2]).Concat(batch), draws.Shape);
        Assert.Equal(Shape.Create([5]).Concat(batch), d.Sample(Key, 5).Shape);
        Assert.Equal(batch, d.Sample(Key).Shape);
        Assert.Equal(draws.Shape, d.LogProb(draws).Shape);

        Shape grid = Shape.Create([6]).Concat(batch);
        Tensor column = Tensor.Linspace(0.1, 0.9, 6, DType.Float64).Reshape(6, 1);
        foreach (Func<Tensor, Tensor> f in new[] { d.LogProb, d.Cdf, d.LogCdf, d.Survival, d.LogSurvival, d.Quantile, d.Crps })
        {
            Assert.Equal(grid, f(column).Shape);
        }

        foreach (Tensor moment in new Tensor[] { d.Mean(), d.Variance(), d.StdDev(), d.Entropy(), d.Mode, d.Median, d.Interval(0.9).Lower })
        {
            Assert.Equal(batch, moment.Shape);
            Assert.Equal(d.DType, moment.DType);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void LogProb_IntegratedBetweenQuantiles_IsTheDifferenceOfCdfs(string name)
    {
        foreach (Univariate d in Singles(name))
        {
            var panels = new Panels(d);
            double[] mass = panels.EachPanel(x => d.LogProb(x).Exp()), cdf = d.Cdf(Tensor.From(panels.Edges)).ToDoubles();
            for (int k = 0; k < mass.Length; k++)
            {
                // 1e-9: twenty points a panel are exact to 1e-12 for a smooth density; kinks inside a panel of a mixture cost the rest.
                Assert.Equal(cdf[k + 1] - cdf[k], mass[k], 1e-9);
            }

            Assert.Equal(1, mass.Sum(), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void LogProb_SummedUp_IsTheCdf(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor k = Families.Get(name).Lattice(400);
        Tensor mass = d.LogProb(k).Exp(), cumulative = mass.CumSum(0);
        AssertClose(cumulative, d.Cdf(k), 1e-12, 1e-12);
        AssertClose(1 - cumulative, d.Survival(k), 1e-12, 1e-9);
        AssertClose(Tensor.Ones(d.BatchShape, DType.Float64), mass.Sum(0), 1e-12, 0);
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Tails_CdfAndSurvival_AgreeWithTheirLogarithms(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor x = d.Quantile(Tensor.From(1e-12, 1e-4, 0.2, 0.5, 0.8, 0.9999, 1 - 1e-10).Reshape(7, 1));
        AssertClose(Tensor.Ones([7, d.BatchShape[0]], DType.Float64), d.Cdf(x) + d.Survival(x), 1e-13, 0);
        AssertClose(d.Cdf(x), d.LogCdf(x).Exp(), 0, 1e-11);
        AssertClose(d.Survival(x), d.LogSurvival(x).Exp(), 0, 1e-11);
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Quantile_OfTheCdf_ReturnsThePoint(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor p = Tensor.From(1e-10, 1e-4, 0.2, 0.5, 0.8, 0.9999).Reshape(6, 1);
        Tensor x = d.Quantile(p);

        // Up to what the rounding of the point itself changes.
        Tensor rounding = x.Abs() * d.LogProb(x).Exp() * 1e-15;
        Assert.True((bool)((d.Cdf(x) - p).Abs() <= 1e-15 + (1e-10 * p) + rounding).All(), $"{name}: {d.Cdf(x)}");

        Tensor single = Tensor.From(1e-3f, 0.2f, 0.5f, 0.8f, 0.99f).Reshape(5, 1);
        Univariate f = Families.Get(name).Batch(DType.Float32);
        AssertClose(single.BroadcastTo([5, f.BatchShape[0]]), f.Cdf(f.Quantile(single)), 0, 1e-3);
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void Quantile_OfADiscreteDistribution_IsTheLeastThatReaches(string name)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Univariate d = Families.Get(name).Batch(dtype);
            Tensor p = Tensor.From(1e-4, 0.03, 0.2, 0.5, 0.8, 0.97, 0.9999).Reshape(7, 1).Cast(dtype);
            Tensor x = d.Quantile(p);
            Tensor below = d.Cdf(x - 1);
            Assert.True((bool)(d.Cdf(x) >= p * (1 - (8 * dtype.Epsilon()))).All());
            Assert.True((bool)(below < p).All());

            // What is exactly a value of the distribution function belongs to its point.
            Tensor again = d.Quantile(d.Cdf(x));
            Assert.Equal(x.ToDoubles(), Tensor.Where(d.Cdf(x) < 1, again, x).ToDoubles());
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Quantile_AtTheEndsAndOutside_IsTheEndOfTheSupportOrNaN(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor low = d.Quantile(0), high = d.Quantile(1);
        Assert.True((bool)(low.EqualTo(double.NegativeInfinity) | d.Cdf(low - 1).EqualTo(0.0)).All(), $"{name}: {low}");
        Assert.True((bool)(high.EqualTo(double.PositiveInfinity) | d.Survival(high + 1).EqualTo(0.0)).All(), $"{name}: {high}");
        Assert.All(d.Quantile(Tensor.From(-0.1, 1.1, double.NaN).Reshape(3, 1)).ToDoubles(), x => Assert.True(double.IsNaN(x), $"{name}: {x}"));
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Moments_AgainstQuadratureInX_Agree(string name)
    {
        if (!Families.Get(name).HasMoments)
        {
            Assert.All(Families.Get(name).Batch().Variance().Value.ToDoubles(), variance => Assert.False(double.IsFinite(variance)));
            return;
        }

        foreach (Univariate d in Singles(name))
        {
            var panels = new Panels(d);
            double mean = panels.Integrate(x => x * d.LogProb(x).Exp()), scale = d.StdDev().Value.ToScalar();

            // 1e-6: StudentT with 5 degrees of freedom keeps a part of 1e-7 of its variance beyond the outermost panel.
            Assert.Equal(mean, d.Mean().Value.ToScalar(), 1e-6 * scale);
            Assert.Equal(panels.Integrate(x => (x - mean).Square() * d.LogProb(x).Exp()), d.Variance().Value.ToScalar(), 1e-3 * scale * scale);
            Assert.Equal(
                panels.Integrate(x => -d.LogProb(x) * d.LogProb(x).Exp()), d.Entropy().Value.ToScalar(), HasJumps(name) ? 0.02 : 1e-7);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void Moments_AgainstSums_Agree(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor k = Families.Get(name).Lattice(500), log = d.LogProb(k);
        Tensor mass = log.Exp(), mean = (k * mass).Sum(0);
        AssertClose(Tensor.Where(log.IsFinite(), -mass * log, 0.0).Sum(0), d.Entropy(), 1e-10, 1e-9);
        if (name.StartsWith("Categorical", StringComparison.Ordinal))
        {
            Assert.All(d.Mean().Value.ToDoubles(), x => Assert.True(double.IsNaN(x)));
            return;
        }

        AssertClose(mean, d.Mean(), 1e-10, 1e-10);
        AssertClose(((k - mean).Square() * mass).Sum(0), d.Variance(), 1e-10, 1e-10);
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Mode_AgainstOtherPoints_IsTheHighest(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor at = d.LogProb(d.Mode), others = d.LogProb(d.Quantile(Tensor.Linspace(0.01, 0.99, 99, DType.Float64).Reshape(99, 1)));
        Assert.True((bool)(at >= others - 1e-9).All() || name == "Beta", $"{name}: {d.Mode}");
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Crps_AgainstTheIntegralOfSquares_Agrees(string name)
    {
        if (!Families.Get(name).HasMoments)
        {
            return;
        }

        foreach (Univariate d in Singles(name))
        {
            double scale = d.StdDev().Value.ToScalar();
            foreach (double p in new[] { 1e-3, 0.2, 0.5, 0.77, 0.999 })
            {
                double y = d.Quantile(p).ToScalar();
                var panels = new Panels(d, y);
                double expected = panels.Integrate(x => Tensor.Where(x < y, d.Cdf(x), d.Survival(x)).Square());
                Assert.Equal(expected, d.Crps(y).ToScalar(), 1e-6 * scale);
            }

            // Beyond the ends the score grows as the distance.
            double far = d.Quantile(1 - 1e-9).ToScalar() + (1000 * scale);
            Assert.Equal(scale, d.Crps(far + scale).ToScalar() - d.Crps(far).ToScalar(), 1e-6 * scale);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void Crps_OfADiscreteDistribution_IsTheSumOfSquares(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Tensor k = Families.Get(name).Lattice(500);
        foreach (double y in new[] { 0.0, 1, 2, 9 }.Where(y => (bool)d.LogProb(y).IsFinite().All()))
        {
            AssertClose((d.Cdf(k) - (k >= y).Cast(DType.Float64)).Square().Sum(0), d.Crps(y), 1e-12, 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void LogProb_OutsideTheSupport_IsMinusInfinityWithZeroGradient(string name)
    {
        Family family = Families.Get(name);
        Tensor outside = Tensor.From(family.Outside).Reshape(family.Outside.Length, 1);
        Assert.All(family.Batch().LogProb(outside).ToDoubles(), x => Assert.Equal(double.NegativeInfinity, x));
        (_, Tensor[] gradients) = Gradient.ValueAndGradient(
            all => Tensor.Where(outside.IsNaN(), 0.0, family.Create(all[1..]).LogProb(all[0])).Sum(), [outside, .. family.Parameters(DType.Float64)]);
        Assert.All(gradients.SelectMany(g => g.ToDoubles()), g => Assert.Equal(0, g));

        double[] cdf = family.Batch().Cdf(outside).ToDoubles();
        if (!name.StartsWith("Bernoulli", StringComparison.Ordinal) && family.Batch().Measure == Measure.Lebesgue)
        {
            Assert.All(cdf, x => Assert.True(x < 1e-15 || x > 1 - 1e-15, $"{name}: {x}"));
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void NaN_InTheValueOrAParameter_ComesOut(string name)
    {
        Family family = Families.Get(name);
        Univariate d = family.Batch();
        foreach (Func<Tensor, Tensor> f in new[] { d.LogProb, d.Cdf, d.LogCdf, d.Survival, d.LogSurvival, d.Quantile, d.Crps })
        {
            Assert.All(f(double.NaN).ToDoubles(), x => Assert.True(double.IsNaN(x), $"{name}.{f.Method.Name}: {x}"));
        }

        Tensor inside = d.Quantile(0.05);
        for (int i = 0; i < family.Points[0].Length; i++)
        {
            Tensor[] broken = family.Parameters(DType.Float64);
            broken[i] = Tensor.Full(broken[i].Shape, double.NaN, DType.Float64);
            Univariate unknown = family.Create(broken);
            foreach (Func<Tensor, Tensor> f in new[] { unknown.LogProb, unknown.Crps })
            {
                Assert.All(f(inside).ToDoubles(), x => Assert.True(double.IsNaN(x), $"{name}.{f.Method.Name}, parameter {i}: {x}"));
            }

            // A probability may not depend on the parameter: on the edge of a bin further up, for example.
            foreach ((double known, double x) in d.Cdf(inside).ToDoubles().Zip(unknown.Cdf(inside).ToDoubles()))
            {
                Assert.True(double.IsNaN(x) || x == known, $"{name}.Cdf, parameter {i}: {x}, with the parameter {known}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void FarTails_AndExtremeParameters_StayFiniteWithoutNaN(string name)
    {
        Family family = Families.Get(name);
        Univariate d = family.Batch();
        foreach (double x in family.Far)
        {
            Assert.All(d.LogProb(x).ToDoubles(), value => Assert.True(double.IsFinite(value), $"{name}.LogProb({x}) = {value}"));
            foreach (Func<Tensor, Tensor> f in new[] { d.Cdf, d.Survival, d.LogCdf, d.LogSurvival })
            {
                Assert.All(f(x).ToDoubles(), value => Assert.False(double.IsNaN(value), $"{name}.{f.Method.Name}({x}) is NaN"));
            }
        }

        Univariate extreme = family.AtExtremes();
        Tensor p = Tensor.From(1e-6, 0.2, 0.5, 0.9, 0.999).Reshape(5, 1);
        Tensor points = extreme.Quantile(p);
        foreach (Tensor values in new[] { points, extreme.LogProb(points), extreme.Cdf(points), extreme.LogCdf(points), extreme.LogSurvival(points) })
        {
            Assert.False((bool)values.IsNaN().Any(), $"{name}: {values}");
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Float32_AgainstFloat64_AgreesToItsPrecision(string name)
    {
        Family family = Families.Get(name);
        Univariate single = family.Batch(DType.Float32);

        // The same parameters, after rounding to Float32.
        Univariate exact = family.Create(Array.ConvertAll(family.Parameters(DType.Float32), p => p.Cast(DType.Float64)));
        Tensor x = single.Quantile(Tensor.From(0.01f, 0.2f, 0.5f, 0.8f, 0.99f).Reshape(5, 1)), same = x.Cast(DType.Float64);
        Assert.Equal(DType.Float32, single.LogProb(x).DType);
        AssertClose(exact.LogProb(same), single.LogProb(x), 3e-5, 3e-5);
        AssertClose(exact.Cdf(same), single.Cdf(x), 1e-5, 1e-4);
        AssertClose(exact.LogCdf(same), single.LogCdf(x), 1e-4, 1e-4);
        if (!family.HasMoments)
        {
            return;
        }

        AssertClose(exact.Crps(same), single.Crps(x), 1e-4 * (1 + Math.Abs(same.Max().ToScalar())), 1e-3);
    }

    // The rounding of a parameter by ε changes the value by |θ·∂/∂θ|·ε, which no implementation can avoid.
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Float32Tails_AgainstFloat64_AgreeUpToTheRoundingOfTheInputs(string name)
    {
        Family family = Families.Get(name);
        Tensor[] rounded = family.Parameters(DType.Float32), parameters = Array.ConvertAll(rounded, p => p.Cast(DType.Float64));
        Univariate single = family.Create(rounded), exact = family.Create(parameters);
        double[] tails = exact.Quantile(Tensor.From(1e-6, 1e-3, 0.3, 0.5, 0.9, 1 - 1e-6).Reshape(6, 1)).ToDoubles();
        foreach (double at in tails.Concat(family.Far).Where(x => Math.Abs(x) < 1e30 && (x == 0 || Math.Abs(x) > 1e-28)))
        {
            Tensor x = Tensor.Full(single.BatchShape, at, DType.Float32), same = x.Cast(DType.Float64);
            Tensor[] inputs = single.Measure == Measure.Counting ? parameters : [.. parameters, same];
            Tensor[] slopes = Gradient.ValueAndGradient(
                all => family.Create(all[..parameters.Length]).LogProb(all.Length > parameters.Length ? all[^1] : same).Sum(), inputs).Gradients;
            double[] expected = exact.LogProb(same).ToDoubles(), actual = single.LogProb(x).ToDoubles();
            double[] scale = inputs.Zip(slopes, (input, slope) => (input * slope).Abs()).Aggregate((a, b) => a + b).ToDoubles();
            for (int b = 0; b < expected.Length; b++)
            {
                Assert.True(
                    ((double)(float)expected[b]).Equals(actual[b]) || Math.Abs(actual[b] - expected[b]) <= 1e-5 * (1 + Math.Abs(expected[b]) + scale[b]),
                    FormattableString.Invariant($"{name} {b} at {at:R}: {actual[b]:R}, in double {expected[b]:R}"));
            }
        }
    }

    internal static void AssertClose(Tensor expected, Tensor actual, double absolute, double relative)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            bool close = a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= absolute + (relative * Math.Abs(a[i]));
            Assert.True(close, FormattableString.Invariant($"element {i} of {expected.Shape}: expected {a[i]:R}, got {b[i]:R}"));
        }
    }

    // The library's quadrature is for smooth densities: jumps inside the support cost digits, here and nowhere else in the table.
    private static bool HasJumps(string name) => name == "PredictiveMixtureOfUniforms";

    /// <summary>The distributions of the batch one by one.</summary>
    private static IEnumerable<Univariate> Singles(string name)
    {
        Family family = Families.Get(name);
        return family.Points.Select(point => family.Create(Array.ConvertAll(point, value => Tensor.Scalar(value, DType.Float64))));
    }
}
