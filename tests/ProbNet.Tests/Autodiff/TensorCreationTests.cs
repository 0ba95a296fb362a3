using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class TensorCreationTests
{
    [Fact]
    public void From_Rows_IsAMatrix()
    {
        Tensor matrix = Tensor.From([[1.0, 2, 3], [4, 5, 6]]);
        Assert.Equal([2, 3], matrix.Shape.ToArray());
        Assert.Equal(DType.Float64, matrix.DType);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], matrix.ToDoubles());
    }

    [Fact]
    public void From_RowsOfDifferentLengths_NamesTheRow()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.From([[1f, 2], [3, 4], [5]]));
        Assert.StartsWith("Tensor.From: row 2 has 1 values, but row 0 has 2;", error.Message);
    }

    [Fact]
    public void From_SpreadQuery_IsAVector() => Assert.Equal([0, 1, 2], Tensor.From([.. Enumerable.Range(0, 3)]).ToArray<int>());
}
