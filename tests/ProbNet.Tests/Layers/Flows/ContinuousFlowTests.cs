using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class ContinuousFlowTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(17);
    private static readonly Tensor Examples = Key.FoldIn(1).Normal([3, 2], DType.Float64);

    // y = A·z + b with standard Normal z: a Normal whose density is known.
    private static readonly MultivariateNormal Truth = new(Tensor.From(2.0, -5), Tensor.From(new[,] { { 1.5, 0.0 }, { -1.2, 0.4 } }));

    [Theory]
    [InlineData(FlowObjective.MaximumLikelihood)]
    [InlineData(FlowObjective.FlowMatching)]
    public void Fit_OnAnAffineTransformedNormal_RecoversItTo10Millinats(FlowObjective objective)
    {
        bool matching = objective == FlowObjective.FlowMatching;
        Model<ContinuousFlow> model = Model.Unconditional(new ContinuousFlowHead(2, objective, hidden: [32]) { Steps = 4 });
        model.Fit(Truth.Sample(Key, 8192).Cast(DType.Float32), new FitOptions
        {
            Epochs = matching ? 60 : 8, BatchSize = 256, Optimizer = run => new Adam(new CosineAnnealing(2e-2, run.Steps)), Key = Key,
        });
        Tensor test = Truth.Sample(Key.FoldIn(1), 8192);
        double gap = (Truth.LogProb(test) - model.Predict().LogProb(test.Cast(DType.Float32)).Cast(DType.Float64)).Mean().ToScalar();
        // Of 8,192 pairs with a divergence of 0.01 at most the mean is known to √(2·0.01/8192) = 0.0016: far below 0 no density can be.
        Assert.InRange(gap, -0.008, 0.01);
    }

    [Fact]
    public void LogDensity_OfAnUntrainedFlow_IsThatOfTheJacobian()
    {
        ContinuousFlowHead head = Build(FlowObjective.MaximumLikelihood);
        ContinuousFlow flow = head.Forward(Examples[0]);

        // The way there and back; and the volume change by the Jacobian of the whole way.
        Tensor x = Tensor.From(0.3, -0.8);
        double log = flow.LogProb(x).ToScalar();
        Tensor Back(Tensor at) => Ode.Solve(
            (t, y) => Velocity(head, t, y, Examples[0]), at.Unsqueeze(0), 1, 0, 60)[0];
        Tensor z = Back(x);
        double expected = (-0.5 * z.Square().Sum().ToScalar()) - Math.Log(2 * Math.PI) + Gradient.Jacobian(Back, x).SlogDet().LogAbs.ToScalar();
        Assert.Equal(expected, log, 1e-4);
    }

    [Fact]
    public void Mode_OfAFlow_IsAboveItsDraws()
    {
        ContinuousFlow flow = Build(FlowObjective.MaximumLikelihood).Forward(Examples);
        Tensor mode = flow.Mode;
        Assert.Equal(Examples.Shape, mode.Shape);
        Assert.True((bool)(flow.LogProb(mode) >= flow.LogProb(flow.Sample(Key, 300)).Max(0)).All(), $"{mode}");
    }

    [Fact]
    public void Loss_InParametersAndTargets_HasTheRightGradients()
    {
        foreach (FlowObjective objective in Enum.GetValues<FlowObjective>())
        {
            ContinuousFlowHead head = Build(objective);
            Tensor y = Key.FoldIn(2).Normal([3, 2], DType.Float64);
            Tensor Loss(Tensor target) => head.Loss(head.Forward(Examples), target, new LossContext(Key, 0.5)).Sum();

            // By the adjoint equation, to the tolerance of the solver.
            GradientCheck.Run(Loss, y, new GradientCheckOptions { Order = 1, Tolerance = 1e-4 }).ThrowIfFailed();
            GradientCheck.Run(() => Loss(y), head.Parameters, new GradientCheckOptions { Order = 1, Tolerance = 1e-4 }).ThrowIfFailed();
            Tensor[] gradients = Gradient.ValueAndGradient(() => Loss(y), head.Parameters).Gradients;
            Assert.All(gradients, gradient => Assert.True(gradient.Abs().Max().ToScalar() > 0));

            // By fixed steps in a compiled function: another way to solve the same equation.
            if (objective == FlowObjective.MaximumLikelihood)
            {
                Assert.Equal(Loss(y).ToScalar(), Graph.Compile((Tensor target) => Loss(target)).Call(y).ToScalar(), 1e-4);
            }
        }
    }

    [Fact]
    public void LogProb_OfAModelBeforeTraining_HasTheRightGradients()
    {
        // The first field is 0, whose way is solved by any step; the integral for the last weights is not. Some tens of steps, divided by that of the differences, 1e-3, leave an
        // error below 1e-7 of derivatives near 1.
        Model<ContinuousFlow> model = new Model<ContinuousFlow>(new Sequential([]), new ContinuousFlowHead(2, hidden: [8]) { Tolerance = 1e-12 }, DType.Float64).Build(2, Key);
        Tensor y = Key.FoldIn(2).Normal([3, 2], DType.Float64);
        GradientCheck.Run(() => -model.Predict(Examples).LogProb(y).Mean(), model.Parameters, new GradientCheckOptions { Order = 1 }).ThrowIfFailed();
    }

    [Fact]
    public void LogProbEstimate_OfManyDirections_IsTheExactOneWithinItsError()
    {
        var head = new HutchinsonFlowHead(2, FlowObjective.MaximumLikelihood, [8]) { Tolerance = 1e-8 };
        head.Build([2], new BuildContext("", Key, DType.Float64));
        Scatter(head.Parameters);
        Tensor y = Key.FoldIn(3).Normal([4, 3, 2], DType.Float64);
        Estimate estimate = head.Forward(Examples).LogProbEstimate(y, Key, 200);
        Tensor exact = Build(FlowObjective.MaximumLikelihood).Forward(Examples).LogProb(y);
        Assert.Equal(Evidence.Unbiased, estimate.Kind);
        Assert.Equal(Shape.Create([4, 3]), estimate.Value.Shape);

        // Twelve values at 5 standard errors.
        Assert.True((bool)((estimate.Value - exact).Abs() <= (5 * estimate.StandardError) + 1e-6).All(), $"{estimate.Value - exact} ± {estimate.StandardError}");
        Assert.True(estimate.StandardError.Max().ToScalar() < 0.3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Check_OfAnyDimension_Passes(int dimension)
    {
        var head = new ContinuousFlowHead(dimension, hidden: [8]) { Tolerance = 1e-7 };
        head.Build([2], new BuildContext("", Key, DType.Float64));
        Scatter(head.Parameters);
        ContinuousFlow flow = head.Rescale(head.Forward(Examples[0]), 3.0, Tensor.Linspace(0.5, 2, dimension, DType.Float64));
        FlowCheckResult found = Flows.Check(flow, draws: 16);
        Assert.True(found.Passed, $"{found}");
        Assert.Equal((dimension <= 2, 1e-5), (found.Integral is not null, found.Tolerance), (a, b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
    }

    [Fact]
    public void LogProbEstimate_OfOneDirection_IsRefused()
    {
        var head = new HutchinsonFlowHead(2, hidden: [4]);
        head.Build([0], new BuildContext("", Key, DType.Float64));
        HutchinsonFlow flow = head.Forward(Tensor.Zeros([0], DType.Float64));
        Assert.Contains(
            "at least two", Assert.Throws<ArgumentOutOfRangeException>(() => flow.LogProbEstimate(Tensor.From(0.0, 0), Key, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SaveAndLoad_GivesTheSameBits()
    {
        using var file = new TemporaryFile();
        Model<ContinuousFlow> model = Model.Sequential([], new ContinuousFlowHead(2, FlowObjective.MaximumLikelihood, [8], Activation.Tanh) { Steps = 3, Tolerance = 1e-4 })
            .Build(2, Key);
        Scatter(model.Parameters);
        model.TargetStandardizer = new(Tensor.From(1.0, 2), Tensor.From(0.5, 3));
        model.Save(file.Path);
        Model<ContinuousFlow> loaded = Model.Load<ContinuousFlow>(file.Path);
        Tensor x = Examples.Cast(DType.Float32), y = Key.Normal([3, 2]);
        Assert.Equal(model.Predict(x).LogProb(y).ToArray<float>(), loaded.Predict(x).LogProb(y).ToArray<float>());
        Assert.Equal(model.Head.Describe().ToJson().ToJsonString(), loaded.Head.Describe().ToJson().ToJsonString());
        Assert.False((bool)model.Predict(x).LogProb(Tensor.From(1e6f, -1e6f)).IsNaN().Any());
        Assert.Equal("HutchinsonFlowHead", LayerRegistry.CreateHead(new HutchinsonFlowHead(100).Describe()).Name);
    }

    [Fact]
    public void Loss_OptimalTransport_JoinsExamplesToTheNoiseThatIsNearest()
    {
        // The first velocity is 0, so that the loss is the squared distance of example and noise; on a line the nearest pairs are those in order. 256 are joined, then the rest.
        var head = new ContinuousFlowHead(1) { Coupling = FlowCoupling.OptimalTransport };
        head.Build([0], new BuildContext("", Key, DType.Float64));
        var context = new LossContext(Key.FoldIn(4), 0.5);
        Tensor y = Key.FoldIn(5).Normal([300, 1], DType.Float64).Square(), noise = context.Key.Split().Item1.Normal([300, 1], DType.Float64);
        double Least(Range rows) => (y[rows].Sort(0).Values - noise[rows].Sort(0).Values).Square().Sum().ToScalar();
        ContinuousFlow p = head.Forward(Tensor.Zeros([300, 0], DType.Float64));
        Assert.Equal(Least(..256) + Least(256..), head.Loss(p, y, context).Sum().ToScalar(), 1e-9);
        Tensor compiled = Graph.Compile((RandomKey key, Tensor[] inputs) => [head.Loss(p, inputs[0], new LossContext(key, 0.5))]).Run(context.Key, y)[0];
        Assert.True((compiled - head.Loss(p, y, context)).Abs().Max().ToScalar() < 1e-12);

        // It is saved, and nothing for models with features.
        Assert.Equal(head.Describe().ToString(), LayerRegistry.CreateHead(head.Describe()).Describe().ToString());
        var conditional = new HutchinsonFlowHead(2) { Coupling = FlowCoupling.OptimalTransport };
        Assert.Contains(
            "without features", Assert.Throws<ShapeException>(() => conditional.Build([3], new BuildContext("", Key, DType.Float64))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Forward_ThenOtherParameters_KeepsItsPrediction()
    {
        ContinuousFlowHead head = Build(FlowObjective.FlowMatching);
        ContinuousFlow before = head.Forward(Examples), scaled = head.Rescale(before, 1.0, 2.0);
        Tensor y = Key.FoldIn(6).Normal([3, 2], DType.Float64);
        double[][] Told() => [.. ((ContinuousFlow[])[before, scaled]).SelectMany(p => (double[][])[p.LogProb(y).ToArray<double>(), p.Sample(Key, 2).ToArray<double>()])];
        double[][] told = Told();
        Scatter(head.Parameters);
        Assert.Equal(told, Told());
        Assert.NotEqual(told[0], head.Forward(Examples).LogProb(y).ToArray<double>());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LogProb_OneRowThatIsNotFinite_LeavesTheOthers(double lost)
    {
        // Rows that are solved together share their steps, whose error is allowed for on average: 100 times the tolerance of 1e-8, as in Flows.Check.
        ContinuousFlowHead head = Build(FlowObjective.FlowMatching);
        Tensor x = Tensor.Concat([Tensor.From(lost, 0.0).Reshape(1, 2), Examples]), y = Key.FoldIn(7).Normal([4, 2], DType.Float64);
        ContinuousFlow all = head.Forward(x), others = head.Forward(Examples);
        Assert.True(double.IsNaN(all.LogProb(y)[0].ToScalar()));
        Assert.True((all.LogProb(y)[1..] - others.LogProb(y[1..])).Abs().Max().ToScalar() < 1e-6);
        Tensor draws = all.Sample(Key, 5);
        Assert.True((bool)draws[.., 0].IsNaN().All() && (bool)draws[.., 1..].IsFinite().All());

        // Of an outcome, and one set of features for all.
        Tensor values = Tensor.Concat([Tensor.From(0.5, double.NaN).Reshape(1, 2), y]);
        Assert.Equal([true, false, false, false, false], head.Forward(Examples[0]).LogProb(values).IsNaN().ToArray<bool>());
        Assert.True((bool)head.Forward(x[0]).LogProb(y).IsNaN().All());

        // Nor does such an outcome reach the gradient of the others.
        Tensor[] gradients = Gradient.ValueAndGradient(() => head.Forward(Examples[0]).LogProb(values)[1..].Sum(), head.Parameters).Gradients;
        Assert.All(gradients, gradient => Assert.True((bool)gradient.IsFinite().All()));
    }

    [Fact]
    public void LogProbEstimate_ValueOfAnotherLengthOrType_IsRefused()
    {
        var head = new HutchinsonFlowHead(3, hidden: [4]);
        head.Build([0], new BuildContext("", Key, DType.Float32));
        HutchinsonFlow flow = head.Forward(Tensor.Zeros([0]));

        Assert.Contains(
            "HutchinsonFlow.LogProbEstimate: the value has shape [1]; its last axis must be of length 3",
            Assert.Throws<ShapeException>(() => flow.LogProbEstimate(Tensor.From([0.5f]), Key, 2)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "HutchinsonFlow.LogProbEstimate: the value is Float64 [3], but the prediction is Float32; convert the value with Cast(DType.Float32).",
            Assert.Throws<DTypeException>(() => flow.LogProbEstimate(Tensor.From([0.5, 1, 2]), Key, 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LogProb_BeyondTheRangeOfTheType_IsMinusInfinityWithoutAGradient()
    {
        var head = new ContinuousFlowHead(2, hidden: [4]);
        head.Build([0], new BuildContext("", Key, DType.Float32));
        ContinuousFlow flow = head.Forward(Tensor.Zeros([0]));
        Tensor y = Tensor.From(new[,] { { 3e38f, 0 }, { 0.5f, -0.3f }, { -1e20f, 1e20f } });

        float[] log = flow.LogProb(y).ToArray<float>();

        Assert.Equal((float.NegativeInfinity, float.NegativeInfinity), (log[0], log[2]));
        Assert.Equal(flow.LogProb(y[1]).ToScalar(), log[1], 1e-4);
        float[] gradient = Gradient.Of(at => flow.LogProb(at).Sum(), y).ToArray<float>();
        Assert.All((int[])[0, 1, 4, 5], i => Assert.Equal(0, gradient[i]));
        Assert.True(gradient[2] != 0 && float.IsFinite(gradient[2]));
    }

    [Fact]
    public void Create_CouplingForTheLikelihood_IsRefused()
    {
        string message = Assert.Throws<ArgumentException>(
            () => new ContinuousFlowHead(2, FlowObjective.MaximumLikelihood) { Coupling = FlowCoupling.OptimalTransport }).Message;
        Assert.Contains("Coupling = OptimalTransport", message, StringComparison.Ordinal);
        Assert.Contains("MaximumLikelihood", message, StringComparison.Ordinal);
        Assert.Equal(FlowCoupling.Independent, new HutchinsonFlowHead(2, FlowObjective.MaximumLikelihood) { Coupling = FlowCoupling.Independent }.Coupling);
    }

    [Fact]
    public void Create_BeyondExactDimensions_PointsToTheOther() => Assert.Contains(
        "HutchinsonFlowHead", Assert.Throws<ArgumentOutOfRangeException>(() => new ContinuousFlowHead(65)).Message, StringComparison.Ordinal);

    private static ContinuousFlowHead Build(FlowObjective objective)
    {
        var head = new ContinuousFlowHead(2, objective, [8]) { Steps = 20, Tolerance = 1e-8 };
        head.Build([2], new BuildContext("", Key, DType.Float64));
        Scatter(head.Parameters);
        return head;
    }

    // Away from the flow that stands still, at which it starts.
    private static void Scatter(IReadOnlyList<Parameter> parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.Value += 0.4 * Key.Normal(parameter.Shape, parameter.DType);
        }
    }

    // The velocity from the parameters by name, written out once more.
    private static Tensor Velocity(ContinuousFlowHead head, Tensor t, Tensor y, Tensor context)
    {
        Tensor Value(string name) => head.Parameters.Single(parameter => parameter.Name == name).Value;
        Tensor angles = Math.PI * Tensor.From(1.0, 2, 3) * t;
        Tensor time = Tensor.Concat([t.Reshape(1), angles.Sin(), angles.Cos()]);
        Tensor hidden = y.MatMul(Value("input")) + time.MatMul(Value("time")) + context.MatMul(Value("context")) + Value("bias.0");
        return hidden.Silu().MatMul(Value("weight.1")) + Value("bias.1");
    }
}
