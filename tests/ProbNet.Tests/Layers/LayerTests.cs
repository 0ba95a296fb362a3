using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class LayerTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(11);

    [Fact]
    public void Forward_Dense_IsTheActivationOfTheAffineMap()
    {
        var dense = new Dense(2, Activation.Relu);
        Shape output = dense.Build([3], Context());
        dense.Parameters[0].Value = Tensor.From(new float[,] { { 1, -1 }, { 2, 0 }, { 0, 3 } });
        dense.Parameters[1].Value = Tensor.From(0.5f, -10f);

        Tensor y = dense.Forward(Tensor.From(new float[,] { { 1, 2, 3 } }), ForwardContext.Inference);

        // 1·1 + 2·2 + 0.5, and max(−1 + 9 − 10, 0).
        Assert.Equal([5.5f, 0f], y.ToArray<float>());
        Assert.Equal([2], output);
        Assert.Equal("Dense(3 => 2, relu)", dense.ToString());
        Assert.Equal(["layer.weight", "layer.bias"], dense.Parameters.Select(p => p.Name));
    }

    [Fact]
    public void Forward_WrongFeatures_PrintsTheLayerAndBothShapes()
    {
        var dense = new Dense(3);
        dense.Build([4], Context());

        var error = Assert.Throws<ShapeException>(() => dense.Forward(Tensor.Zeros([32, 5]), ForwardContext.Inference));

        Assert.Equal("Dense(4 => 3): expects inputs of shape [n, 4], but got [32, 5].", error.Message);
    }

    [Fact]
    public void Forward_BeforeBuild_SaysWhatToCall()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Dense(3).Forward(Tensor.Zeros([2, 2]), ForwardContext.Inference));

        Assert.Equal("Dense(3): its shapes are not known yet; call Build on the model, or Fit.", error.Message);
    }

    [Fact]
    public void Build_OtherShapesThanBefore_IsRefused()
    {
        var dense = new Dense(3, useBias: false);
        dense.Build([4], Context());

        Assert.Equal([3], dense.Build([4], Context()));
        Assert.Equal(
            "Dense(4 => 3): it was built for inputs of shape [n, 4], but got [n, 5].",
            Assert.Throws<ShapeException>(() => dense.Build([5], Context())).Message);
        Assert.Equal(
            "Dense(3): expects inputs of shape [n, features], but got [n, 2, 2]; flatten them first.",
            Assert.Throws<ShapeException>(() => new Dense(3).Build([2, 2], Context())).Message);
    }

    [Fact]
    public void Build_LaterLayerFails_LeavesAllUnbuilt()
    {
        var first = new ActivationLayer(Activation.Tanh);
        var sequential = new Sequential(first, new Dense(3));

        Assert.Throws<ShapeException>(() => sequential.Build([2, 2], Context()));

        Assert.False(first.IsBuilt);
        Assert.Equal([3], sequential.Build([4], Context()));
    }

    [Fact]
    public void Build_LayerAddedInFront_LeavesTheValuesOfOthers()
    {
        var one = new Sequential(new Dense(3), new Dense(4));
        var other = new Sequential(new Dense(3), new Dense(4), new Dense(5));
        one.Build([3], Context());
        other.Build([3], Context());

        Assert.Equal(one.Parameters[2].Value.ToArray<float>(), other.Parameters[2].Value.ToArray<float>());
        Assert.NotEqual(one.Parameters[0].Value.ToArray<float>()[0], one.Parameters[2].Value.ToArray<float>()[0]);
    }

    [Fact]
    public void Sequential_SameLayerTwice_IsRefused()
    {
        var dense = new Dense(3);

        Assert.Throws<ArgumentException>(() => new Sequential(dense, dense));
    }

    [Fact]
    public void Forward_Flatten_KeepsTheOrder()
    {
        var flatten = new Flatten();

        Assert.Equal([6], flatten.Build([2, 3], Context()));
        Tensor y = flatten.Forward(Tensor.Arange(12, DType.Float32).Reshape(2, 2, 3), ForwardContext.Inference);

        Assert.Equal([2, 6], y.Shape);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), y.ToArray<float>());
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Forward_DropoutInTraining_DropsAtItsRateAndKeepsTheMean(double rate)
    {
        const int N = 100_000;
        var dropout = new Dropout(rate);
        dropout.Build([100], Context());

        float[] y = dropout.Forward(Tensor.Ones([N / 100, 100]), ForwardContext.Training(s_key)).ToArray<float>();

        // The number dropped is binomial; 4.9 standard deviations leave out 1e-6.
        int dropped = y.Count(value => value == 0);
        Assert.InRange(dropped - (N * rate), -4.9 * Math.Sqrt(N * rate * (1 - rate)), 4.9 * Math.Sqrt(N * rate * (1 - rate)));
        Assert.Equal(1 / (1 - rate), Assert.Single(y.Where(value => value != 0).Distinct()), 1e-5);
    }

    [Fact]
    public void Forward_DropoutTwice_IsTheSameForOneKeyAndAnotherForAnother()
    {
        var dropout = new Dropout(0.5);
        dropout.Build([64], Context());
        Tensor x = Tensor.Ones([4, 64]);
        float[] Draw(RandomKey key) => dropout.Forward(x, ForwardContext.Training(key)).ToArray<float>();

        Assert.Equal(Draw(s_key), Draw(s_key));
        Assert.NotEqual(Draw(s_key), Draw(s_key.FoldIn(1)));
    }

    [Fact]
    public void Forward_DropoutInPrediction_DoesNothing()
    {
        var dropout = new Dropout(0.5);
        dropout.Build([3], Context());
        Tensor x = Tensor.Ones([4, 3]);

        Assert.Same(x, dropout.Forward(x, ForwardContext.Inference));
        Assert.Contains("Dropout(0.5): training needs a key", Assert.Throws<InvalidOperationException>(
            () => dropout.Forward(x, new ForwardContext(IsTraining: true, Key: null))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1));
    }

    [Fact]
    public void Standardizer_FarFromZero_KeepsItsDigits()
    {
        // Mean 1e9 + 2 and population variance 2, of 1e9 + {0, 1, 2, 3, 4}; the second column is constant.
        Tensor rows = Tensor.From(new double[,] { { 1e9, 7 }, { 1e9 + 1, 7 }, { 1e9 + 2, 7 }, { 1e9 + 3, 7 }, { 1e9 + 4, 7 } });

        Standardizer standardizer = Standardizer.Fit(rows);
        Tensor z = standardizer.Apply(rows, DType.Float64);

        Assert.Equal([1e9 + 2, 7], standardizer.Mean.ToDoubles());
        Assert.Equal(Math.Sqrt(2), standardizer.Scale.ToDoubles()[0], 1e-12);
        Assert.Equal(1, standardizer.Scale.ToDoubles()[1]);
        Assert.Equal(-2 / Math.Sqrt(2), z[0, 0].ToScalar(), 1e-12);
        Assert.Equal(rows.ToDoubles(), standardizer.Undo(z).ToDoubles());
    }

    [Fact]
    public void Standardizer_ScaleOnly_KeepsZeroWhereItIs()
    {
        Standardizer standardizer = Standardizer.Fit(Tensor.From(3.0, 4.0), shift: false);

        // The root mean square of 3 and 4 is √12.5.
        Assert.Equal(0, standardizer.Mean.ToScalar());
        Assert.Equal(Math.Sqrt(12.5), standardizer.Scale.ToScalar(), 1e-12);
    }

    private static BuildContext Context() => new("layer", s_key, DType.Float32);
}
