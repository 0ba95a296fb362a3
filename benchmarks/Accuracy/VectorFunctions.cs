using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>Every elementwise function with a polynomial of its own, the range it is measured over and its error bounds, as docs/numerics.md gives them.</summary>
internal static class VectorFunctions
{
    public static readonly VectorFunction[] All =
    [
        new UnaryFunction<Exp.Kernel>("Exp", x => DoubleDouble.Exp(x), -745, 709.7, 1, 1.5),
        new UnaryFunction<Exp2Kernel>("Exp2", x => DoubleDouble.Exp(DoubleDouble.Ln2 * x), -1074, 1023.9, 1, 1.5),
        new UnaryFunction<Expm1.Kernel>("Expm1", x => DoubleDouble.Expm1(x), -50, 709.7, 1.5, 2.5),
        new UnaryFunction<Log.Kernel>("Log", x => DoubleDouble.Log(x), 1e-300, 1e300, 1, 1),
        new UnaryFunction<Log2.Kernel>("Log2", x => DoubleDouble.Log(x) / DoubleDouble.Ln2, 1e-300, 1e300, 2, 2),
        new UnaryFunction<Log1p.Kernel>("Log1p", x => DoubleDouble.Log1p(x), -0.9999999, 1e300, 1, 1.5),
        new UnaryFunction<Sigmoid.Kernel>("Sigmoid", x => Sigmoid(x), -740, 60, 2, 2),
        new UnaryFunction<Softplus.Kernel>("Softplus", x => Softplus(x), -740, 800, 2, 2),
        new UnaryFunction<Tanh.Kernel>("Tanh", x => Tanh(x), -25, 25, 2.5, 2.5),
        new UnaryFunction<Sinh.Kernel>("Sinh", x => (DoubleDouble.Expm1(x) - DoubleDouble.Expm1(-x)) / 2, -709, 709, 2.5, 2.5),
        new UnaryFunction<Cosh.Kernel>("Cosh", x => (DoubleDouble.Exp(x) + DoubleDouble.Exp(-x)) / 2, -709, 709, 1.5, 1.5),
        new UnaryFunction<Asinh.Kernel>("Asinh", x => Asinh(x), -1e150, 1e150, 2, 2),
        new UnaryFunction<Acosh.Kernel>("Acosh", x => Acosh(x), 1, 1e150, 2.5, 2),
        new UnaryFunction<Atanh.Kernel>("Atanh", x => Atanh(x), -0.9999999, 0.9999999, 2.5, 2),
        new UnaryFunction<Erf.Kernel>("Erf", x => DoubleDouble.Erf(x), -6, 6, 2.5, 2),
        new UnaryFunction<Erfc.Kernel>("Erfc", x => DoubleDouble.Erfc(x), -6, 26, 4.5, 4),
        new UnaryFunction<Sin.Kernel>("Sin", x => Math.Sin(x), -1e7, 1e7, 1.5, 1.5),
        new UnaryFunction<Cos.Kernel>("Cos", x => Math.Cos(x), -1e7, 1e7, 1.5, 1.5),
        new UnaryFunction<Tan.Kernel>("Tan", x => Math.Tan(x), -1e7, 1e7, 3, 3),
        new UnaryFunction<Asin.Kernel>("Asin", x => Math.Asin(x), -1, 1, 2.5, 2.5),
        new UnaryFunction<Acos.Kernel>("Acos", x => Math.Acos(x), -1, 1, 1.5, 1.5),
        new UnaryFunction<Atan.Kernel>("Atan", x => Math.Atan(x), -1e10, 1e10, 2, 2),
        new PowerFunction(0.75, 1.5),
        new UnaryFunction<LogGamma.Kernel>("LogGamma", x => Special.LogGamma(x), 1e-300, 1e300, 5, double.NaN),
        new UnaryFunction<Digamma.Kernel>("Digamma", x => Special.Digamma(x), 1e-300, 1e300, 5, double.NaN),
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

    // There is no operation for it: the powers of two are a part of others.
    private readonly struct Exp2Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Exp2<V, T>(x);
    }
}
