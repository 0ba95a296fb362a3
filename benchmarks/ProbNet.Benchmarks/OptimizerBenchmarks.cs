using System.Numerics;
using BenchmarkDotNet.Attributes;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>The pass of an optimizer over all parameters in one buffer, as a compiled step takes it.</summary>
/// <typeparam name="T">The type of the parameters.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public unsafe class OptimizerBenchmarks<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Optimizer _sgd = new Sgd(1e-6), _momentum = new Sgd(1e-6, momentum: 0.9), _adam = new Adam(1e-6);
    private FlatLayout? _layout;
    private T[] _value = [];
    private T[] _gradient = [];
    private T[] _result = [];

    /// <summary>Weights: those of the small mixture density network, and of the classifier of images.</summary>
    [Params(5_263, 669_706)]
    public int Weights { get; set; }

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Fills the buffers.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        Workers.Threads = Threads;
        DType dtype = DTypeExtensions.Of<T>();
        _layout = new([new Parameter("w", RandomKey.FromSeed(1).Normal([Weights], dtype))]);
        _value = GC.AllocateArray<T>(_layout.Length, pinned: true);
        _gradient = GC.AllocateArray<T>(_layout.Length, pinned: true);
        _result = GC.AllocateArray<T>(_layout.Length, pinned: true);
        RandomKey.FromSeed(2).Normal([Weights], dtype).ToArray<T>().CopyTo(_gradient, 0);
    }

    /// <summary>w − rate·g.</summary>
    [Benchmark]
    public void Sgd() => Step(_sgd);

    /// <summary>The same with momentum.</summary>
    [Benchmark]
    public void Momentum() => Step(_momentum);

    /// <summary>Adam.</summary>
    [Benchmark]
    public void Adam() => Step(_adam);

    private void Step(Optimizer optimizer)
    {
        fixed (T* value = _value, gradient = _gradient, result = _result)
        {
            optimizer.StepFlat(_layout!, value, gradient, result);
        }
    }
}
