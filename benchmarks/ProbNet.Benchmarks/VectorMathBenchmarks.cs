using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>Elementwise functions on 2,048 floats in the first-level cache, against System.Numerics.Tensors and a scalar loop.</summary>
[MemoryDiagnoser]
public class VectorMathBenchmarks
{
    private const int Length = 2048;

    private readonly float[] _x = [.. Enumerable.Range(1, Length).Select(i => i / (float)Length)];
    private readonly float[] _y = new float[Length];

    /// <summary>eˣ.</summary>
    [Benchmark]
    public void Exp() => ElementwiseLoop.Unary<ExpKernel, float>(_x, _y);

    /// <summary>eˣ of System.Numerics.Tensors.</summary>
    [Benchmark]
    public void ExpTensorPrimitives() => TensorPrimitives.Exp<float>(_x, _y);

    /// <summary>eˣ, one after the other.</summary>
    [Benchmark]
    public void ExpScalar()
    {
        for (int i = 0; i < Length; i++)
        {
            _y[i] = MathF.Exp(_x[i]);
        }
    }

    /// <summary>log x.</summary>
    [Benchmark]
    public void Log() => ElementwiseLoop.Unary<LogKernel, float>(_x, _y);

    /// <summary>log x of System.Numerics.Tensors.</summary>
    [Benchmark]
    public void LogTensorPrimitives() => TensorPrimitives.Log<float>(_x, _y);

    /// <summary>tanh x.</summary>
    [Benchmark]
    public void Tanh() => ElementwiseLoop.Unary<TanhKernel, float>(_x, _y);

    /// <summary>tanh x of System.Numerics.Tensors.</summary>
    [Benchmark]
    public void TanhTensorPrimitives() => TensorPrimitives.Tanh<float>(_x, _y);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    [Benchmark]
    public void Sigmoid() => ElementwiseLoop.Unary<SigmoidKernel, float>(_x, _y);

    /// <summary>The sigmoid of System.Numerics.Tensors.</summary>
    [Benchmark]
    public void SigmoidTensorPrimitives() => TensorPrimitives.Sigmoid<float>(_x, _y);

    private readonly struct ExpKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Exp<V, T>(x);
    }

    private readonly struct LogKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log<V, T>(x);
    }

    private readonly struct TanhKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Tanh<V, T>(x);
    }

    private readonly struct SigmoidKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sigmoid<V, T>(x);
    }
}
