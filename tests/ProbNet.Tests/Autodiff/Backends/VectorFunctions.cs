using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Every function of one operand, with the range it is measured over and its error bounds, as docs/numerics.md gives them.</summary>
internal static class VectorFunctions
{
    public static readonly VectorFunction[] All =
    [
        new VectorFunction<ExpKernel>("Exp", x => DoubleDouble.Exp(x), -745, 709.7, 1, 1),
        new VectorFunction<Exp2Kernel>("Exp2", x => DoubleDouble.Exp(DoubleDouble.Ln2 * x), -1074, 1023.9, 1, 1.5),
        new VectorFunction<Expm1Kernel>("Expm1", x => DoubleDouble.Expm1(x), -50, 709.7, 1.5, 2),
        new VectorFunction<LogKernel>("Log", x => DoubleDouble.Log(x), 1e-300, 1e300, 1, 1),
        new VectorFunction<Log2Kernel>("Log2", x => DoubleDouble.Log(x) / DoubleDouble.Ln2, 1e-300, 1e300, 1, 1.5),
        new VectorFunction<Log1pKernel>("Log1p", x => DoubleDouble.Log1p(x), -0.9999999, 1e300, 1, 1),
        new VectorFunction<SigmoidKernel>("Sigmoid", x => Sigmoid(x), -740, 60, 2, 2),
        new VectorFunction<SoftplusKernel>("Softplus", x => Softplus(x), -740, 800, 2, 2),
        new VectorFunction<TanhKernel>("Tanh", x => Tanh(x), -25, 25, 2.5, 2.5),
        new VectorFunction<SinhKernel>("Sinh", x => (DoubleDouble.Expm1(x) - DoubleDouble.Expm1(-x)) / 2, -709, 709, 2, 2.5),
        new VectorFunction<CoshKernel>("Cosh", x => (DoubleDouble.Exp(x) + DoubleDouble.Exp(-x)) / 2, -709, 709, 1.5, 1.5),
        new VectorFunction<AsinhKernel>("Asinh", x => Asinh(x), -1e150, 1e150, 1.5, 1.5),
        new VectorFunction<AcoshKernel>("Acosh", x => Acosh(x), 1, 1e150, 1.5, 1.5),
        new VectorFunction<AtanhKernel>("Atanh", x => Atanh(x), -0.9999999, 0.9999999, 2, 2),
        new VectorFunction<ErfKernel>("Erf", x => DoubleDouble.Erf(x), -6, 6, 2.5, 1.5),
        new VectorFunction<ErfcKernel>("Erfc", x => DoubleDouble.Erfc(x), -6, 26, 4, 3),
        new VectorFunction<SinKernel>("Sin", x => Math.Sin(x), -1e7, 1e7, 1.5, 1.5),
        new VectorFunction<CosKernel>("Cos", x => Math.Cos(x), -1e7, 1e7, 1.5, 1.5),
        new VectorFunction<TanKernel>("Tan", x => Math.Tan(x), -1e7, 1e7, 2.5, 2.5),
        new VectorFunction<AsinKernel>("Asin", x => Math.Asin(x), -1, 1, 2.5, 2.5),
        new VectorFunction<AcosKernel>("Acos", x => Math.Acos(x), -1, 1, 1.5, 1.5),
        new VectorFunction<AtanKernel>("Atan", x => Math.Atan(x), -1e10, 1e10, 2, 2),
    ];

    private static DoubleDouble Sigmoid(DoubleDouble x) =>
        x.High < 0 ? DoubleDouble.Exp(x) / (1 + DoubleDouble.Exp(x)) : 1 / (1 + DoubleDouble.Exp(-x));

    private static DoubleDouble Softplus(DoubleDouble x) =>
        x.High > 0 ? x + DoubleDouble.Log1p(DoubleDouble.Exp(-x)) : DoubleDouble.Log1p(DoubleDouble.Exp(x));

    private static DoubleDouble Tanh(DoubleDouble x)
    {
        DoubleDouble t = DoubleDouble.Expm1(2 * x);
        return t / (t + 2);
    }

    private static DoubleDouble Asinh(DoubleDouble x)
    {
        DoubleDouble a = x.High < 0 ? -x : x;
        DoubleDouble square = a * a;
        DoubleDouble y = DoubleDouble.Log1p(a + (square / (1 + DoubleDouble.Sqrt(square + 1))));
        return x.High < 0 ? -y : y;
    }

    private static DoubleDouble Acosh(DoubleDouble x)
    {
        DoubleDouble t = x - 1;
        return DoubleDouble.Log1p(t + DoubleDouble.Sqrt(t * (t + 2)));
    }

    private static DoubleDouble Atanh(DoubleDouble x) => DoubleDouble.Log1p(2 * x / (1 - x)) / 2;

    private readonly struct ExpKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp<V, T>(x);
    }

    private readonly struct Exp2Kernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp2<V, T>(x);
    }

    private readonly struct Expm1Kernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Expm1<V, T>(x);
    }

    private readonly struct LogKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Log<V, T>(x);
    }

    private readonly struct Log2Kernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Log2<V, T>(x);
    }

    private readonly struct Log1pKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Log1p<V, T>(x);
    }

    private readonly struct SigmoidKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Sigmoid<V, T>(x);
    }

    private readonly struct SoftplusKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Softplus<V, T>(x);
    }

    private readonly struct TanhKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Tanh<V, T>(x);
    }

    private readonly struct SinhKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Sinh<V, T>(x);
    }

    private readonly struct CoshKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Cosh<V, T>(x);
    }

    private readonly struct AsinhKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Asinh<V, T>(x);
    }

    private readonly struct AcoshKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Acosh<V, T>(x);
    }

    private readonly struct AtanhKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Atanh<V, T>(x);
    }

    private readonly struct ErfKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Erf<V, T>(x);
    }

    private readonly struct ErfcKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Erfc<V, T>(x);
    }

    private readonly struct SinKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Sin<V, T>(x);
    }

    private readonly struct CosKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Cos<V, T>(x);
    }

    private readonly struct TanKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Tan<V, T>(x);
    }

    private readonly struct AsinKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Asin<V, T>(x);
    }

    private readonly struct AcosKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Acos<V, T>(x);
    }

    private readonly struct AtanKernel : IUnaryKernel
    {
        public static V Apply<V, T>(V x)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Atan<V, T>(x);
    }
}
