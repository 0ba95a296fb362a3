using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class VectorHeadTests
{
    private static readonly BuildContext s_context = new("head", RandomKey.FromSeed(1), DType.Float64);
    private static readonly LossContext s_loss = new(RandomKey.FromSeed(5), 0.5);

    [Fact]
    public void MultivariateNormalHead_FromRaw_HasTheCholeskyFactorOfItsRawParameters()
    {
        // Softplus of ln(e − 1) is 1: the diagonal is 1 + floor; the entry of U is 100·tanh(0.5/100).
        double one = Math.Log(Math.E - 1);
        MultivariateNormal p = new MultivariateNormalHead(2).FromRaw(Tensor.From(3.0, 4, one, one, 0.5));

        Assert.Equal([3.0, 4], p.Loc.ToDoubles());
        double[] expected = [1.001, 0, 1.001 * 100 * Math.Tanh(0.005), 1.001];
        Assert.All(expected.Zip(p.ScaleTril.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void VectorMixtureHead_FirstPrediction_HasComponentsApartWithoutACommonLine()
    {
        var head = new DiagonalNormalMixtureHead(4, 2);
        head.Build([1], s_context);

        Tensor means = head.Forward(Tensor.Zeros([1, 1], DType.Float64)).Components.Coordinates.Loc.Reshape(4, 2);

        double[] x = means[TensorIndex.Ellipsis, 0].ToDoubles(), y = means[TensorIndex.Ellipsis, 1].ToDoubles();
        Assert.Equal(4, x.Distinct().Count());
        Assert.Equal(x.Order(), y.Order());
        Assert.True(Math.Abs(x.Zip(y, (a, b) => a * b).Sum()) < 0.8 * x.Sum(a => a * a));
    }

    [Fact]
    public void VectorHeads_SettingsOutOfRange_NameHeadAndSetting()
    {
        Assert.Contains("MultivariateNormalHead: at least one output", Assert.Throws<ArgumentOutOfRangeException>(() => new MultivariateNormalHead(0)).Message);
        Assert.Contains("LowRankNormalHead: the rank", Assert.Throws<ArgumentOutOfRangeException>(() => new LowRankNormalHead(2, 3)).Message);
        Assert.Contains("at least one component", Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalNormalMixtureHead(0, 2)).Message);
        Assert.Contains("minScale", Assert.Throws<ArgumentOutOfRangeException>(() => new DiagonalNormalHead(2, minScale: 0)).Message);
    }

    [Fact]
    public void AutoregressiveMixtureHead_ThenOtherParameters_KeepsItsPrediction()
    {
        AutoregressiveMixtureHead head = Autoregressive(out Tensor x);
        AutoregressiveMixture before = head.Forward(x), scaled = head.Rescale(before, Tensor.Ones(head.TargetShape, x.DType), Tensor.Full(head.TargetShape, 2, x.DType));
        RandomKey key = RandomKey.FromSeed(3);
        Tensor y = key.Normal(before.BatchShape.Concat(before.EventShape), before.DType);
        double[][] Told() => [.. ((AutoregressiveMixture[])[before, scaled]).SelectMany(p => (double[][])[p.LogProb(y).ToDoubles(), p.Sample(key, 2).ToDoubles()])];
        double[][] told = Told();
        foreach (Parameter parameter in head.Parameters)
        {
            parameter.Value += 0.3 * key.Normal(parameter.Shape, parameter.DType);
        }

        Assert.Equal(told, Told());
        Assert.NotEqual(told[0], head.Forward(x).LogProb(y).ToDoubles());
    }

    [Fact]
    public void AutoregressiveMixtureHead_Loss_HasTheGradientOfItsDifferences()
    {
        AutoregressiveMixtureHead head = Autoregressive(out Tensor x);
        Tensor y = Tensor.From(new[,] { { 0.3, -1.2 }, { 2.5, 0.1 }, { 0.2, -0.7 } });

        GradientCheck.Run(() => head.Loss(head.Forward(x), y, s_loss).Mean(), head.Parameters).ThrowIfFailed();

        // Without features.
        head = new AutoregressiveMixtureHead(2, components: 3, hidden: 4);
        head.Build([0], new BuildContext("head", RandomKey.FromSeed(1), DType.Float64));
        GradientCheck.Run(() => head.Loss(head.Forward(Tensor.Zeros([3, 0])), y, s_loss).Mean(), head.Parameters).ThrowIfFailed();
    }

    [Fact]
    public void AutoregressiveMixture_Density_IntegratesToOneAndIsTheProductOfItsConditionals()
    {
        AutoregressiveMixture p = Autoregressive(out Tensor x).Forward(x);
        (AutoregressiveMixture original, Tensor loc, Tensor scale) = (p, Tensor.From(1.0, -2), Tensor.From(2.0, 0.5));
        p = new AutoregressiveMixtureHead(2).Rescale(p, loc, scale);

        // A grid of 0.1 standard deviations over ±8: the densities are smooth and fall off like Normals.
        Tensor z = Tensor.Linspace(-8, 8, 161, DType.Float64);
        Tensor grid = loc + (scale * Tensor.Stack([z.Unsqueeze(1).BroadcastTo([161, 161]), z.BroadcastTo([161, 161])], -1));
        Tensor density = p.LogProb(grid.Reshape(161 * 161, 1, 2)).Exp();
        Assert.All(density.Sum(0).ToDoubles(), sum => Assert.Equal(1, sum * 0.1 * 0.1 * 2 * 0.5, 1e-6));

        Tensor y = Tensor.From(new[,] { { 0.3, -1.2 }, { 2.5, 0.1 }, { 0.2, -0.7 } });
        double[] joint = p.LogProb(y).ToDoubles(), product = p.Conditionals(y).LogProb(y).Sum(-1).ToDoubles();
        Assert.All(joint.Zip(product), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.Equal(original.LogProb(y).ToDoubles()[0] - Math.Log(2 * 0.5), p.LogProb(loc + (scale * y)).ToDoubles()[0], 1e-12);
    }

    [Fact]
    public void AutoregressiveMixtureHead_Fit_LearnsADependenceAndSaves()
    {
        // y₂ = ±y₁ with noise 0.1: two lines that cross, no feature. Entropy of y₁ is 1.419, of y₂ given y₁ at most ln 2 − 0.884.
        RandomKey key = RandomKey.FromSeed(3);
        Tensor first = key.FoldIn(0).Normal([2000]), sign = (2 * key.FoldIn(1).Uniform([2000]).Round()) - 1;
        Tensor y = Tensor.Stack([first, (sign * first) + (0.1 * key.FoldIn(2).Normal([2000]))], -1);
        Model<AutoregressiveMixture> model = Model.Unconditional(new AutoregressiveMixtureHead(2, components: 6, hidden: 32));
        History history = model.Fit(y, new FitOptions { Epochs = 60, BatchSize = 100, Optimizer = run => new Adam(new CosineAnnealing(1e-2, run.Steps)) });
        Assert.InRange(history.Loss[^1], 0.8, 1.419 + 0.693 - 0.884 + 0.1);

        using var file = new TemporaryFile();
        model.Save(file.Path);
        Assert.Equal(
            model.Predict().LogProb(y).ToArray<float>(), Model.Load<AutoregressiveMixture>(file.Path).Predict().LogProb(y).ToArray<float>());
    }

    [Fact]
    public void DistributionHead_AnyFamily_TrainsAndRefusesToBeCopied()
    {
        var head = new DistributionHead<Logistic>(
            "my-logistic", 2, raw => new Logistic(raw[TensorIndex.Ellipsis, 0], raw[TensorIndex.Ellipsis, 1].Softplus() + 0.01), Support.Real);
        Model<Logistic> model = Model.Sequential([], head);
        Tensor x = RandomKey.FromSeed(1).Normal([500, 1]);
        var truth = new Logistic(2 * x.Squeeze(1), 0.5f);
        Tensor y = truth.Sample(RandomKey.FromSeed(2));
        model.Fit(x, y, new FitOptions { Epochs = 60, Optimizer = run => new Adam(new CosineAnnealing(0.03, run.Steps)) });

        // Four parameters fitted to 500 rows gain 4/(2·500) = 0.004 nats on average over the truth.
        double gap = (truth.LogProb(y) - model.Predict(x).LogProb(y)).Mean().ToScalar();
        Assert.InRange(gap, -0.02, 0.005);
        Assert.Contains("'my-logistic' is unknown", Assert.Throws<ArgumentException>(() => model.CopyUnbuilt()).Message);
    }

    [Fact]
    public void BinsHead_EqualCounts_DividesTheTargets()
    {
        BinsHead head = BinsHead.OfEqualCounts(Tensor.Arange(101, DType.Float64), 4);

        Assert.Equal([0.0, 25, 50, 75, 100], head.Edges);
        Assert.Equal([0.0, 0.5, 1], BinsHead.Even(0, 1, 2).Edges);
        Assert.Contains("each above the one before", Assert.Throws<ArgumentOutOfRangeException>(() => new BinsHead([1, 1])).Message);
        Assert.Contains("there is nothing to divide", Assert.Throws<ArgumentOutOfRangeException>(() => BinsHead.OfEqualCounts(Tensor.Zeros([0]), 4)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinsHead.OfEqualCounts(Tensor.Arange(9), 0));
    }

    [Fact]
    public void BinsHead_EdgesThatFallTogetherInTheTypeOfTheModel_AreRefused()
    {
        // Seconds since 1970: Float32 has steps of 128 there.
        double[] edges = [1.7e9, 1.7e9 + 10, 1.7e9 + 20, 1.7e9 + 30];

        var error = Assert.Throws<InvalidOperationException>(() => Model.Unconditional(new BinsHead(edges)).Build(0, RandomKey.FromSeed(1)));

        Assert.StartsWith("BinsHead: the edges 1700000000 and 1700000010 are 1700000000 and 1700000000 in Float32", error.Message, StringComparison.Ordinal);
        Model.Unconditional(new BinsHead(edges), DType.Float64).Build(0, RandomKey.FromSeed(1));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(4, 4)]
    [InlineData(6, 3)]
    [InlineData(3, 5)]
    public void VectorMixtureHead_FirstPrediction_HasAnOrderOfItsOwnForEachCoordinate(int components, int outputs)
    {
        var head = new DiagonalNormalMixtureHead(components, outputs);
        head.Build([1], s_context);

        Tensor means = head.Forward(Tensor.Zeros([1, 1], DType.Float64)).Components.Coordinates.Loc.Reshape(components, outputs);

        string[] orders = [.. Enumerable.Range(0, outputs).Select(j => string.Join(" ", means[TensorIndex.Ellipsis, j].ToDoubles()))];
        Assert.Equal(Math.Min(components, outputs), orders.Distinct().Count());
    }

    private static AutoregressiveMixtureHead Autoregressive(out Tensor x)
    {
        x = Tensor.From(new[,] { { 0.5, -1.0 }, { 1.5, 0.3 }, { -0.7, 0.9 } });
        var head = new AutoregressiveMixtureHead(2, components: 3, hidden: 4);
        head.Build([2], s_context);
        return head;
    }
}
