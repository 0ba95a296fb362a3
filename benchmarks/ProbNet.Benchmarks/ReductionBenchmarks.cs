using System.Numerics;
using BenchmarkDotNet.Attributes;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>Sums, log-sum-exp and softmax of a matrix on the calling thread: many short rows, such as classes, and few long ones.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public unsafe class ReductionBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _x = [];
    private T[] _y = [];

    /// <summary>Rows and columns.</summary>
    [ParamsSource(nameof(Shapes))]
    public (int Rows, int Columns) Shape { get; set; }

    /// <summary>What <see cref="Shape"/> runs over.</summary>
    public static IEnumerable<(int Rows, int Columns)> Shapes => [(4096, 5), (4096, 16), (1024, 100), (64, 4096)];

    /// <summary>Fills the matrix.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        var random = new Random(1);
        _x = [.. Enumerable.Range(0, Shape.Rows * Shape.Columns).Select(_ => T.CreateTruncating((8 * random.NextDouble()) - 4))];
        _y = new T[_x.Length];
    }

    /// <summary>The sum of each row.</summary>
    [Benchmark]
    public void SumOfRows() => Reduce(1);

    /// <summary>The sum of each column.</summary>
    [Benchmark]
    public void SumOfColumns() => Reduce(0);

    /// <summary>log Σ eˣ of each row.</summary>
    [Benchmark]
    public void LogSumExp()
    {
        fixed (T* x = _x, y = _y)
        {
            ReductionLoop.LogSumExpRows(x, y, Shape.Rows, Shape.Columns, shared: false);
        }
    }

    /// <summary>The softmax of each row.</summary>
    [Benchmark]
    public void Softmax()
    {
        fixed (T* x = _x, y = _y)
        {
            ReductionLoop.SoftmaxRows(x, y, Shape.Rows, Shape.Columns, shared: false);
        }
    }

    /// <summary>The log-softmax of each row.</summary>
    [Benchmark]
    public void LogSoftmax()
    {
        fixed (T* x = _x, y = _y)
        {
            ReductionLoop.LogSoftmaxRows(x, y, Shape.Rows, Shape.Columns, shared: false);
        }
    }

    private void Reduce(int axis)
    {
        fixed (T* x = _x, y = _y)
        {
            (int outer, int reduce, int inner) = axis == 1 ? (Shape.Rows, Shape.Columns, 1) : (1, Shape.Rows, Shape.Columns);
            ReductionLoop.Reduce<SumReduction, T>(x, y, outer, reduce, inner, shared: false);
        }
    }
}
