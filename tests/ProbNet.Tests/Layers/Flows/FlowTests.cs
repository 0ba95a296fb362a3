using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class FlowTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(7);
    private static readonly Tensor OneExample = Tensor.From(0.6, -1.1);
    private static readonly Tensor Examples = Key.FoldIn(1).Normal([3, FlowCase.Features], DType.Float64);

    public static TheoryData<string> Names => FlowCase.Names;

    [Fact]
    public void Table_EveryStepAndMap_IsInIt()
    {
        FlowStep[] steps = [.. FlowCase.All.Values.SelectMany(create => create().Steps).SelectMany(Nested)];
        IEnumerable<Type> maps = steps.Select(step => (step switch { CouplingStep c => c.Map, AutoregressiveStep a => a.Map, ElementwiseStep e => e.Map, _ => null })?.GetType())
            .OfType<Type>();
        Assert.Empty(Missing(typeof(FlowStep), steps.Select(step => step.GetType())));
        Assert.Empty(Missing(typeof(ElementMap), maps));

        static IEnumerable<FlowStep> Nested(FlowStep step) => step is InvertedStep inverted ? Nested(inverted.Step).Prepend(step) : [step];
        static IEnumerable<Type> Missing(Type kind, IEnumerable<Type> found) =>
            kind.Assembly.GetTypes().Where(type => type.IsSubclassOf(kind) && !type.IsAbstract).Except(found);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_OfEveryStep_Passes(string name)
    {
        FlowHead head = FlowCase.Build(name);
        FlowCheckResult one = Flows.Check(head.Forward(OneExample)), batch = Flows.Check(head.Forward(Examples));
        Assert.True(one.Passed, $"{name}: {one}");
        Assert.True(batch.Passed, $"{name}: {batch}");
        Assert.Equal(head.TargetShape[0] <= 2, one.Integral is not null);
    }

    [Fact]
    public void Mode_OfKnownDensities_IsTheirHighestPoint()
    {
        // exp of a Normal of deviation σ has its mode at exp(μ − σ²). A step that rises is taken, so the gap is what the last steps leave: less than a thousandth of a nat.
        Tensor loc = Tensor.From(new[,] { { 0.5, -1 }, { 0, 2 } }), scale = Tensor.From(new[,] { { 0.3, 1 }, { 0.7, 0.1 } });
        var normal = new Independent<Normal>(new Normal(loc, scale), 1);
        AssertMode(new TransformedVector(normal, new ExpTransform()), (loc - scale.Square()).Exp());

        // Coordinates that depend on each other: x₂ − x₁ is ten times as narrow as x₁.
        var shear = new MultivariateNormal(Tensor.From(2.0, -5), Tensor.From(new[,] { { 1.5, 0.0 }, { 1.5, 0.15 } }));
        AssertMode(new TransformedVector(shear, new AffineTransform(1, 2)), Tensor.From(5.0, -9));

        static void AssertMode(Distribution p, Tensor expected) =>
            Assert.All((p.LogProb(expected) - p.LogProb(p.Mode)).ToDoubles(), gap => Assert.InRange(gap, -1e-12, 1e-3));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_InParametersAndTargets_HasTheRightGradients(string name)
    {
        FlowHead head = FlowCase.Build(name);
        Tensor y = Key.FoldIn(2).Normal([3, head.TargetShape[0]], DType.Float64);
        var options = new GradientCheckOptions { Tolerance = 1e-6, Step = 1e-4 };
        Tensor Loss(Tensor target) => head.Loss(head.Forward(Examples), target, new LossContext(Key, 0.5)).Sum();
        GradientCheck.Run(Loss, y, options).ThrowIfFailed();
        if (head.Parameters.Count > 0)
        {
            GradientCheck.Run(() => Loss(y), head.Parameters, options with { Order = 1 }).ThrowIfFailed();

            // A parameter that is read past the gradient would agree with differences that do not see it either.
            Tensor[] gradients = Gradient.ValueAndGradient(() => Loss(y), head.Parameters).Gradients;
            Assert.All(gradients.Zip(head.Parameters), pair => Assert.True(pair.First.Abs().Max().ToScalar() > 0, $"{name}: {pair.Second.Name}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ValueAndLogDet_InBothDirections_HaveTheRightGradients(string name)
    {
        FlowHead head = FlowCase.Build(name);
        int n = head.TargetShape[0];
        Tensor weights = Tensor.Linspace(-1, 2, 3 * n, DType.Float64).Reshape(3, n);
        var options = new GradientCheckOptions { Tolerance = 1e-6, Step = 1e-4, Order = 1 };
        foreach (bool toNoise in (bool[])[true, false])
        {
            (Tensor Value, Tensor LogDet) Map(Tensor x) => toNoise ? head.ToNoise(Examples).ForwardAndLogDet(x) : head.ToNoise(Examples).InverseAndLogDet(x);
            Tensor from = Key.FoldIn(7).Normal([3, n], DType.Float64);
            GradientCheck.Run(x => (weights * Map(x).Value).Sum(), from, options).ThrowIfFailed();
            GradientCheck.Run(x => Map(x).LogDet.Sum(), from, options).ThrowIfFailed();
            if (head.Parameters.Count > 0)
            {
                GradientCheck.Run(() => (weights * Map(from).Value).Sum() + Map(from).LogDet.Sum(), head.Parameters, options).ThrowIfFailed();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LogProb_FarAway_IsNotNaN(string name)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            FlowHead head = FlowCase.Build(name, dtype);
            int n = head.TargetShape[0];
            Tensor far = Tensor.Concat([Tensor.Full([1, n], 1e6, dtype), Tensor.Full([1, n], -1e6, dtype), 1e6 * Tensor.Eye(n, dtype)]);
            TransformedVector flow = head.Forward(OneExample.Cast(dtype));
            Assert.True((bool)(flow.LogProb(far) < 0).All(), $"{name} {dtype}: {flow.LogProb(far)}");
            Tensor gradient = Gradient.Of(y => flow.LogProb(y).Sum(), far);
            Assert.False((bool)gradient.IsNaN().Any(), $"{name} {dtype}: {gradient}");

            // Noise that never comes: the other direction.
            (Tensor value, Tensor logDet) = flow.Transform.ForwardAndLogDet(far);
            Assert.False((bool)value.IsNaN().Any() || (bool)logDet.IsNaN().Any(), $"{name} {dtype}: {value} {logDet}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LogProb_BeyondTheRangeOfTheType_IsMinusInfinityWithoutAGradient(string name)
    {
        FlowHead head = FlowCase.Build(name, DType.Float32);
        int n = head.TargetShape[0];
        TransformedVector flow = head.Forward(OneExample.Cast(DType.Float32));
        Tensor far = Tensor.Stack([Tensor.Full([n], 3e38f), Tensor.Full([n], 0.3f), Tensor.Full([n], -3e38f)]);

        float[] log = flow.LogProb(far).ToArray<float>(), gradient = Gradient.Of(y => flow.LogProb(y).Sum(), far).ToArray<float>();

        Assert.Equal((float.NegativeInfinity, float.NegativeInfinity), (log[0], log[2]));
        Assert.Equal(flow.LogProb(far[1]).ToScalar(), log[1], 1e-4);
        Assert.All(gradient, slope => Assert.True(float.IsFinite(slope), $"{name}: {slope}"));
        Assert.All(gradient[..n].Concat(gradient[(2 * n)..]), slope => Assert.Equal(0, slope));
        Assert.True((bool)flow.LogProb(Tensor.Full([n], float.NaN)).IsNaN().All());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void LogProb_OfSamplesAndBatches_IsThatOfEachRow(string name)
    {
        FlowHead head = FlowCase.Build(name);
        int n = head.TargetShape[0];
        TransformedVector batch = head.Forward(Examples);
        Assert.Equal(Shape.Create([3]), batch.BatchShape);
        Assert.Equal(Shape.Create([n]), batch.EventShape);
        Tensor values = Key.FoldIn(3).Normal([5, 3, n], DType.Float64), log = batch.LogProb(values);
        Assert.Equal(Shape.Create([5, 3]), log.Shape);
        for (int i = 0; i < 3; i++)
        {
            Tensor alone = head.Forward(Examples[i]).LogProb(values[.., i]);
            Assert.True((alone - log[.., i]).Abs().Max().ToScalar() < 1e-11, name);
        }

        // One point for all examples.
        Assert.True((batch.LogProb(values[0, 0]) - batch.LogProb(Tensor.Stack([values[0, 0], values[0, 0], values[0, 0]]))).Abs().Max().ToScalar() < 1e-12);
        Assert.Equal(Shape.Create([4, 3, n]), batch.Sample(Key, 4).Shape);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Loss_Compiled_IsThatOfTheOperations(string name)
    {
        FlowHead head = FlowCase.Build(name);
        Tensor y = Key.FoldIn(4).Normal([3, head.TargetShape[0]], DType.Float64);
        Tensor Loss(Tensor x, Tensor target) => head.Loss(head.Forward(x), target, new LossContext(Key, 0.5));
        Assert.True((Graph.Compile(Loss).Call(Examples, y) - Loss(Examples, y)).Abs().Max().ToScalar() < 1e-11);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SaveAndLoad_GiveTheSameBits(string name)
    {
        using var file = new TemporaryFile();
        Model<TransformedVector> model = Model.Sequential([], FlowCase.All[name]()).Build(FlowCase.Features, Key);
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Value += 0.3 * Key.Normal(parameter.Shape);
        }

        model.Save(file.Path);
        Model<TransformedVector> loaded = Model.Load<TransformedVector>(file.Path);
        Tensor x = Examples.Cast(DType.Float32), y = Key.FoldIn(5).Normal([3, model.Head.TargetShape[0]]);
        Assert.Equal(model.Predict(x).LogProb(y).ToArray<float>(), loaded.Predict(x).LogProb(y).ToArray<float>());
        Assert.Equal(model.Head.ToString(), loaded.Head.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_ThenOtherParameters_KeepsItsPrediction(string name)
    {
        FlowHead head = FlowCase.Build(name);
        TransformedVector flow = head.Forward(Examples);
        Tensor y = Key.FoldIn(8).Normal([3, head.TargetShape[0]], DType.Float64);
        double[] log = flow.LogProb(y).ToArray<double>(), draws = flow.Sample(Key, 2).ToArray<double>();
        foreach (Parameter parameter in head.Parameters)
        {
            parameter.Value += 0.3 * Key.Normal(parameter.Shape, DType.Float64);
        }

        Assert.Equal(log, flow.LogProb(y).ToArray<double>());
        Assert.Equal(draws, flow.Sample(Key, 2).ToArray<double>());
        Assert.Equal(head.Parameters.Count == 0, log.SequenceEqual(head.Forward(Examples).LogProb(y).ToArray<double>()));
    }

    [Theory]
    [InlineData("right")]
    [InlineData("log-determinant")]
    [InlineData("inverse")]
    [InlineData("NaN")]
    public void Check_OfAStepThatIsWrong_DoesNotPass(string kind)
    {
        var head = new FlowHead(3, new DoublingStep(kind));
        head.Build([0], new BuildContext("", Key, DType.Float64));
        FlowCheckResult found = Flows.Check(head.Forward(Tensor.Zeros([0], DType.Float64)));
        Assert.True(found.Passed == (kind == "right"), $"{found}");
        Assert.Equal(kind is "log-determinant" or "NaN", !(found.LogDetError <= found.Tolerance));
        Assert.Equal(kind is "inverse" or "NaN", !(found.RoundTripError <= found.Tolerance));
    }

    [Fact]
    public void Initialize_OfWhatDoesNotVary_LeavesItsScale()
    {
        // One vector has no deviation, and neither has a constant coordinate of several.
        foreach (int rows in (int[])[1, 4])
        {
            var step = new ActNormStep();
            step.Build(2, 0, new BuildContext("", Key, DType.Float64));
            Tensor values = Tensor.From(3.0, 5.0).BroadcastTo([rows, 2]);
            step.Initialize(values);
            Assert.Equal(new double[2 * rows], step.Bind(Tensor.Zeros([0], DType.Float64)).Forward(values).ToDoubles());
            Assert.Equal([0.0, 0.0], step.Parameters[1].Value.ToDoubles());
            step.InitializeInverse(values);
            Assert.Equal(new double[2 * rows], step.Bind(Tensor.Zeros([0], DType.Float64)).Inverse(values).ToDoubles());
            Assert.Equal([0.0, 0.0], step.Parameters[1].Value.ToDoubles());
        }
    }

    [Fact]
    public void Fit_ActNormOnGreyLevels_SeesThemWithTheirNoise()
    {
        // The first coordinate is 3 in all of 1,000 examples (all of which are shown): uniform on [3, 4) with its noise, of mean 3.5 and variance 1/12.
        const int Rows = 1000;
        var step = new ActNormStep();
        Model<TransformedVector> model = Model.Unconditional(new FlowHead(2, step), DType.Float64);
        Tensor y = Tensor.Stack([Tensor.Full([Rows], 3, DType.Float64), Key.Normal([Rows], DType.Float64)], -1);
        model.Fit(y, new FitOptions { Epochs = 0, Dequantization = 1, StandardizeTargets = false, ShowProgress = false });
        Assert.Equal(3.5, step.Parameters[0].Value[0].ToScalar(), 5 / Math.Sqrt(12.0 * Rows));
        Assert.Equal(1.0 / 12, Math.Exp(2 * step.Parameters[1].Value[0].ToScalar()), 5 * Math.Sqrt(((1.0 / 80) - (1.0 / 144)) / Rows));
    }

    [Fact]
    public void Describe_SettingsThatAreNotDefault_GoThroughTheRegistry()
    {
        FlowStep[] steps =
        [
            new CouplingStep(ElementMap.Affine(1.5), swap: true, [3, 4], Activation.Tanh), new AutoregressiveStep(ElementMap.Spline(5, 2.5, true), hidden: [7]),
            new InvertedStep(new HouseholderStep(2)), new PermutationStep([1, 0]), new ElementwiseStep(ElementMap.Shift),
        ];
        foreach (FlowStep step in steps)
        {
            string text = step.Describe().ToJson().ToJsonString();
            Assert.Equal(text, LayerRegistry.CreateFlowStep(LayerDescription.FromJson(JsonNode.Parse(text))).Describe().ToJson().ToJsonString());
        }
    }

    [Fact]
    public void Fit_ActNorm_StandardizesWhatItSeesFirst()
    {
        // Fewer examples than the steps are shown at most: all of them. What each ActNorm gives has mean 0 and variance 1, whatever stands before it and whichever way round.
        FlowStep[] steps = [new PlanarStep(), new ActNormStep(), new ElementwiseStep(ElementMap.Spline(5, 2)), new RadialStep(), new InvertedStep(new ActNormStep())];
        Tensor x = Key.Normal([500, FlowCase.Features], DType.Float64), y = (Key.FoldIn(6).Normal([500, 2], DType.Float64) + x).Exp();
        Model<TransformedVector> model = new(new Sequential(new Dense(3, Activation.Tanh)), new FlowHead(2, steps), DType.Float64);
        model.Fit(x, y, new FitOptions { Epochs = 0, Key = Key });
        Tensor features = model.Body.Forward(model.PrepareInputs(x, "test"), ForwardContext.Inference), value = model.TargetStandardizer!.Apply(y, DType.Float64);
        int standardized = 0;
        foreach (FlowStep step in steps)
        {
            value = step.Bind(features).Forward(value);
            if (step.IsInitializedByData)
            {
                standardized++;
                Assert.True(value.Mean(0).Abs().Max().ToScalar() < 1e-12, $"{step}: {value.Mean(0)}");
                Assert.True((value.Std(0) - 1).Abs().Max().ToScalar() < 1e-12, $"{step}: {value.Std(0)}");
            }
        }

        Assert.Equal(2, standardized);
    }

    [Fact]
    public void Fit_ActNormInTheLikelihoodOfAnAutoencoder_SeesTheExamples()
    {
        var step = new ActNormStep();
        Model<Vae> model = Model.Unconditional(new VaeHead(2, [new Dense(4)], [new Dense(3)], new FlowHead(2, new ElementwiseStep(), step)));
        model.Fit(5 + Key.Normal([200, 2]), new FitOptions { Epochs = 0, StandardizeTargets = false });
        Assert.True((step.Parameters[0].Value - 5).Abs().Max().ToScalar() < 5 / Math.Sqrt(200), $"{step.Parameters[0].Value}");
    }

    [Fact]
    public void Errors_OfWrongSettings_NameTheRule()
    {
        var step = new CouplingStep(ElementMap.Shift);
        Assert.Throws<ArgumentException>(() => new FlowHead(2, step, step));
        Assert.Throws<ArgumentException>(() => new FlowHead(2));
        Assert.Throws<ArgumentException>(() => new CouplingStep(ElementMap.Shift, hidden: []));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElementMap.Spline(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ElementMap.Affine(0));
        Assert.Contains("no parameters yet", Assert.Throws<InvalidOperationException>(() => step.Bind(OneExample)).Message, StringComparison.Ordinal);
        var permutation = new FlowHead(3, new LuLinearStep(), new PermutationStep([1, 0]));
        Assert.Contains("vectors of 2", Assert.Throws<ShapeException>(() => permutation.Build([2], new BuildContext("", Key, DType.Float32))).Message, StringComparison.Ordinal);
        Assert.All(permutation.Steps, s => Assert.False(s.IsBuilt));
    }

    // x to 2x, or wrong in what it is told to be wrong in.
    private sealed class DoublingStep(string kind) : FlowStep
    {
        public override LayerDescription Describe() => new(Name);

        protected override void OnBuild(int dimension, int context, BuildContext build)
        {
        }

        protected override Transform OnBind(Tensor context) => new Doubling(kind);
    }

    private sealed class Doubling(string kind) : Transform
    {
        public override int EventRank => 1;

        public override Support Domain => Support.Real;

        public override Support Codomain => Support.Real;

        public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
        {
            Tensor one = 1 + (0 * x.Sum(-1));
            return (2 * Lost(x), one * (kind == "log-determinant" ? 1 : x.Shape[^1] * Math.Log(2)));
        }

        public override Tensor Inverse(Tensor y) => (Lost(y) / 2) + (kind == "inverse" ? 0.1 : 0);

        // Some rows of draws, not all.
        private Tensor Lost(Tensor x) => kind == "NaN" ? Tensor.Where(x[TensorIndex.Ellipsis, ..1] > 1, double.NaN, x) : x;
    }
}
