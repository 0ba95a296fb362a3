using BenchmarkDotNet.Attributes;
using MathNet.Numerics.LinearAlgebra;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>The matrix product on one thread and on all, against MathNet's managed one; the shapes are those of small networks, and square ones.</summary>
[MemoryDiagnoser]
public class MatMulBenchmarks
{
    private float[] _left = [];
    private float[] _right = [];
    private float[] _result = [];
    private float[] _packed = [];
    private Matrix<float> _mathNetLeft = Matrix<float>.Build.Dense(1, 1);
    private Matrix<float> _mathNetRight = Matrix<float>.Build.Dense(1, 1);

    /// <summary>m, n, k: the product is [m, k]·[k, n].</summary>
    [ParamsSource(nameof(Shapes))]
    public (int M, int N, int K) Shape { get; set; }

    /// <summary>What <see cref="Shape"/> runs over.</summary>
    public static IEnumerable<(int M, int N, int K)> Shapes =>
        [(32, 64, 64), (256, 64, 1), (256, 2, 64), (256, 15, 64), (64, 512, 784), (256, 128, 128), (256, 256, 256), (1024, 1024, 1024)];

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        (int m, int n, int k) = Shape;
        var random = new Random(1);
        _left = [.. Enumerable.Range(0, m * k).Select(_ => random.NextSingle())];
        _right = [.. Enumerable.Range(0, k * n).Select(_ => random.NextSingle())];
        _result = new float[m * n];
        _packed = GC.AllocateArray<float>((int)MatMulKernel.PackedLength<float>(n, k), pinned: true);
        PackRight();
        _mathNetLeft = Matrix<float>.Build.DenseOfRowMajor(m, k, _left);
        _mathNetRight = Matrix<float>.Build.DenseOfRowMajor(k, n, _right);
    }

    /// <summary>A·B on one thread.</summary>
    [Benchmark]
    public void OneThread() => Multiply(1, transposeRight: false);

    /// <summary>A·B on all processors.</summary>
    [Benchmark]
    public void AllThreads() => Multiply(Environment.ProcessorCount, transposeRight: false);

    /// <summary>A·Bᵀ on all processors.</summary>
    [Benchmark]
    public void AllThreadsTransposed() => Multiply(Environment.ProcessorCount, transposeRight: true);

    /// <summary>Packing B, which a compiled step does once for all its products.</summary>
    [Benchmark]
    public unsafe void PackRight()
    {
        fixed (float* right = _right, packed = _packed)
        {
            MatMulKernel.PackRight(false, Shape.N, Shape.K, right, packed);
        }
    }

    /// <summary>A·B with a packed B on one thread.</summary>
    [Benchmark]
    public unsafe void Packed()
    {
        fixed (float* left = _left, packed = _packed, result = _result)
        {
            MatMulKernel.RunPacked(Shape.M, Shape.N, Shape.K, left, packed, result);
        }
    }

    /// <summary>MathNet.Numerics, managed provider.</summary>
    [Benchmark(Baseline = true)]
    public Matrix<float> MathNet() => _mathNetLeft * _mathNetRight;

    private void Multiply(int threads, bool transposeRight)
    {
        Workers.Threads = threads;
        MatMulKernel.Run(false, transposeRight, Shape.M, Shape.N, Shape.K, _left, 0, _right, 0, _result, 0);
    }
}
