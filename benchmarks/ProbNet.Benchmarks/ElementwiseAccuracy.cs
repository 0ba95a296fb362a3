using System.Globalization;
using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// The largest error of each vector function on floats, in units in the last place of the exact result, over every 61st of all 2³² bit patterns,
/// against the same function in double precision.
/// </summary>
public static class ElementwiseAccuracy
{
    private const uint Stride = 61;

    /// <summary>Measures every function on 512 and on 256 bits and prints the table; it takes some minutes.</summary>
    public static void Run()
    {
        Console.WriteLine($"{"function",-10} {"512 bits",9} {"256 bits",9} ulp");
        Measure<Exp.Kernel>("Exp", Math.Exp);
        Measure<Log.Kernel>("Log", Math.Log);
        Measure<Log1p.Kernel>("Log1p", Special.Log1p);
        Measure<Tanh.Kernel>("Tanh", Math.Tanh);
        Measure<Sigmoid.Kernel>("Sigmoid", x => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)));
        Measure<Softplus.Kernel>("Softplus", x => Math.Max(x, 0) + Special.Log1p(Math.Exp(-Math.Abs(x))));
        Measure<Erf.Kernel>("Erf", Special.Erf);
        Measure<Erfc.Kernel>("Erfc", Special.Erfc);
        Measure<Sin.Kernel>("Sin", Math.Sin);
        Measure<Cos.Kernel>("Cos", Math.Cos);
    }

    private static void Measure<K>(string name, Func<double, double> exact)
        where K : struct, IUnaryKernel
    {
        float[] x = new float[1 << 14], wide = new float[x.Length], narrow = new float[x.Length];
        double worstWide = 0, worstNarrow = 0;
        for (ulong bits = 0; bits <= uint.MaxValue;)
        {
            int count = 0;
            for (; count < x.Length && bits <= uint.MaxValue; bits += Stride)
            {
                x[count++] = BitConverter.UInt32BitsToSingle((uint)bits);
            }

            ElementwiseLoop.Unary<K, float, Lanes512<float>>(x, wide);
            ElementwiseLoop.Unary<K, float, Lanes256<float>>(x, narrow);
            for (int i = 0; i < count; i++)
            {
                double reference = exact(x[i]);
                worstWide = Math.Max(worstWide, Ulps(wide[i], reference));
                worstNarrow = Math.Max(worstNarrow, Ulps(narrow[i], reference));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {worstWide,9:F2} {worstNarrow,9:F2}"));
    }

    /// <summary>0 where both overflow or are not numbers, ∞ where only one does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Ulps(float y, double exact)
    {
        float rounded = (float)exact;
        if (!float.IsFinite(rounded) || !float.IsFinite(y))
        {
            return y.Equals(rounded) ? 0 : double.PositiveInfinity;
        }

        float magnitude = Math.Abs(rounded);
        double ulp = magnitude == float.MaxValue ? (double)magnitude - MathF.BitDecrement(magnitude) : (double)MathF.BitIncrement(magnitude) - magnitude;
        return Math.Abs(y - exact) / ulp;
    }
}
