using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// The vector functions on 65,536 elements and one thread: G elements/s, the median of many runs into an existing result. benchmarks/peers/kernels.py measures PyTorch's over
/// the same ranges.
/// </summary>
internal static class ElementwiseThroughput
{
    private const int Length = 65_536;
    private const int WarmUp = 50;
    private const double Seconds = 0.05;

    private static readonly Dictionary<string, (Func<double, double> Single, Func<double, double> Wide)> s_functions = new()
    {
        ["Exp"] = Unary<Exp.Kernel>(-5, 5),
        ["Log"] = Unary<Log.Kernel>(1e-3, 20),
        ["Log1p"] = Unary<Log1p.Kernel>(1e-3, 20),
        ["Tanh"] = Unary<Tanh.Kernel>(-5, 5),
        ["Sigmoid"] = Unary<Sigmoid.Kernel>(-5, 5),
        ["Softplus"] = Unary<Softplus.Kernel>(-5, 5),
        ["Erf"] = Unary<Erf.Kernel>(-5, 5),
        ["Erfc"] = Unary<Erfc.Kernel>(-5, 5),
        ["Sin"] = Unary<Sin.Kernel>(-5, 5),
        ["Cos"] = Unary<Cos.Kernel>(-5, 5),
        ["Pow"] = (Pow<float>, Pow<double>),
        ["LogGamma"] = Unary<LogGamma.Kernel>(0.1, 30),
        ["Digamma"] = Unary<Digamma.Kernel>(0.1, 30),
    };

    /// <summary>Measures every function in float32 and float64 and prints the table.</summary>
    public static void Run()
    {
        Console.WriteLine($"ProbNet, 1 thread, {Length} elements");
        Console.WriteLine($"{"function",-10} {"float32",8} {"float64",8} G/s");
        foreach ((string name, (Func<double, double> single, Func<double, double> wide)) in s_functions)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {single(Seconds),8:F3} {wide(Seconds),8:F3}"));
        }
    }

    /// <summary>A function's G elements/s in float32.</summary>
    /// <param name="name">The function.</param>
    /// <param name="seconds">How long it is measured.</param>
    public static double Single(string name, double seconds) => s_functions[name].Single(seconds);

    private static (Func<double, double> Single, Func<double, double> Wide) Unary<K>(double low, double high)
        where K : struct, IUnaryKernel => (seconds => Unary<K, float>(low, high, seconds), seconds => Unary<K, double>(low, high, seconds));

    private static double Unary<K, T>(double low, double high, double seconds)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = Uniform<T>(1, low, high), y = new T[Length];
        return Rate(() => ElementwiseLoop.Unary<K, T>(x, y), seconds);
    }

    private static double Pow<T>(double seconds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = Uniform<T>(1, 1e-3, 20), b = Uniform<T>(2, -5, 5), y = new T[Length];
        return Rate(() => ElementwiseLoop.Binary<Pow.Kernel, T>(a, b, y), seconds);
    }

    private static double Rate(Action run, double seconds)
    {
        for (int i = 0; i < WarmUp; i++)
        {
            run();
        }

        var ticks = new List<long>();
        long first = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(first).TotalSeconds < seconds)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            ticks.Add(Stopwatch.GetTimestamp() - start);
        }

        ticks.Sort();
        return Length * (Stopwatch.Frequency / 1e9) / ticks[ticks.Count / 2];
    }

    private static T[] Uniform<T>(int seed, double low, double high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => T.CreateTruncating(low + ((high - low) * random.NextDouble())))];
    }
}
