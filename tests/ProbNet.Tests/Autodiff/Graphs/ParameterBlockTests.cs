using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Steps over the weights and beside them: the same bits, and a refused step leaves the old ones.</summary>
public sealed class ParameterBlockTests
{
    [Theory]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("Sgd")]
    [InlineData("Own")]
    public unsafe void TryStep_OverwritingOrNot_HasTheBitsOfStep(string name)
    {
        Parameter[] eager = Parameters(), flat = Parameters();
        Optimizer first = Create(name), second = Create(name);
        var block = new ParameterBlock(flat);
        float[] gradient = new float[block.Layout.Length];
        for (int step = 0; step < 12; step++)
        {
            Tensor[] gradients = Gradients(step);
            first.Step(eager, gradients);
            Flatten(gradients, block.Layout, gradient);
            block.Load();
            fixed (float* g = gradient)
            {
                Assert.Null(block.TryStep(second, (byte*)g, GradientClipping.Norm<float>(gradient.AsSpan()), keepsOld: step % 4 == 3));
            }
        }

        Assert.Equal(eager.Select(p => p.Value.ToArray<float>()), flat.Select(p => p.Value.ToArray<float>()));
    }

    [Fact]
    public unsafe void TryStep_AfterTheFirst_WritesAdamsWeightsInPlace()
    {
        // The first step does not know the weights' sizes yet; a step that reads the old weights afterwards keeps them.
        var block = new ParameterBlock(Parameters());
        float[] gradient = new float[block.Layout.Length];
        Flatten(Gradients(0), block.Layout, gradient);
        var optimizer = new Adam(0.01);
        fixed (float* g = gradient)
        {
            bool[] isInPlace = new bool[4];
            for (int step = 0; step < 4; step++)
            {
                byte* before = block.Load();
                Assert.Null(block.TryStep(optimizer, (byte*)g, GradientClipping.Norm<float>(gradient.AsSpan()), keepsOld: step == 2));
                isInPlace[step] = before == block.Load();
            }

            Assert.Equal([false, true, false, true], isInPlace);
        }
    }

    [Theory]
    [InlineData(1.0, 1e38)]
    [InlineData(2e38, 1e38)]
    [InlineData(-3e38, 3e38)]
    public unsafe void TryStep_WeightThatWouldOverflow_LeavesTheWeights(double weight, double rate)
    {
        // Adam's first steps are as long as the rate: ordinary ones first, so that the weights are overwritten, then one that leaves the range of the type.
        var parameter = new Parameter("w", Tensor.Full([100], weight));
        var block = new ParameterBlock([parameter]);
        var schedule = new StepDecay(1e-3, 3, rate / 1e-3);
        var optimizer = new Adam(schedule);
        float[] gradient = new float[block.Layout.Length];
        Array.Fill(gradient, weight < 0 ? 1f : -1f, 0, 100);
        fixed (float* g = gradient)
        {
            Parameter? refused = null;
            float[] before = [];
            for (int step = 0; step < 20 && refused is null; step++)
            {
                block.Load();
                before = parameter.Value.ToArray<float>();
                refused = block.TryStep(optimizer, (byte*)g, GradientClipping.Norm<float>(gradient.AsSpan()), keepsOld: false);
            }

            Assert.Same(parameter, refused);
            Assert.Equal(before, parameter.Value.ToArray<float>());
            Assert.All(before, x => Assert.True(float.IsFinite(x)));
        }
    }

    [Fact]
    public void Step_OptimizerOfAUserThatReadsOldWeightsLate_IsTheSameCompiled()
    {
        // Its update writes all results before it reads the weights, which the contract allows: results may not lie over them.
        float[] Train(bool isCompiled)
        {
            var w = new Parameter("w", Tensor.From([1f, 2, 3]));
            var optimizer = new LateReader();
            Tensor Take(Tensor x)
            {
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => (w.Value * x).Square().Sum(), [w]);
                optimizer.Step([w], gradients);
                return loss;
            }

            Graph graph = Graph.Compile(Take);
            for (int step = 0; step < 3; step++)
            {
                Tensor x = Tensor.From([1f, 0.5f, 0.25f]);
                _ = isCompiled ? graph.Scalar(x) : Take(x).ToScalar();
            }

            return w.Value.ToArray<float>();
        }

        Assert.Equal(Train(isCompiled: false), Train(isCompiled: true));
    }

    private static Optimizer Create(string name) => name switch
    {
        "Adam" => new Adam(0.05, weightDecay: 0.01),
        "AdamW" => new AdamW(0.05, amsGrad: true),
        "Sgd" => new Sgd(0.01, momentum: 0.9),
        _ => new LateReader(),
    };

    private static Parameter[] Parameters() =>
        [.. new int[] { 1, 70, 16, 1000 }.Select((size, i) => new Parameter($"w{i}", RandomKey.FromSeed(i).Normal([size])))];

    private static Tensor[] Gradients(int step) =>
        [.. Parameters().Select((parameter, i) => RandomKey.FromSeed(100 + step).FoldIn((ulong)i).Normal(parameter.Shape))];

    private static void Flatten(Tensor[] gradients, FlatLayout layout, float[] flat)
    {
        for (int i = 0; i < gradients.Length; i++)
        {
            gradients[i].ToArray<float>().CopyTo(flat, layout.Offsets[i]);
        }
    }

    private sealed class LateReader() : Optimizer(0.1)
    {
        protected override IReadOnlyList<string> BufferNames => [];

        protected override bool IsElementwise => true;

        protected override void Update<T>(
            ParameterState state, double learningRate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        {
            for (int i = 0; i < result.Length; i++)
            {
                result[i] = -T.CreateTruncating(learningRate) * gradient[i];
            }

            for (int i = 0; i < result.Length; i++)
            {
                result[i] += value[i];
            }
        }
    }
}
