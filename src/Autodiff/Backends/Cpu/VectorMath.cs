using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>Elementary functions on lanes of float or double, at any SIMD width.</summary>
internal static partial class VectorMath
{
    /// <summary>One lane after the other, for the few arguments that a vector form does not serve.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V PerLane<V, T, F>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IScalarFunction
    {
        if (typeof(V) == typeof(RecordedLanes<T>))
        {
            return Unsafe.BitCast<RecordedLanes<T>, V>(RecordedLanes<T>.OfNumber(F.Instruction, Unsafe.BitCast<V, RecordedLanes<T>>(x)));
        }

        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Unsafe.Add(ref Unsafe.As<V, T>(ref x), i);
            lane = T.CreateTruncating(F.Apply(double.CreateTruncating(lane)));
        }

        return x;
    }

    private readonly struct SinScalar : IScalarFunction
    {
        public static KernelOp Instruction => KernelOp.Sin;

        public static double Apply(double x) => Math.Sin(x);
    }

    private readonly struct CosScalar : IScalarFunction
    {
        public static KernelOp Instruction => KernelOp.Cos;

        public static double Apply(double x) => Math.Cos(x);
    }

    private readonly struct TanScalar : IScalarFunction
    {
        public static KernelOp Instruction => KernelOp.Tan;

        public static double Apply(double x) => Math.Tan(x);
    }
}
