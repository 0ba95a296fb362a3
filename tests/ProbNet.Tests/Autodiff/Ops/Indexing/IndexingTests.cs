using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class IndexingTests
{
    private static readonly Tensor X = Tensor.From(new double[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

    [Fact]
    public void Gather_NegativeIndexAndInt32_CountFromTheEnd()
    {
        Assert.Equal([3.0, 1, 5, 5], X.Gather(1, Tensor.From(new[] { -1, 0, 1, -2 }, [2, 2])).ToDoubles());
        Assert.Equal([4.0, 2], X.Gather(0, Tensor.From(new long[] { 1, 0 }, [1, 2])).ToDoubles());
    }

    [Fact]
    public void Gather_IndexOutside_NamesPlaceValueAndLength()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => X.Gather(1, Tensor.From(new long[] { 0, 1, 2, 3 }, [2, 2])));
        Assert.StartsWith("Gather: index[1, 1] = 3 is outside of axis -1 of shape [2, 3], which has 3 elements; -3 to 2 exist.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => X.Take(0, Tensor.From(-3L)));
        Assert.Throws<ArgumentOutOfRangeException>(() => X.Take(0, Tensor.From(long.MinValue)));
    }

    [Fact]
    public void Gather_IndexOfWrongTypeOrRank_Throws()
    {
        Assert.Contains("the index is Float64 [2, 3]", Assert.Throws<DTypeException>(() => X.Gather(1, X)).Message);
        Assert.Throws<ShapeException>(() => X.Gather(1, Tensor.From(0L)));
        Assert.Throws<ShapeException>(() => X.Gather(1, Tensor.Zeros([3, 1], DType.Int64)));
    }

    [Fact]
    public void ScatterAdd_SamePlace_AddsUp() => Assert.Equal(
        [0.0, 30, 12],
        Tensor.Zeros([3], DType.Float64).ScatterAdd(0, Tensor.From(1L, 2, 1), Tensor.From(10.0, 12, 20)).ToDoubles());

    [Fact]
    public void Scatter_SamePlace_KeepsTheLastAndItsGradient()
    {
        Tensor x = Tensor.From(1.0, 2, 3), index = Tensor.From(1L, 0, 1), source = Tensor.From(10.0, 20, 30);
        Assert.Equal([20.0, 30, 3], x.Scatter(0, index, source).ToDoubles());
        Tensor weights = Tensor.From(5.0, 7, 11);
        Assert.Equal([0.0, 5, 7], Gradient.Of(s => (x.Scatter(0, index, s) * weights).Sum(), source).ToDoubles());
        Assert.Equal([0.0, 0, 11], Gradient.Of(v => (v.Scatter(0, index, source) * weights).Sum(), x).ToDoubles());
    }

    [Fact]
    public void Take_ScalarAndEmptyIndex_GiveTheirShapes()
    {
        Assert.Equal([4.0, 5, 6], X.Take(0, Tensor.Scalar(1, DType.Int64)).ToDoubles());
        Assert.Equal([2, 0], X.Take(1, Tensor.Zeros([0], DType.Int64)).Shape);
        Assert.Equal([2, 2, 3], X.Embedding(Tensor.Zeros([2, 2], DType.Int32)).Shape);
        Assert.Contains("a vector is needed", Assert.Throws<ShapeException>(() => X.IndexSelect(0, Tensor.Scalar(1, DType.Int64))).Message);
    }

    [Fact]
    public void IndexPut_NumberAndSlices_ReplaceThem()
    {
        Assert.Equal([9.0, 2, 9, 9, 5, 9], X.IndexPut(1, Tensor.From(0L, -1), 9).ToDoubles());
        Assert.Equal([1.0, 2, 3, 7, 8, 9], X.IndexPut(0, Tensor.From(1L), Tensor.From(7.0, 8, 9)).ToDoubles());
        Assert.Equal([1.0, 2, 3, 6, 7, 8], X.IndexAdd(0, Tensor.From(1L, 1), 1).ToDoubles());
        Assert.Contains("does not broadcast", Assert.Throws<ShapeException>(() => X.IndexPut(1, Tensor.From(0L), X)).Message);
    }

    [Fact]
    public void MaskedSelect_BroadcastMask_TakesRowMajorOrder()
    {
        Assert.Equal([1.0, 3, 4, 6], X.MaskedSelect(Tensor.From(true, false, true)).ToDoubles());
        Assert.Equal([0L, 2, 1, 0], (X.EqualTo(3) | X.EqualTo(4)).NonZero().ToArray<long>());
        Assert.Equal([0], X.MaskedSelect(X > 10).Shape);
    }

    [Fact]
    public void MaskedSelect_WhileTracing_SaysWhatToUse()
    {
        var error = Assert.Throws<TracingException>(() => Batching.VMap(x => x.MaskedSelect(x > 2))(X));
        Assert.Contains("MaskedSelect: the shape of the result depends on the values of a mask [3]", error.Message);
        Assert.Contains("Where", error.Message);
    }

    [Theory]
    [InlineData(false, new[] { 1L, 2, 4, 0, 3, 5 })]
    [InlineData(true, new[] { 3L, 5, 0, 1, 2, 4 })]
    public void ArgSort_TiesAndNaN_AreStableWithNaNLargest(bool descending, long[] expected)
    {
        // numpy.argsort(kind="stable") puts NaN last; torch.sort(descending=True, stable=True) puts it first.
        Tensor x = Tensor.From(2, 1, 1, double.NaN, 1, double.NaN);
        Assert.Equal(expected, x.ArgSort(descending: descending).ToArray<long>());
        Assert.Equal(expected, x.Cast(DType.Float32).ArgSort(descending: descending).ToArray<long>());
    }

    [Fact]
    public void Sort_AxisIntegersAndExtremes_AreOrdered()
    {
        (Tensor values, Tensor indices) = Tensor.From(new[] { 3, int.MinValue, 2, int.MaxValue }, [2, 2]).Sort(0, descending: true);
        Assert.Equal([3, int.MaxValue, 2, int.MinValue], values.ToArray<int>());
        Assert.Equal([0L, 1, 1, 0], indices.ToArray<long>());
        Assert.Equal([2, 0], Tensor.Zeros([2, 0]).Sort().Values.Shape);
    }

    [Fact]
    public void ArgSort_ManyRandomTies_IsStable()
    {
        int[] keys = [.. Enumerable.Range(0, 1000).Select(i => i * 7919 % 13)];
        long[] expected = [.. Enumerable.Range(0, 1000).OrderBy(i => keys[i]).Select(i => (long)i)];
        Assert.Equal(expected, Tensor.From<int>(keys).ArgSort().ToArray<long>());
    }

    [Fact]
    public void TopK_LargestAndSmallest_ComeBestFirst()
    {
        (Tensor values, Tensor indices) = Tensor.From(3.0, 1, 4, 1, 5).TopK(2);
        Assert.Equal([5.0, 4], values.ToDoubles());
        Assert.Equal([4L, 2], indices.ToArray<long>());
        Assert.Equal([1L, 3, 0], Tensor.From(3.0, 1, 4, 1, 5).TopK(3, largest: false).Indices.ToArray<long>());
        Assert.Contains("TopK: 4 elements are asked for, but axis 1 of shape [2, 3] has 3.", Assert.Throws<ShapeException>(() => X.TopK(4, 1)).Message);
    }

    [Fact]
    public void OneHot_ClassesAndTypes_MarkOnePlace()
    {
        Assert.Equal([0f, 1, 0, 1, 0, 0], Tensor.From(1L, 0).OneHot(3).ToArray<float>());
        Assert.Equal([false, true], Tensor.Scalar(1, DType.Int32).OneHot(2, DType.Bool).ToArray<bool>());
        Assert.Contains("element 1 of the index [2] is 3; classes run from 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.From(0, 3).OneHot(3)).Message);
    }

    [Fact]
    public void SearchSorted_BothSides_CountWhatIsBelow()
    {
        Tensor edges = Tensor.From(1.0, 2, 2, 5), values = Tensor.From(new[] { 0, 2, 3, 9.0 }, [2, 2]);
        Assert.Equal([0L, 1, 3, 4], edges.SearchSorted(values).ToArray<long>());
        Assert.Equal([0L, 3, 3, 4], edges.SearchSorted(values, right: true).ToArray<long>());
        Tensor rows = Tensor.Stack([edges, edges * 2]);
        Assert.Equal([0L, 1, 1, 3], rows.SearchSorted(values).ToArray<long>());
        Assert.Equal([0L, 1, 1, 3], Batching.VMap((row, v) => row.SearchSorted(v))(rows, values).ToArray<long>());
        Assert.Equal([0L, 1, 3, 4], Batching.VMap(v => edges.SearchSorted(v))(values).ToArray<long>());
    }

    [Fact]
    public void VMap_OfIntegerResults_IsTheLoop()
    {
        Assert.Equal([2L, 2], Batching.VMap(x => x.ArgMax())(X).ToArray<long>());
        Assert.Equal([2L, 1, 0, 2, 1, 0], Batching.VMap(x => x.ArgSort(descending: true))(X).ToArray<long>());
        Assert.Equal([2, 3, 7], Batching.VMap(i => i.OneHot(7))(X.Cast(DType.Int64)).Shape);
        Assert.Equal([false, true], Batching.VMap(x => (x > 3).All())(X).ToArray<bool>());
    }
}
