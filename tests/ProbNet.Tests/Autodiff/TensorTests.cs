using MathNet.Numerics.LinearAlgebra;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class TensorTests
{
    [Fact]
    public void From_TwoDimensionalArray_KeepsRowsAndColumns()
    {
        double[,] values = { { 1, 2, 3 }, { 4, 5, 6 } };
        Tensor x = Tensor.From(values);
        Assert.Equal([2, 3], x.Shape);
        Assert.Equal(DType.Float64, x.DType);
        Assert.Equal(values, x.ToArray2D<double>());
    }

    [Fact]
    public void From_MathNetMatrix_GoesThereAndBack()
    {
        // MathNet stores columns, a tensor rows.
        Matrix<float> matrix = Matrix<float>.Build.DenseOfArray(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Tensor x = Tensor.From(matrix);
        Assert.Equal([1f, 2, 3, 4, 5, 6], x.ToArray<float>());
        Assert.Equal(matrix, x.ToMatrix<float>());
        Assert.Equal([1.5, 2.5], Tensor.From(Vector<double>.Build.Dense([1.5, 2.5])).ToVector<double>().ToArray());
    }

    [Fact]
    public void From_NumericsTensor_GoesThereAndBack()
    {
        Tensor x = Tensor.From([1, 2, 3, 4, 5, 6], [2, 3]);
        System.Numerics.Tensors.Tensor<int> other = x.ToNumericsTensor<int>();
        Assert.Equal(6, other[1, 2]);
        Assert.Equal(x.ToArray<int>(), Tensor.From(other).ToArray<int>());
        Assert.Equal(x.Shape, Tensor.From(other).Shape);
    }

    [Fact]
    public void From_NumberOfValuesDoesNotFillTheShape_NamesBoth()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.From([1f, 2, 3], [2, 2]));
        Assert.Contains("3 values", error.Message);
        Assert.Contains("[2, 2]", error.Message);
    }

    [Fact]
    public void From_ArrayChangedAfterwards_KeepsItsValues()
    {
        float[] values = [1, 2];
        Tensor x = Tensor.From(values, [2]);
        values[0] = 9;
        x.ToArray<float>()[1] = 9;
        Assert.Equal([1f, 2], x.ToArray<float>());
    }

    [Fact]
    public void Literal_AgainstFloat64_IsExact()
    {
        Tensor sum = Tensor.Zeros([1], DType.Float64) + 0.1;
        Assert.Equal(0.1, sum.ToScalar());
        Assert.Equal(DType.Float32, (1 - Tensor.Ones([2])).DType);
    }

    [Fact]
    public void Literal_FractionAgainstIntegers_IsRefused()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.From(1, 2) + 0.5);
        Assert.Contains("0.5", error.Message);
        Assert.Contains("Cast", error.Message);
    }

    [Fact]
    public void Add_DifferentTypes_NamesBothAndCast()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.From(1f) + Tensor.From(1.0));
        Assert.Contains("Float32 [1] and Float64 [1]", error.Message);
        Assert.Contains("Cast", error.Message);
    }

    [Fact]
    public void Equality_OfTensors_IsByReference()
    {
        Tensor x = Tensor.From(1f), same = x, equal = Tensor.From(1f);
        Assert.True(x == same);
        Assert.False(x == equal);
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    public void Zeros_ZeroSizeAndScalarShapes_Exist(DType dtype)
    {
        Assert.Equal(0, Tensor.Zeros([3, 0, 2], dtype).Size);
        Assert.Equal(1, Tensor.Ones([], dtype).Size);
        Assert.Equal(1, Tensor.Ones([], dtype).ToScalar());
    }

    [Fact]
    public void Index_CsharpSlices_AreThoseOfTheLanguage()
    {
        Tensor x = Tensor.Arange(12).Reshape(3, 4);
        Assert.Equal([1.0, 2, 5, 6, 9, 10], x[.., 1..3].ToDoubles());
        Assert.Equal([8.0, 9, 10, 11], x[^1].ToDoubles());
        Assert.Equal([4], x[^1].Shape);
        Assert.Equal([3.0, 7, 11], x[TensorIndex.Ellipsis, ^1].ToDoubles());
        Assert.Equal([3, 1, 4], x[.., TensorIndex.NewAxis].Shape);
        Assert.Equal([11.0, 9, 3, 1], x[TensorIndex.Step(null, null, -2), TensorIndex.Step(null, null, -2)].ToDoubles());
        Assert.Equal(6, x[1, 2].ToScalar());
    }

    [Fact]
    public void Index_Outside_NamesPositionAxisAndShape()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros([2, 3])[.., 3]);
        Assert.Contains("position 3", error.Message);
        Assert.Contains("axis 1", error.Message);
        Assert.Contains("[2, 3]", error.Message);
        Assert.Throws<ShapeException>(() => Tensor.Zeros([2])[0, 0]);
    }

    [Fact]
    public void ToString_SmallAndLarge_ReadsAsNestedBrackets()
    {
        Assert.Equal("[[1, 2],\n [3, 4]] (Int32 [2, 2])", Tensor.From([1, 2, 3, 4], [2, 2]).ToString().ReplaceLineEndings("\n"));
        Assert.Equal("[0, 1, 2, …, 97, 98, 99] (Int64 [100])", Tensor.Arange(100).ToString());
        Assert.Equal("2.5 (Float32 [])", Tensor.Scalar(2.5).ToString());
        Assert.Equal("[] (Float32 [0])", Tensor.Zeros([0]).ToString());
    }

    [Fact]
    public void Cast_BetweenTypes_TruncatesSaturatesAndTests()
    {
        Tensor x = Tensor.From(-1.7, 2.9, 1e20, double.NaN);
        Assert.Equal([-1, 2, int.MaxValue, 0], x.Cast(DType.Int32).ToArray<int>());
        Assert.Equal([true, true, true, true], x.Cast(DType.Bool).ToArray<bool>());
        Assert.Equal([1f, 0f], Tensor.From(true, false).Cast(DType.Float32).ToArray<float>());
    }

    [Fact]
    public void AsSpan_OtherType_NamesBoth()
    {
        DTypeException error = Assert.Throws<DTypeException>(() => Tensor.From(1f).AsSpan<double>().Length);
        Assert.Contains("Float32", error.Message);
        Assert.Contains("Float64", error.Message);
    }

    [Fact]
    public void Shape_MoreElementsThanAnArrayHolds_IsRefused()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Tensor.Zeros([65536, 65536]));
        Assert.Contains("[65536, 65536]", error.Message);
    }
}
