using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family of vectors or matrices. One table, one battery; intervals at 1e-6 with fixed keys.</summary>
public class MultivariateTests
{
    // The two-sided 1e-6 point of the standard Normal.
    private const double Sharp = 4.892;

    private const int Draws = 20_000;

    private static readonly RandomKey Key = RandomKey.FromSeed(17);

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Shapes_OfSamplesDensitiesAndMoments_AreAsDocumented(string name)
    {
        Distribution d = MultivariateCases.Get(name).Batch();
        Assert.Equal<Shape>([2], d.BatchShape);
        Tensor draws = d.Sample(Key, [4, 3]);
        Assert.Equal(Shape.Create([4, 3, 2]).Concat(d.EventShape), draws.Shape);
        Assert.Equal<Shape>([4, 3, 2], d.LogProb(draws).Shape);
        Assert.True((bool)d.LogProb(draws).IsFinite().All(), name);
        Assert.Equal<Shape>([2], d.Entropy().Value.Shape);
        foreach (Tensor moment in new Tensor[] { d.Mean(), d.Variance(), d.Mode })
        {
            Assert.Equal(d.BatchShape.Concat(d.EventShape), moment.Shape);
            Assert.Equal(d.DType, moment.DType);
        }

        Assert.NotEmpty(d.ToString());
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Sample_WithTheSameKey_IsTheSame(string name)
    {
        Distribution d = MultivariateCases.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 20).ToDoubles(), d.Sample(Key, 20).ToDoubles());
        Assert.NotEqual(d.Sample(Key, 20).ToDoubles(), d.Sample(Key.FoldIn(1), 20).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void MomentsAndEntropy_AgainstSamples_Agree(string name)
    {
        Distribution d = MultivariateCases.Get(name).Batch();
        Tensor draws = d.Sample(Key, Draws).Cast(DType.Float64);
        Estimate mean = d.Mean(), variance = d.Variance(), entropy = d.Entropy();
        AssertMean(mean, draws, $"{name}, mean");
        AssertMean(variance, (draws - draws.Mean(0, keepDims: true)).Square(), $"{name}, variance");
        AssertMean(entropy, -d.LogProb(draws), $"{name}, entropy");
    }

    // E[g/p] = 1 for a density g on the support that is narrower than p: a Gaussian in the coordinates of the support's map from the real line.
    [Theory]
    [MemberData(nameof(MultivariateCases.Continuous), MemberType = typeof(MultivariateCases))]
    public void LogProb_AgainstAKnownDensity_IsNormalised(string name)
    {
        Distribution d = MultivariateCases.Get(name).Batch();
        Transform map = d.Support.FromReal();
        Tensor draws = d.Sample(Key, Draws);
        (Tensor u, Tensor logDet) = map.InverseAndLogDet(draws);
        int axes = logDet.Rank - 2;
        logDet = axes == 0 ? logDet : logDet.Sum([.. Enumerable.Range(-axes, axes)]);
        u = u.Reshape(Draws, 2, -1);
        Tensor centred = u - u.Mean(0, keepDims: true);
        Tensor covariance = Tensor.Einsum("nbi,nbj->bij", centred, centred) / Draws;
        var narrow = new MultivariateNormal(u.Mean(0), 0.7 * covariance.Cholesky());
        Tensor ratio = (narrow.LogProb(u) + logDet - d.LogProb(draws)).Exp();
        AssertMean(Estimate.Exact(Tensor.Ones([2], DType.Float64)), ratio, $"{name}, E[g/p]");
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Discrete), MemberType = typeof(MultivariateCases))]
    public void LogProb_SummedOverAllOutcomes_IsOneAndGivesTheMoments(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Distribution d = c.Batch();
        Tensor log = d.LogProb(c.Outcomes!), mass = log.Exp();
        BatteryTests.AssertClose(Tensor.Ones([2], DType.Float64), mass.Sum(0), 1e-13, 0);
        Tensor mean = (mass.Unsqueeze(-1) * c.Outcomes!).Sum(0);
        BatteryTests.AssertClose(mean, d.Mean(), 1e-12, 1e-12);
        BatteryTests.AssertClose((mass.Unsqueeze(-1) * (c.Outcomes! - mean).Square()).Sum(0), d.Variance(), 1e-12, 1e-12);
        Assert.Equal(log.Max(0).ToDoubles(), d.LogProb(d.Mode).ToDoubles());
        if (d.Entropy().Kind == Evidence.Exact)
        {
            BatteryTests.AssertClose(-Tensor.Where(log.IsFinite(), mass * log, 0.0).Sum(0), d.Entropy(), 1e-12, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Discrete), MemberType = typeof(MultivariateCases))]
    public void Sample_OfADiscreteFamily_HasItsFrequencies(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Distribution d = c.Batch();
        Tensor mass = d.LogProb(c.Outcomes!).Exp();
        Tensor hits = d.Sample(Key, Draws).Cast(DType.Float64).Unsqueeze(1).EqualTo(c.Outcomes!.Unsqueeze(0)).All(-1).Cast(DType.Float64).Mean(0);
        Tensor error = (mass * (1 - mass) / Draws).Sqrt();
        Assert.True((bool)((hits - mass).Abs() <= (Sharp * error) + (10.0 / Draws)).All(), $"{name}: {hits} {mass}");
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void LogProb_InValueAndParameters_HasTheRightGradients(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        var options = new GradientCheckOptions { Tolerance = 1e-6, Step = 1e-4, Order = c.Order };
        Tensor points = c.Batch().Sample(Key, 3);
        if (c.Outcomes is not null)
        {
            GradientCheck.Run(free => c.From(free).LogProb(points), options, c.Free).ThrowIfFailed();
            return;
        }

        // In the coordinates of the support's map the value can be moved freely.
        Transform map = c.Batch().Support.FromReal();
        GradientCheck.Run(all => c.From(all[1..]).LogProb(map.Forward(all[0])), options, [map.Inverse(points), .. c.Free]).ThrowIfFailed();
    }

    // The pathwise derivative of E[h(X)] against the score-function one, E[(h(X) − h₀)·∂ln p/∂θ]: two estimates that share nothing but the draws.
    [Theory]
    [MemberData(nameof(MultivariateCases.Reparameterized), MemberType = typeof(MultivariateCases))]
    public void RSample_PathwiseGradient_AgreesWithTheScoreFunction(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        for (int b = 0; b < 2; b++)
        {
            // One copy of the parameters a draw.
            Tensor[] repeated = [.. c.Free.Select(p => p[b..(b + 1)].BroadcastTo(Shape.Create([Draws]).Concat(p.Shape[1..])))];
            Distribution Many(Tensor[] free) => c.From(free, p => p[b..(b + 1)].BroadcastTo(Shape.Create([Draws]).Concat(p.Shape[1..])));
            Tensor draws = Many(repeated).Sample(Key);
            int[] axes = [.. Enumerable.Range(1, draws.Rank - 1)];
            Tensor weights = Tensor.Linspace(1, 2, draws.Size / Draws, DType.Float64).Reshape(draws.Shape[1..]);
            Tensor level = (weights * draws).Sum(axes), spread = level.Std();
            Tensor Test(Tensor x) => (((weights * x).Sum(axes) - level.Mean()) / spread).Tanh();

            Tensor[] path = Gradient.ValueAndGradient(free => Test(Many(free).AsReparameterized()!.RSample(Key)).Sum(), repeated).Gradients;
            Tensor value = Test(draws), centred = value - value.Mean();
            Tensor[] score = Gradient.ValueAndGradient(free => (centred * Many(free).LogProb(draws)).Sum(), repeated).Gradients;
            for (int i = 0; i < path.Length; i++)
            {
                Tensor difference = path[i] - score[i], error = difference.Std(0) / Math.Sqrt(Draws);
                Assert.True(
                    (bool)(difference.Mean(0).Abs() <= (5 * error) + 1e-12).All(),
                    $"{name}, distribution {b}, parameter {i}: pathwise {path[i].Mean(0)}, score {score[i].Mean(0)}, standard error {error}");
                Assert.False((bool)path[i].IsNaN().Any());
            }
        }
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Reparameterized), MemberType = typeof(MultivariateCases))]
    public void RSample_Values_AreThoseOfSample(string name)
    {
        Distribution d = MultivariateCases.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 10).ToDoubles(), d.AsReparameterized()!.RSample(Key, [10]).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void LogProb_OutsideTheSupport_IsMinusInfinityWithZeroGradient(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Tensor outside = c.Outside!;
        Assert.All(c.Batch().LogProb(outside).ToDoubles(), x => Assert.Equal(double.NegativeInfinity, x));
        Tensor[] gradients = Gradient.ValueAndGradient(all => c.From(all[1..]).LogProb(all[0]).Sum(), [outside, .. c.Free]).Gradients;
        Assert.All(gradients.SelectMany(g => g.ToDoubles()), g => Assert.Equal(0, g));
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void NaN_InTheValueOrAParameter_ComesOut(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Tensor inside = c.Batch().Sample(Key).Cast(DType.Float64);
        Assert.All(c.Batch().LogProb(Tensor.Full(inside.Shape, double.NaN, DType.Float64)).ToDoubles(), x => Assert.True(double.IsNaN(x), $"{name}: {x}"));
        for (int i = 0; i < c.Free.Length; i++)
        {
            Tensor[] broken = c.Free;
            broken[i] = Tensor.Full(broken[i].Shape, double.NaN, DType.Float64);
            Assert.All(c.From(broken).LogProb(inside).ToDoubles(), x => Assert.True(double.IsNaN(x), $"{name}, parameter {i}: {x}"));
        }
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Float32_AgainstFloat64_AgreesToItsPrecision(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Tensor[] rounded = Array.ConvertAll(c.Parameters, p => p.Cast(DType.Float32));
        Distribution single = c.Create(rounded), exact = c.Create(Array.ConvertAll(rounded, p => p.Cast(DType.Float64)));
        Tensor x = single.Sample(Key, 20).Cast(DType.Float32);
        Tensor log = single.LogProb(x);
        Assert.Equal(DType.Float32, log.DType);
        BatteryTests.AssertClose(exact.LogProb(x.Cast(DType.Float64)), log.Cast(DType.Float64), 1e-4, 1e-4);
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Compiled_LogDensity_GivesTheSame(string name)
    {
        MultivariateCase c = MultivariateCases.Get(name);
        Tensor x = c.Batch().Sample(Key, 5).Cast(DType.Float64);
        var graph = Graph.Compile((Tensor[] all) => [c.From(all[1..]).LogProb(all[0])]);
        BatteryTests.AssertClose(c.Batch().LogProb(x), graph.Run([x, .. c.Free])[0], 1e-12, 1e-12);
    }

    private static void AssertMean(Estimate expected, Tensor draws, string what)
    {
        Tensor mean = draws.Mean(0), error = draws.Std(0) / Math.Sqrt(draws.Shape[0]);
        Tensor allowed = (Sharp * (error.Square() + expected.StandardError.Square()).Sqrt()) + 1e-12;
        Assert.True((bool)((mean - expected.Value).Abs() <= allowed).All(), $"{what}: expected {expected.Value}, samples give {mean} ± {error}");
    }
}
