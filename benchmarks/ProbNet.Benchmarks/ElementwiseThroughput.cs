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
        yield return Unary<Exp.Kernel>("Exp", -5, 5);
        yield return Unary<Log.Kernel>("Log", 1e-3, 20);
        yield return Unary<Log1p.Kernel>("Log1p", 1e-3, 20);
        yield return Unary<Tanh.Kernel>("Tanh", -5, 5);
        yield return Unary<Sigmoid.Kernel>("Sigmoid", -5, 5);
        yield return Unary<Softplus.Kernel>("Softplus", -5, 5);
        yield return Unary<Erf.Kernel>("Erf", -5, 5);
        yield return Unary<Erfc.Kernel>("Erfc", -5, 5);
        yield return Unary<Sin.Kernel>("Sin", -5, 5);
        yield return Unary<Cos.Kernel>("Cos", -5, 5);
        yield return ("Pow", Pow<float>(), Pow<double>());
        yield return Unary<LogGamma.Kernel>("LogGamma", 0.1, 30);
        yield return Unary<Digamma.Kernel>("Digamma", 0.1, 30);
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
        return Rate(() => ElementwiseLoop.Binary<Pow.Kernel, T>(a, b, y));
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
}
