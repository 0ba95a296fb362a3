using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// The vector functions on 65,536 elements and one thread: G elements/s, the median of many runs into an existing result. The counterpart of
/// benchmarks/peers/elementwise.py, over the same ranges.
/// </summary>
public static class ElementwiseThroughput
{
    private const int Length = 65_536;
    private const int Repeats = 400;

    /// <summary>Measures every function in float32 and float64 and prints the table.</summary>
    public static void Run()
    {
        Console.WriteLine($"ProbNet, 1 thread, {Length} elements");
        Console.WriteLine($"{"function",-10} {"float32",8} {"float64",8} G/s");
        foreach ((string name, double single, double wide) in Measure())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {single,8:F3} {wide,8:F3}"));
        }
    }

    /// <summary>Each function's name and its G elements/s in float32 and float64.</summary>
    public static IEnumerable<(string Name, double Single, double Wide)> Measure()
    {
        yield return Unary<ExpKernel>("Exp", -5, 5);
        yield return Unary<LogKernel>("Log", 1e-3, 20);
        yield return Unary<Log1pKernel>("Log1p", 1e-3, 20);
        yield return Unary<TanhKernel>("Tanh", -5, 5);
        yield return Unary<SigmoidKernel>("Sigmoid", -5, 5);
        yield return Unary<SoftplusKernel>("Softplus", -5, 5);
        yield return Unary<ErfKernel>("Erf", -5, 5);
        yield return Unary<ErfcKernel>("Erfc", -5, 5);
        yield return Unary<SinKernel>("Sin", -5, 5);
        yield return Unary<CosKernel>("Cos", -5, 5);
        yield return ("Pow", Pow<float>(), Pow<double>());
    }

    private static (string Name, double Single, double Wide) Unary<K>(string name, double low, double high)
        where K : struct, IUnaryKernel => (name, Unary<K, float>(low, high), Unary<K, double>(low, high));

    private static double Unary<K, T>(double low, double high)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Uniform<T>(1, low, high), y = new T[Length];
        return Rate(() => ElementwiseLoop.Unary<K, T>(x, y));
    }

    private static double Pow<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = Uniform<T>(1, 1e-3, 20), b = Uniform<T>(2, -5, 5), y = new T[Length];
        return Rate(() => ElementwiseLoop.Binary<PowKernel, T>(a, b, y));
    }

    private static double Rate(Action run)
    {
        long[] ticks = new long[Repeats];
        for (int i = -50; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            ticks[Math.Max(i, 0)] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        return Length * (Stopwatch.Frequency / 1e9) / ticks[Repeats / 2];
    }

    private static T[] Uniform<T>(int seed, double low, double high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => T.CreateTruncating(low + ((high - low) * random.NextDouble())))];
    }

    private readonly struct ExpKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Exp<V, T>(x);
    }

    private readonly struct LogKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log<V, T>(x);
    }

    private readonly struct Log1pKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log1p<V, T>(x);
    }

    private readonly struct TanhKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Tanh<V, T>(x);
    }

    private readonly struct SigmoidKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sigmoid<V, T>(x);
    }

    private readonly struct SoftplusKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Softplus<V, T>(x);
    }

    private readonly struct ErfKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Erf<V, T>(x);
    }

    private readonly struct ErfcKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Erfc<V, T>(x);
    }

    private readonly struct SinKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sin<V, T>(x);
    }

    private readonly struct CosKernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Cos<V, T>(x);
    }

    private readonly struct PowKernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => VectorMath.Pow<V, T>(a, b);
    }
}
