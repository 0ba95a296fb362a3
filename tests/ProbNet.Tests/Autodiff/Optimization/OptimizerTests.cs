using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

// The update formulas themselves are held by the cases of training.json (PyTorch, 20 steps each), which run in Oracles/.
public class OptimizerTests
{
    public static TheoryData<string> Names => [.. s_all.Keys];

    private static readonly Dictionary<string, Func<Optimizer>> s_all = new()
    {
        ["Sgd"] = () => new Sgd(0.01),
        ["Sgd with momentum"] = () => new Sgd(0.01, momentum: 0.9, nesterov: true),
        ["AdaGrad"] = () => new AdaGrad(0.1, initialSum: 0.1),
        ["RmsProp"] = () => new RmsProp(0.01, centered: true, momentum: 0.5),
        ["AdaDelta"] = () => new AdaDelta(),
        ["Adam"] = () => new Adam(0.05),
        ["AMSGrad"] = () => new Adam(0.05, amsGrad: true),
        ["AdamW"] = () => new AdamW(0.05),
        ["Adamax"] = () => new Adamax(0.05),
        ["NAdam"] = () => new NAdam(0.05),
        ["RAdam"] = () => new RAdam(0.05),
        ["Adam with a schedule"] = () => new Adam(new LinearWarmup(new ReduceOnPlateau(0.05, patience: 1), 3)),
    };

    private static Parameter[] Model(DType dtype) =>
    [
        new("w", Tensor.From([0.5, -1.0, 1.2, 0.25, 1.4, -0.75, 0.1], [7]).Cast(dtype)),
        new("b", Tensor.Scalar(0.3, dtype)),
        new("empty", Tensor.Zeros([0, 4], dtype)),
    ];

