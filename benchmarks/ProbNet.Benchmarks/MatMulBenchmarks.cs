using System.Numerics;
using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>The matrix product on one thread and on all, against MathNet's managed one; the shapes are those of small networks, square ones, and skinny ones.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class MatMulBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _left = [];
    private T[] _right = [];
    private T[] _result = [];
    private T[] _packed = [];
    private Matrix<T> _mathNetLeft = Matrix<T>.Build.Dense(1, 1);
    private Matrix<T> _mathNetRight = Matrix<T>.Build.Dense(1, 1);

    /// <summary>m, n, k: the product is [m, k]·[k, n].</summary>
    [ParamsSource(nameof(Shapes))]
    public (int M, int N, int K) Shape { get; set; }

    /// <summary>What <see cref="Shape"/> runs over.</summary>
    public static IEnumerable<(int M, int N, int K)> Shapes =>
    [
        (32, 64, 64), (256, 64, 1), (256, 2, 64), (256, 15, 64), (64, 512, 784), (256, 128, 128), (256, 256, 256), (1024, 1024, 1024),
        (1, 1024, 1024), (1024, 1, 1024), (10_000, 3, 8), (10, 10, 10_000),
    ];

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        (int m, int n, int k) = Shape;
        var random = new Random(1);
        _left = [.. Enumerable.Range(0, m * k).Select(_ => T.CreateTruncating(random.NextDouble()))];
        _right = [.. Enumerable.Range(0, k * n).Select(_ => T.CreateTruncating(random.NextDouble()))];
        _result = new T[m * n];
        _packed = GC.AllocateArray<T>((int)MatMulKernel.PackedLength<T>(n, k), pinned: true);
        PackRight();
        _mathNetLeft = Matrix<T>.Build.DenseOfRowMajor(m, k, _left);
        _mathNetRight = Matrix<T>.Build.DenseOfRowMajor(k, n, _right);
    }

    /// <summary>A·B on one thread.</summary>
    [Benchmark]
    public void OneThread() => Multiply(1, false, false);

    /// <summary>A·Bᵀ on one thread.</summary>
    [Benchmark]
    public void OneThreadRightTransposed() => Multiply(1, false, true);

    /// <summary>Aᵀ·B on one thread, with A stored as [k, m].</summary>
    [Benchmark]
    public void OneThreadLeftTransposed() => Multiply(1, true, false);

    /// <summary>A·B on all processors.</summary>
    [Benchmark]
    public void AllThreads() => Multiply(Environment.ProcessorCount, false, false);

    /// <summary>A·Bᵀ on all processors.</summary>
    [Benchmark]
    public void AllThreadsTransposed() => Multiply(Environment.ProcessorCount, false, true);

    /// <summary>Packing B, which a compiled step does once for all its products.</summary>
    [Benchmark]
    public unsafe void PackRight()
    {
        fixed (T* right = _right, packed = _packed)
        {
            MatMulKernel.PackRight(false, Shape.N, Shape.K, right, packed);
        }
    }

    /// <summary>A·B with a packed B on one thread.</summary>
    [Benchmark]
    public unsafe void Packed()
    {
        fixed (T* left = _left, packed = _packed, result = _result)
        {
            MatMulKernel.RunPacked(Shape.M, Shape.N, Shape.K, left, packed, result);
        }
    }

    /// <summary>MathNet.Numerics, managed provider.</summary>
    [Benchmark(Baseline = true)]
    public Matrix<T> MathNet() => _mathNetLeft * _mathNetRight;

    private void Multiply(int threads, bool transposeLeft, bool transposeRight)
    {
        Workers.Threads = threads;
        MatMulKernel.Run(transposeLeft, transposeRight, Shape.M, Shape.N, Shape.K, _left, 0, _right, 0, _result, 0);
    }
}
