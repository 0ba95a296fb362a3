using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>Elementary functions on lanes of float or double, at any SIMD width.</summary>
internal static partial class VectorMath
{
    public static V Exp<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, ExpScalar>(x);

    public static V Expm1<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, Expm1Scalar>(x);

    public static V Log<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, LogScalar>(x);

    public static V Log1p<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, Log1pScalar>(x);

    public static V Sigmoid<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, SigmoidScalar>(x);

    public static V Softplus<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, SoftplusScalar>(x);

    public static V Tanh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, TanhScalar>(x);

    public static V Sinh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, SinhScalar>(x);

    public static V Cosh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, CoshScalar>(x);

    public static V Erf<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, ErfScalar>(x);

    public static V Erfc<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, ErfcScalar>(x);

    public static V Sin<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, SinScalar>(x);

    public static V Cos<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, CosScalar>(x);

    public static V Tan<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, TanScalar>(x);

    public static V Asin<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AsinScalar>(x);

    public static V Acos<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AcosScalar>(x);

    public static V Atan<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AtanScalar>(x);

    public static V Asinh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AsinhScalar>(x);

    public static V Acosh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AcoshScalar>(x);

    public static V Atanh<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, AtanhScalar>(x);

    public static V Exp2<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, Exp2Scalar>(x);

    public static V Log2<V, T>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => PerLane<V, T, Log2Scalar>(x);

    public static V Pow<V, T>(V x, V y)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Unsafe.Add(ref Unsafe.As<V, T>(ref x), i);
            lane = T.CreateTruncating(Math.Pow(double.CreateTruncating(lane), double.CreateTruncating(Unsafe.Add(ref Unsafe.As<V, T>(ref y), i))));
        }

        return x;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V PerLane<V, T, F>(V x)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where F : struct, IScalarFunction
    {
        for (int i = 0; i < V.Count; i++)
        {
            ref T lane = ref Unsafe.Add(ref Unsafe.As<V, T>(ref x), i);
            lane = T.CreateTruncating(F.Apply(double.CreateTruncating(lane)));
        }

        return x;
    }

    private readonly struct ExpScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Exp(x);
    }

    private readonly struct Expm1Scalar : IScalarFunction
    {
        public static double Apply(double x) => ScalarMath.Expm1(x);
    }

    private readonly struct LogScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Log(x);
    }

    private readonly struct Log1pScalar : IScalarFunction
    {
        public static double Apply(double x) => ScalarMath.Log1p(x);
    }

    private readonly struct SigmoidScalar : IScalarFunction
    {
        public static double Apply(double x) => ScalarMath.Sigmoid(x);
    }

    private readonly struct SoftplusScalar : IScalarFunction
    {
        public static double Apply(double x) => ScalarMath.Softplus(x);
    }

    private readonly struct TanhScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Tanh(x);
    }

    private readonly struct SinhScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Sinh(x);
    }

    private readonly struct CoshScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Cosh(x);
    }

    private readonly struct ErfScalar : IScalarFunction
    {
        public static double Apply(double x) => MathNet.Numerics.SpecialFunctions.Erf(x);
    }

    private readonly struct ErfcScalar : IScalarFunction
    {
        public static double Apply(double x) => MathNet.Numerics.SpecialFunctions.Erfc(x);
    }

    private readonly struct SinScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Sin(x);
    }

    private readonly struct CosScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Cos(x);
    }

    private readonly struct TanScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Tan(x);
    }

    private readonly struct AsinScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Asin(x);
    }

    private readonly struct AcosScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Acos(x);
    }

    private readonly struct AtanScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Atan(x);
    }

    private readonly struct AsinhScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Asinh(x);
    }

    private readonly struct AcoshScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Acosh(x);
    }

    private readonly struct AtanhScalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Atanh(x);
    }

    private readonly struct Exp2Scalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Pow(2, x);
    }

    private readonly struct Log2Scalar : IScalarFunction
    {
        public static double Apply(double x) => Math.Log2(x);
    }
}