    private static void Train(Optimizer optimizer, Parameter[] model, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => (0.1 * ((model[0].Read() * model[0]) + model[1]) * model[0]).Tanh().Sum(), model);
            optimizer.Step(model, gradients);
            optimizer.LearningRate.Report(loss.ToScalar());
        }
    }

    // A mean of gradients loses a tenth a step, their mean square a thousandth: from 1E-9 and 1E-18 on they are below 1.2E-38, the least normal number, after 700 and 38,000 steps.
    [Theory]
    [MemberData(nameof(Names))]
    public void Step_GradientsBecomeZero_StateIsNeverSubnormal(string name)
    {
        Parameter weight = new("w", Tensor.Zeros([2]));
        Optimizer optimizer = s_all[name]();
        optimizer.Step([weight], [Tensor.From(1e-9f, -1e-19f)]);
        for (int i = 0; i < 40_000; i++)
        {
            optimizer.Step([weight], [s_noGradient]);
            if (i % 100 == 0)
            {
                Assert.DoesNotContain(
                    optimizer.ExportState().Values.Where(state => state.DType == DType.Float32).SelectMany(state => state.ToArray<float>()), float.IsSubnormal);
            }
        }
    }

    private static readonly Tensor s_noGradient = Tensor.Zeros([2]);

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_Float32AndFloat64_TakeTheSamePath(string name)
    {
        Parameter[] narrow = Model(DType.Float32), wide = Model(DType.Float64);
        Train(s_all[name](), narrow, 10);
        Train(s_all[name](), wide, 10);
        Assert.Equal(DType.Float32, narrow[0].Value.DType);
        double[] expected = wide[0].Value.ToDoubles(), actual = narrow[0].Value.ToDoubles();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-3);
            Assert.NotEqual(Model(DType.Float64)[0].Value.ToDoubles()[i], expected[i]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ImportState_AfterExport_ResumesBitForBit(string name)
    {
        Parameter[] straight = Model(DType.Float32), resumed = Model(DType.Float32);
        Optimizer optimizer = s_all[name]();
        Train(optimizer, straight, 7);
        IReadOnlyDictionary<string, Tensor> state = optimizer.ExportState();
        for (int i = 0; i < straight.Length; i++)
        {
            resumed[i].Value = straight[i].Value;
        }

        Train(optimizer, straight, 5);
        Optimizer second = s_all[name]();
        second.ImportState(state, resumed);
        Assert.Equal(7, second.StepCount);
        Train(second, resumed, 5);
        Assert.Equal(straight[0].Value.ToArray<float>(), resumed[0].Value.ToArray<float>());
        Assert.Equal(straight[1].Value.ToArray<float>(), resumed[1].Value.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reset_ThenTraining_RepeatsTheFirstRun(string name)
    {
        Optimizer optimizer = s_all[name]();
        Parameter[] first = Model(DType.Float32), second = Model(DType.Float32);
        Train(optimizer, first, 3);
        optimizer.Reset();
        Train(optimizer, second, 3);
        Assert.Equal(first[0].Value.ToArray<float>(), second[0].Value.ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_VectorAndTail_GiveTheSameUpdate(string name)
    {
        // All elements are equal, so that the padded last vector must agree with the whole ones.
        var parameter = new Parameter("w", Tensor.Full([67], 0.5));
        Optimizer optimizer = s_all[name]();
        for (int i = 0; i < 4; i++)
        {
            optimizer.Step([parameter], [Tensor.Full([67], 0.125 * (i + 1))]);
        }

        Assert.Single(parameter.Value.ToArray<float>().Distinct());
    }

    [Fact]
    public void Step_LeavesEarlierValuesAlone()
    {
        var parameter = new Parameter("w", Tensor.Ones([3]));
        Tensor before = parameter.Value;
        new Sgd(0.5).Step([parameter], [Tensor.Ones([3])]);
        Assert.Equal([1f, 1f, 1f], before.ToArray<float>());
        Assert.Equal([0.5f, 0.5f, 0.5f], parameter.Value.ToArray<float>());
    }

    [Fact]
    public void Step_ScheduleAsRate_UsesTheRateOfEachStep()
    {
        var parameter = new Parameter("w", Tensor.Scalar(0, DType.Float64));
        var optimizer = new Sgd(new StepDecay(1, stepSize: 2, gamma: 0.5));
        for (int i = 0; i < 4; i++)
        {
            optimizer.Step([parameter], [Tensor.Scalar(-1, DType.Float64)]);
        }

        // 1 + 1 + 0.5 + 0.5.
        Assert.Equal(3, parameter.Value.ToScalar());
        Assert.Equal(0.25, optimizer.CurrentLearningRate);
    }

    [Fact]
    public void Step_RefusedArguments_ChangeNothing()
    {
        Parameter a = new("a", Tensor.Ones([2])), b = new("b", Tensor.Ones([3]));
        var optimizer = new Adam(0.1);
        Assert.Contains("'b' has shape [2]", Assert.Throws<ShapeException>(() => optimizer.Step([a, b], [Tensor.Ones([2]), Tensor.Ones([2])])).Message);
        Assert.Contains("'b' is Float64", Assert.Throws<DTypeException>(() => optimizer.Step([a, b], [Tensor.Ones([2]), Tensor.Ones([3], DType.Float64)])).Message);
        Assert.Contains("1 gradients for 2", Assert.Throws<ShapeException>(() => optimizer.Step([a, b], [Tensor.Ones([2])])).Message);
        Assert.Contains("'a' is given twice", Assert.Throws<ArgumentException>(() => optimizer.Step([a, a], [Tensor.Ones([2]), Tensor.Ones([2])])).Message);
        Assert.Equal([1f, 1f], a.Value.ToArray<float>());
        Assert.Equal(0, optimizer.StepCount);
    }

    [Fact]
    public void ImportState_ThatDoesNotFit_ListsEveryDifferenceAndChangesNothing()
    {
        Parameter[] model = Model(DType.Float32);
        var adam = new Adam(0.1);
        Train(adam, model, 2);
        var state = new Dictionary<string, Tensor>(adam.ExportState()) { ["w/mean"] = Tensor.Ones([2]), ["other/mean"] = Tensor.Ones([2]) };
        state.Remove("b/meanSquare");
        ArgumentException error = Assert.Throws<ArgumentException>(() => adam.ImportState(state, model));
        Assert.Contains("'w/mean' is Float32 [2], but Float32 [7] is needed", error.Message);
        Assert.Contains("'b/meanSquare' is missing", error.Message);
        Assert.Contains("'other/mean' is not part", error.Message);
        Assert.Equal(2, adam.StepCount);
    }

    [Fact]
    public void ExportState_TwoParametersOfOneName_IsRefused()
    {
        Parameter a = new("w", Tensor.Ones([2])), b = new("w", Tensor.Ones([2]));
        var optimizer = new Sgd(0.1);
        optimizer.Step([a, b], [Tensor.Ones([2]), Tensor.Ones([2])]);
        Assert.Contains("two parameters are named 'w'", Assert.Throws<InvalidOperationException>(optimizer.ExportState).Message);
    }

    [Fact]
    public void Constructors_NumbersOutOfRange_NameTheNumberAndTheRange()
    {
        void Refused(Action create, string message) => Assert.Contains(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message);
        Refused(() => new Sgd(-0.1), "rate is -0.1");
        Refused(() => new Sgd(0.1, momentum: 1), "Sgd: momentum is 1; it must be in [0, 1).");
        Refused(() => new Adam(0.1, beta1: 1.2), "Adam: beta1 is 1.2; it must be in [0, 1).");
        Refused(() => new Adam(0.1, beta2: double.NaN), "Adam: beta2 is NaN");
        Refused(() => new AdamW(0.1, weightDecay: -1), "AdamW: weightDecay is -1; it must be finite and not negative.");
        Refused(() => new RmsProp(0.1, alpha: 1), "RmsProp: alpha is 1");
        Refused(() => new AdaDelta(0.1, rho: -0.5), "AdaDelta: rho is -0.5");
        Refused(() => new AdaGrad(0.1, epsilon: double.PositiveInfinity), "AdaGrad: epsilon is Infinity");
        Assert.Throws<ArgumentException>(() => new Sgd(0.1, nesterov: true));
    }

    [Fact]
    public void Step_OwnOptimizer_NeedsOneLoop()
    {
        var parameter = new Parameter("w", Tensor.From(1f, -2f));
        new SignDescent(0.25).Step([parameter], [Tensor.From(3f, -0.1f)]);
        Assert.Equal([0.75f, -1.75f], parameter.Value.ToArray<float>());
    }

    private sealed class SignDescent(Schedule rate) : Optimizer(rate)
    {
        protected override IReadOnlyList<string> BufferNames => [];

        protected override void Update<T>(
            ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = value[i] - T.CopySign(T.CreateChecked(learningRate), gradient[i]);
            }
        }
    }
}
