using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class FlatLayoutTests
{
    [Fact]
    public void Constructor_OddSizes_AlignsEachParameter()
    {
        var layout = new FlatLayout([new("a", Tensor.Zeros([3, 7])), new("empty", Tensor.Zeros([0])), new("b", Tensor.Zeros([16])), new("c", Tensor.Scalar(1))]);

        // 21 elements are padded to 32; 16 need no padding; the last one is padded too.
        Assert.Equal([0, 32, 32, 48], layout.Offsets.ToArray());
        Assert.Equal(64, layout.Length);
        Assert.Equal(DType.Float32, layout.DType);
    }

    [Fact]
    public void ClearPadding_Ones_LeavesTheParameters()
    {
        var layout = new FlatLayout([new("a", Tensor.Zeros([15])), new("b", Tensor.Zeros([17]))]);
        var buffer = new float[layout.Length];
        buffer.AsSpan().Fill(1);
        layout.ClearPadding<float>(buffer);
        Assert.Equal([.. Enumerable.Repeat(1f, 15), 0, .. Enumerable.Repeat(1f, 17), .. new float[15]], buffer);
    }

    [Fact]
    public void Constructor_ParametersThatDoNotFitTogether_AreRefused()
    {
        Parameter a = new("a", Tensor.Zeros([3])), wide = new("wide", Tensor.Zeros([3], DType.Float64));
        Assert.Contains("'a' is given twice", Assert.Throws<ArgumentException>(() => new FlatLayout([a, a])).Message);
        Assert.Contains("'wide' is Float64 and 'a' is Float32", Assert.Throws<DTypeException>(() => new FlatLayout([a, wide])).Message);
        Assert.Throws<ArgumentException>(() => new FlatLayout([]));
    }

    [Fact]
    public void Matches_SameParametersInAnotherLayout_IsTrueOnlyInTheSameOrder()
    {
        Parameter a = new("a", Tensor.Zeros([3])), b = new("b", Tensor.Zeros([3]));
        Assert.True(new FlatLayout([a, b]).Matches(new FlatLayout([a, b])));
        Assert.False(new FlatLayout([a, b]).Matches(new FlatLayout([b, a])));
        Assert.False(new FlatLayout([a, b]).Matches(new FlatLayout([a])));
    }
}
