using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class ModelTests
{
    [Fact]
    public void Predict_FromEightThreads_GivesWhatOneGives()
    {
        Model<Mixture<Normal>> model = Model
            .Sequential([new Dense(16, Activation.Tanh), new Dropout(0.5), new Dense(16, Activation.Gelu)], head: new NormalMixtureHead(3))
            .Build(4, RandomKey.FromSeed(1));
        Tensor x = RandomKey.FromSeed(2).Normal([257, 4], DType.Float32);
        float[] expected = Numbers(model.Predict(x));

        float[][] found = new float[8][];
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(i => new Thread(() => found[i] = Numbers(model.Predict(x))))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.All(found, numbers => Assert.Equal(expected, numbers));
    }

    [Fact]
    public void Predict_StandardizedModel_IsInTheUnitsOfTheData()
    {
        Model<Normal> model = Model.Sequential([], head: new NormalHead());
        model.InputStandardizer = new Standardizer(Tensor.From(10.0), Tensor.From(2.0));
        model.TargetStandardizer = new Standardizer(Tensor.Scalar(100, DType.Float64), Tensor.Scalar(5, DType.Float64));
        model.Build(1, RandomKey.FromSeed(1));
        model.Parameters[0].Value = Tensor.From(new float[,] { { 3, 0 } });
        model.Parameters[1].Value = Tensor.From(1f, 0f);

        Normal p = model.Predict(Tensor.From(12f, 8f));

        // z = ±1, so loc = 100 + 5·(±3 + 1) and scale = 5·(softplus(0) + 1e-3).
        Assert.Equal([120f, 90f], p.Loc.ToArray<float>());
        Assert.Equal(5 * (Math.Log(2) + 1e-3), p.Scale.ToDoubles()[0], 1e-5);
    }

    [Fact]
    public void Predict_ManyRows_IsWhatTheRowsGiveAlone()
    {
        Model<Normal> model = Model.Sequential([new Dense(3, Activation.Relu)], head: new NormalHead()).Build(2, RandomKey.FromSeed(1));
        Tensor x = RandomKey.FromSeed(2).Normal([20_000, 2], DType.Float32);

        Normal all = model.Predict(x);

        Assert.Equal([20_000], all.BatchShape);
        foreach (int i in (int[])[0, 8191, 8192, 19_999])
        {
            Assert.Equal(model.Predict(x[i..(i + 1)]).Loc.ToScalar(), all.Loc[i].ToScalar(), 1e-6);
        }
    }

    [Fact]
    public void Predict_UnfitInputs_SaysWhatIsWrong()
    {
        Model<Normal> model = Model.Sequential([new Dense(3)], head: new NormalHead());

        Assert.Equal(
            "Model.Predict: the model has no parameters yet; call Fit first, load a file, or Build it.",
            Assert.Throws<InvalidOperationException>(() => model.Predict(Tensor.Zeros([2, 2]))).Message);
        model.Build(2, RandomKey.FromSeed(1));
        Assert.Equal(
            "Model.Predict: the inputs have shape [4, 3]; the model was built for [n, 2].",
            Assert.Throws<ShapeException>(() => model.Predict(Tensor.Zeros([4, 3]))).Message);
        Assert.Throws<ShapeException>(() => model.Predict(Tensor.Zeros([])));
    }

    [Fact]
    public void Build_HeadFails_LeavesTheBodyUnbuilt()
    {
        Model<Normal> model = Model.Sequential([new ActivationLayer(Activation.Tanh)], head: new NormalHead());

        Assert.Throws<ShapeException>(() => model.Build([2, 2], RandomKey.FromSeed(1)));

        Assert.False(model.Body.IsBuilt);
        Assert.True(model.Build(2, RandomKey.FromSeed(1)).IsBuilt);
    }

    [Fact]
    public void Build_SameKey_GivesTheSameWeights()
    {
        Model<Normal> Create() => Model.Sequential([new Dense(3), new Dense(3)], head: new NormalHead());

        Tensor[] first = [.. Create().Build(2, RandomKey.FromSeed(1)).Parameters.Select(p => p.Value)];
        Tensor[] second = [.. Create().Build(2, RandomKey.FromSeed(1)).Parameters.Select(p => p.Value)];
        Tensor[] other = [.. Create().Build(2, RandomKey.FromSeed(2)).Parameters.Select(p => p.Value)];

        Assert.Equal(first.Select(Numbers), second.Select(Numbers));
        Assert.NotEqual(Numbers(first[0]), Numbers(other[0]));
    }

    private static float[] Numbers(Tensor x) => x.ToArray<float>();

    private static float[] Numbers(Mixture<Normal> p) =>
        [.. Numbers(p.Logits), .. Numbers(p.Components.Loc), .. Numbers(p.Components.Scale)];

    [Fact]
    public void Cast_TrainedModel_PredictsTheSameInTheOtherType()
    {
        Model<Normal> model = Model.Sequential([new Dense(4, Activation.Tanh)], new NormalHead());
        model.Build(2, RandomKey.FromSeed(1));
        model.TargetStandardizer = Standardizer.Fit(Tensor.From(5.0, 9.0));
        Model<Normal> copy = model.Cast(DType.Float64);
        Tensor x = RandomKey.FromSeed(2).Normal([5, 2]);

        // Rounding of a few operations on numbers of order 10.
        Assert.All(model.Predict(x).Loc.ToDoubles().Zip(copy.Predict(x).Loc.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(DType.Float64, copy.Predict(x).Loc.DType);
        Assert.Equal(DType.Float32, model.Parameters[0].DType);
        Tensor data = x.Cast(DType.Float64);
        GradientCheck.Run(() => -copy.Predict(data).LogProb(data.Sum(-1)).Mean(), copy.Parameters).ThrowIfFailed();
        Assert.Throws<DTypeException>(() => model.Cast(DType.Int32));
    }
}
