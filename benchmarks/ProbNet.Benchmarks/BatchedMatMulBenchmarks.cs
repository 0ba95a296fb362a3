using System.Numerics;
using BenchmarkDotNet.Attributes;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>Many products of small matrices in one call, with all transposes.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class BatchedMatMulBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _left = [];
    private T[] _right = [];
    private T[] _result = [];

    /// <summary>How many products, and m, n, k of each: [m, k]·[k, n].</summary>
    [ParamsSource(nameof(Shapes))]
    public (int Count, int M, int N, int K) Shape { get; set; }

    /// <summary>What <see cref="Shape"/> runs over.</summary>
    public static IEnumerable<(int Count, int M, int N, int K)> Shapes => [(4096, 3, 3, 3), (512, 16, 16, 16), (64, 64, 64, 64), (32, 128, 1, 128)];

    /// <summary>Whether the left operand is stored as [k, m].</summary>
    [Params(false, true)]
    public bool TransposeLeft { get; set; }

    /// <summary>Whether the right operand is stored as [n, k].</summary>
    [Params(false, true)]
    public bool TransposeRight { get; set; }

    /// <summary>Fills the operands.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        (int count, int m, int n, int k) = Shape;
        var random = new Random(1);
        _left = [.. Enumerable.Range(0, count * m * k).Select(_ => T.CreateTruncating(random.NextDouble()))];
        _right = [.. Enumerable.Range(0, count * k * n).Select(_ => T.CreateTruncating(random.NextDouble()))];
        _result = new T[count * m * n];
        Workers.Threads = 1;
    }

    /// <summary>All products on one thread.</summary>
    [Benchmark]
    public void Multiply()
    {
        (int count, int m, int n, int k) = Shape;
        MatMulKernel.RunBatched(TransposeLeft, TransposeRight, m, n, k, _left, 0, _right, 0, _result, 0, count, m * k, k * n, m * n);
    }
}
