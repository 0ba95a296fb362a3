using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ShapingTests
{
    private static readonly Tensor X = Tensor.From(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [Fact]
    public void Split_SizesPartsAndChunks_CutTheAxis()
    {
        Tensor[] parts = X.Split([1, 0, 2], 1);
        Assert.Equal([1.0, 4.0], parts[0].ToDoubles());
        Assert.Equal([2, 0], parts[1].Shape);
        Assert.Equal([2.0, 3, 5, 6], parts[2].ToDoubles());
        Assert.Equal([3.0, 6.0], X.Split(3, -1)[2].ToDoubles());
        Assert.Equal([2, 1], X.Chunk(2, 1)[1].Shape);
        Assert.Equal("Split: the lengths [1, 1] must be at least 0 and add up to 3, the length of axis 1 of shape [2, 3].",
            Assert.Throws<ShapeException>(() => X.Split([1, 1], 1)).Message);
        Assert.Contains("Chunk", Assert.Throws<ShapeException>(() => X.Split(2, 1)).Message);
    }

    [Fact]
    public void Flip_TwiceOrEmpty_IsTheTensor()
    {
        Assert.Equal([6.0, 5, 4, 3, 2, 1], X.Flip().ToDoubles());
        Assert.Equal([3.0, 2, 1, 6, 5, 4], X.Flip(-1).ToDoubles());
        Assert.Equal([2, 0], Tensor.Zeros([2, 0]).Flip(1).Shape);
    }

    [Fact]
    public void Roll_AnyShift_WrapsRound()
    {
        Assert.Equal([3.0, 1, 2, 6, 4, 5], X.Roll(1, 1).ToDoubles());
        Assert.Equal(X.Roll(1, 1).ToDoubles(), X.Roll(-5, -1).ToDoubles());
        Assert.Same(X, X.Roll(6, 1));
    }

    [Fact]
    public void Pad_Modes_RepeatWhatTheyName()
    {
        Tensor v = Tensor.From(1, 2, 3);
        Assert.Equal([9, 1, 2, 3, 9, 9], v.Pad([(1, 2)], 9).ToArray<int>());
        Assert.Equal([1, 1, 1, 2, 3, 3], v.Pad([(2, 1)], PaddingMode.Edge).ToArray<int>());
        Assert.Equal([3, 2, 1, 2, 3, 2], v.Pad([(2, 1)], PaddingMode.Reflect).ToArray<int>());
        Assert.Equal([2, 3, 1, 2, 3, 1], v.Pad([(2, 1)], PaddingMode.Wrap).ToArray<int>());
        Assert.Throws<ShapeException>(() => v.Pad([(3, 0)], PaddingMode.Reflect));
        Assert.Throws<ShapeException>(() => v.Pad([(-1, 0)]));
    }

    [Fact]
    public void Tile_LongerThanTheRank_AddsAxes()
    {
        Assert.Equal([2, 4], Tensor.From(1, 2).Tile(2, 2).Shape);
        Assert.Equal([1, 2, 1, 2], Tensor.From(1, 2).Tile(2).ToArray<int>());
        Assert.Equal([0], Tensor.From(1, 2).Tile(0).Shape);
        Assert.Equal([1, 1, 2, 2], Tensor.From(1, 2).RepeatInterleave(2, 0).ToArray<int>());
    }

    [Fact]
    public void Unfold1D_Windows_OverlapAndAreRefusedWhenTooLong()
    {
        Assert.Equal([1.0, 2, 2, 3, 4, 5, 5, 6], X.Unfold1D(1, 2).ToDoubles());
        Assert.Equal([2, 2, 2], X.Unfold1D(1, 2).Shape);
        Assert.Contains("a window of 4 does not fit", Assert.Throws<ShapeException>(() => X.Unfold1D(1, 4)).Message);
    }

    [Fact]
    public void Diagonal_Offsets_ReachTheCornersAndBeyond()
    {
        Assert.Equal([1.0, 5.0], X.Diagonal().ToDoubles());
        Assert.Equal([3.0], X.Diagonal(2).ToDoubles());
        Assert.Equal([4.0], X.Diagonal(-1).ToDoubles());
        Assert.Equal([0], X.Diagonal(3).Shape);
        Assert.Equal([0], X.Diagonal(-2).Shape);
        Assert.Equal([0, 7, 0, 0], Tensor.From(7).DiagEmbed(1).ToArray<int>());
        Assert.Equal([1.0, 0, 0, 0, 2, 0, 0, 0, 3], Tensor.From(1.0, 2, 3).Diag().ToDoubles());
    }

    [Fact]
    public void Tril_WhateverStandsAbove_IsZero()
    {
        Tensor x = Tensor.From(new[] { 1, double.NaN, 3, double.PositiveInfinity }, [2, 2]);
        Assert.Equal([1.0, 0, 3, double.PositiveInfinity], x.Tril().ToDoubles());
        Assert.Equal([0.0, 0, 3, 0], x.Tril(-1).ToDoubles());
        Assert.Equal([0.0, 0, 0, 0], x.Triu(5).ToDoubles());
        Assert.Contains("Tril", Assert.Throws<ShapeException>(() => Tensor.From(1.0).Tril()).Message);
    }

    [Fact]
    public void MoveAxis_EveryPair_MovesOnlyThatAxis()
    {
        Tensor x = Tensor.Zeros([2, 3, 4]);
        Assert.Equal([3, 4, 2], x.MoveAxis(0, -1).Shape);
        Assert.Equal([4, 2, 3], x.MoveAxis(2, 0).Shape);
        Assert.Equal([2, 12], x.Flatten(1).Shape);
        Assert.Equal([1], Tensor.Scalar(1).Flatten().Shape);
    }

    [Fact]
    public void Permute_EveryOrder_MovesEveryElement()
    {
        // Longer than a tile of the copy in two axes; one axis of length 1.
        int[] lengths = [2, 19, 1, 37];
        Tensor x = Tensor.Arange(2 * 19 * 37).Reshape((Shape)lengths);
        foreach (int[] order in Orders(4))
        {
            Tensor y = x.Permute(order);
            long[] data = y.ToArray<long>();
            int[] index = new int[4];
            for (int i = 0; i < data.Length; i++)
            {
                for (int axis = 3, rest = i; axis >= 0; axis--)
                {
                    index[order[axis]] = rest % y.Shape[axis];
                    rest /= y.Shape[axis];
                }

                Assert.Equal((((index[0] * 19) + index[1]) * 37) + index[3], data[i]);
            }
        }
    }

    private static IEnumerable<int[]> Orders(int rank) => rank == 0
        ? [[]]
        : Orders(rank - 1).SelectMany(order => Enumerable.Range(0, rank).Select(at => (int[])[.. order[..at], rank - 1, .. order[at..]]));
}
