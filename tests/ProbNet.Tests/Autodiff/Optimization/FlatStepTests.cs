using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class FlatStepTests
{
    private static readonly int[] s_sizes = [67, 1, 0, 16, 33, 5];

    private static readonly Dictionary<string, Func<Optimizer>> s_all = new()
    {
        ["Sgd"] = () => new Sgd(0.01, weightDecay: 0.1),
        ["Sgd with momentum"] = () => new Sgd(0.01, momentum: 0.9, dampening: 0.2),
        ["Sgd Nesterov"] = () => new Sgd(0.01, momentum: 0.9, nesterov: true),
        ["AdaGrad"] = () => new AdaGrad(0.1, rateDecay: 0.1, initialSum: 0.1),
        ["RmsProp"] = () => new RmsProp(0.01),
        ["RmsProp centered"] = () => new RmsProp(0.01, centered: true, momentum: 0.5),
        ["AdaDelta"] = () => new AdaDelta(),
        ["Adam"] = () => new Adam(0.05, weightDecay: 0.01),
        ["Adam without epsilon"] = () => new Adam(0.05, epsilon: 0),
        ["AMSGrad"] = () => new Adam(0.05, amsGrad: true),
        ["AdamW"] = () => new AdamW(0.05),
        ["Adamax"] = () => new Adamax(0.05, epsilon: 0),
        ["NAdam"] = () => new NAdam(0.05),
        ["RAdam"] = () => new RAdam(0.05),
        ["Adam with a schedule"] = () => new Adam(new CosineAnnealing(0.1, 10)),
        ["Own"] = () => new SignDescent(0.25, elementwise: false),
        ["Own elementwise"] = () => new SignDescent(0.25, elementwise: true),
    };

    public static TheoryData<string> Names => [.. s_all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepFlat_Float32_HasTheBitsOfStep(string name) => Compare<float>(s_all[name], (_, _) => true);

    [Theory]
    [MemberData(nameof(Names))]
    public void StepFlat_Float64_HasTheBitsOfStep(string name) => Compare<double>(s_all[name], (_, _) => true);

    [Theory]
    [MemberData(nameof(Names))]
    public void StepFlat_MixedWithStep_HasTheBitsOfStep(string name) => Compare<float>(s_all[name], (step, _) => step % 3 != 1);

    [Theory]
    [MemberData(nameof(Names))]
    public void StepFlat_AfterExportAndImport_HasTheBitsOfStep(string name) => Compare<float>(
        s_all[name],
        (step, run) =>
        {
            // The state moves to another optimizer, now from flat arrays and now from arrays of their own.
            if (step % 4 == 2)
            {
                Optimizer next = s_all[name]();
                next.ImportState(run.Optimizer.ExportState(), run.Parameters);
                run.Optimizer = next;
            }

            return step % 8 < 4;
        });

    [Theory]
    [MemberData(nameof(Names))]
    public void Plan_AsAProgram_HasTheBitsOfStep(string name)
    {
        ComparePlan<float>(s_all[name]);
        ComparePlan<double>(s_all[name]);
    }

    [Fact]
    public void StepFlat_ParametersWithDifferentSteps_StepsEachOnItsOwn() => Compare<float>(
        () => new Adam(0.05),
        (step, run) =>
        {
            if (step == 5)
            {
                // Both sides take one more step of the second parameter alone.
                run.Alone([1]);
            }

            return true;
        });

    [Fact]
    public void StepFlat_LargeBuffer_HasTheBitsOfStep()
    {
        var parameter = new Parameter("w", Random([200_003], 1, DType.Float32));
        Tensor gradient = Random([200_003], 2, DType.Float32);
        var run = new Run<float>([parameter], new Adam(0.01));
        Assert.True(run.Step([gradient], flat: true));
        var plain = new Parameter("w", Random([200_003], 1, DType.Float32));
        new Adam(0.01).Step([plain], [gradient]);

        Assert.Equal(plain.Value.ToArray<float>(), parameter.Value.ToArray<float>());
    }

    [Theory]
    [InlineData("Adam", float.NaN)]
    [InlineData("Sgd", float.PositiveInfinity)]
    [InlineData("RmsProp centered", float.NaN)]
    [InlineData("Own", float.NegativeInfinity)]
    [InlineData("Own elementwise", float.NaN)]
    public void StepFlat_WeightThatIsNotFinite_IsReported(string name, float bad)
    {
        for (int where = 0; where < 67; where += 11)
        {
            Parameter[] parameters = Parameters(DType.Float32);
            float[] weights = parameters[0].Value.ToArray<float>();
            weights[where] = bad;
            var run = new Run<float>(parameters, s_all[name]());
            Assert.True(run.Step(Gradients(0, DType.Float32), flat: true));
            parameters[0].Value = Tensor.From(weights);
            Assert.False(run.Step(Gradients(1, DType.Float32), flat: true));
        }
    }

    [Fact]
    public void StepFlat_RuleWithoutEpsilonAndSomePadding_IsFinite()
    {
        // 0/0 in the padding must neither be reported nor stay there; Compare looks at the padding too.
        var run = new Run<float>(Parameters(DType.Float32), new RmsProp(0.01, epsilon: 0));
        for (int step = 0; step < 3; step++)
        {
            Assert.True(run.Step(Gradients(step, DType.Float32), flat: true));
        }
    }

    [Fact]
    public unsafe void StepFlat_AfterTheFirst_AllocatesNothing()
    {
        var layout = new FlatLayout(Parameters(DType.Float32));
        float[] value = new float[layout.Length], gradient = new float[layout.Length], result = new float[layout.Length];
        var optimizer = new Adam(0.01);
        fixed (float* v = value, g = gradient, r = result)
        {
            optimizer.StepFlat(layout, v, g, r);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                optimizer.StepFlat(layout, v, g, r);
            }

            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        Assert.Equal(101, optimizer.StepCount);
    }

    [Fact]
    public void Reset_AfterFlatSteps_StartsAnew()
    {
        var optimizer = new Adam(0.05);
        Parameter[] first = Parameters(DType.Float32), second = Parameters(DType.Float32);
        var run = new Run<float>(first, optimizer);
        run.Step(Gradients(0, DType.Float32), flat: true);
        float[] once = first[0].Value.ToArray<float>();
        run.Step(Gradients(0, DType.Float32), flat: true);
        optimizer.Reset();
        for (int i = 0; i < first.Length; i++)
        {
            first[i].Value = second[i].Value;
        }

        run.Step(Gradients(0, DType.Float32), flat: true);
        Assert.Equal(once, first[0].Value.ToArray<float>());
    }

    private static void Compare<T>(Func<Optimizer> create, Func<int, Run<T>, bool> flat) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DType dtype = typeof(T) == typeof(float) ? DType.Float32 : DType.Float64;
        Run<T> eager = new(Parameters(dtype), create()), mixed = new(Parameters(dtype), create());
        for (int step = 0; step < 20; step++)
        {
            Tensor[] gradients = Gradients(step, dtype);
            flat(step, eager);
            eager.Step(gradients, flat: false);
            mixed.Step(gradients, flat(step, mixed));
            Assert.Equal(eager.Optimizer.StepCount, mixed.Optimizer.StepCount);
            for (int i = 0; i < s_sizes.Length; i++)
            {
                Assert.Equal(eager.Parameters[i].Value.ToArray<T>(), mixed.Parameters[i].Value.ToArray<T>());
                Assert.Equal(dtype, mixed.Parameters[i].DType);
            }
        }

        IReadOnlyDictionary<string, Tensor> expected = eager.Optimizer.ExportState(), actual = mixed.Optimizer.ExportState();
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (string key in expected.Keys)
        {
            Assert.Equal(expected[key].ToDoubles(), actual[key].ToDoubles());
        }
    }

    private static void ComparePlan<T>(Func<Optimizer> create) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Size = 19;
        DType dtype = typeof(T) == typeof(float) ? DType.Float32 : DType.Float64;
        Optimizer optimizer = create(), planner = create();
        var parameter = new Parameter("w", Random([Size], 5, dtype));
        var state = new ParameterState(parameter, 0, 1);
        long[][] values = [.. parameter.Value.ToArray<T>().Select(value => new[] { KernelInterpreter.Bits(value), 0, 0, 0 })];
        for (int step = 0; step < 20; step++)
        {
            Tensor gradient = Random([Size], 50 + step, dtype);
            state.Step++;
            if (planner.Plan(state, optimizer.CurrentLearningRate) is not { } plan)
            {
                Assert.IsType<SignDescent>(planner);
                return;
            }

            KernelProgram program = plan.Rule.Program(dtype);
            double[] numbers = plan.Arguments;
            Assert.Equal(program.Numbers, numbers.Length);
            optimizer.Step([parameter], [gradient]);
            for (int i = 0; i < Size; i++)
            {
                long[] inputs = [values[i][0], KernelInterpreter.Bits(gradient.ToArray<T>()[i]), .. values[i][1..(1 + plan.Rule.Buffers)]];
                KernelInterpreter.Run(program, inputs, numbers, [], values[i].AsSpan(0, 1 + plan.Rule.Buffers));
            }

            Tensor[] buffers = [.. optimizer.ExportState()
                .Where(part => part.Key.StartsWith("w/", StringComparison.Ordinal) && part.Value.Size == Size)
                .Select(part => part.Value)];
            Assert.Equal(plan.Rule.Buffers, buffers.Length);
            Tensor[] expected = [parameter.Value, .. buffers];
            for (int k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k].ToArray<T>(), values.Select(all => KernelInterpreter.Value<T>(all[k])));
            }
        }
    }

    private static Parameter[] Parameters(DType dtype) => [.. s_sizes.Select((size, i) => new Parameter($"p{i}", Random([size], 100 + i, dtype)))];

    private static Tensor[] Gradients(int step, DType dtype) => [.. s_sizes.Select((size, i) => Random([size], 1000 + (10 * step) + i, dtype))];

    private static Tensor Random(Shape shape, int key, DType dtype) => RandomKey.FromSeed(key).Normal(shape, dtype);

    private sealed class Run<T>(Parameter[] parameters, Optimizer optimizer) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly FlatLayout _layout = new(parameters);

        public Parameter[] Parameters => parameters;

        public Optimizer Optimizer { get; set; } = optimizer;

        /// <summary>One step either way; whether the result is finite.</summary>
        public unsafe bool Step(Tensor[] gradients, bool flat)
        {
            if (!flat)
            {
                Optimizer.Step(parameters, gradients);
                return true;
            }

            // Some elements more, so that the buffers begin anywhere.
            T[] value = new T[_layout.Length + 3], gradient = new T[_layout.Length + 3], result = new T[_layout.Length + 3];
            result.AsSpan().Fill(T.One);
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value.ToArray<T>().CopyTo(value, _layout.Offsets[i] + 3);
                gradients[i].ToArray<T>().CopyTo(gradient, _layout.Offsets[i] + 3);
            }

            T[] before = [.. value];
            bool finite;
            fixed (T* v = value, g = gradient, r = result)
            {
                finite = Optimizer.StepFlat(_layout, v + 3, g + 3, r + 3).IsFinite;
            }

            Assert.Equal(before, value);
            T[] padding = [.. result.AsSpan(3)];
            for (int i = 0; i < parameters.Length; i++)
            {
                int size = parameters[i].Shape.Size;
                parameters[i].Value = Tensor.From(result.AsSpan(_layout.Offsets[i] + 3, size).ToArray());
                padding.AsSpan(_layout.Offsets[i], size).Clear();
            }

            Assert.All(padding, x => Assert.Equal(T.Zero, x));
            return finite;
        }

        /// <summary>A step of some parameters alone.</summary>
        public void Alone(int[] which) =>
            Optimizer.Step([.. which.Select(i => parameters[i])], [.. which.Select(i => Tensor.Full(parameters[i].Shape, 0.5))]);
    }

    private sealed class SignDescent(Schedule rate, bool elementwise) : Optimizer(rate)
    {
        protected override IReadOnlyList<string> BufferNames => ["sum"];

        protected override bool IsElementwise => elementwise;

        protected override void Update<T>(
            ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        {
            Span<T> sum = state.Buffer<T>(0);
            for (int i = 0; i < result.Length; i++)
            {
                sum[i] += gradient[i];
                result[i] = value[i] - T.CopySign(T.CreateChecked(learningRate / state.Step), sum[i]);
            }
        }
    }
}
