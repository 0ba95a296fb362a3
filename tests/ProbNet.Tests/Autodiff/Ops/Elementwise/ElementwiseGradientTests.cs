using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>First and second derivatives of every elementwise function against differences, and its values in single precision.</summary>
public class ElementwiseGradientTests
{
    private static readonly double[] s_real = [-3.2, -1.3, -0.4, 0.2, 0.7, 1.9, 4.5];
    private static readonly double[] s_positive = [0.15, 0.4, 0.8, 1.3, 2.6, 7.1];
    private static readonly double[] s_unit = [0.16, 0.2, 0.45, 0.6, 0.76, 0.85];
    private static readonly double[] s_symmetric = [-0.9, -0.6, -0.2, 0.1, 0.45, 0.88];

    private static readonly Dictionary<string, (Func<Tensor, Tensor> F, double[] Points)> s_unary = new()
    {
        ["Negate"] = (x => -x, s_real),
        ["Abs"] = (x => x.Abs() * x, s_real),
        ["Square"] = (x => x.Square(), s_real),
        ["Sqrt"] = (x => x.Sqrt(), s_positive),
        ["Rsqrt"] = (x => x.Rsqrt(), s_positive),
        ["Cbrt"] = (x => x.Cbrt(), s_real),
        ["Reciprocal"] = (x => x.Reciprocal(), s_positive),
        ["Pow(3)"] = (x => x.Pow(3), s_real),
        ["Pow(-1.5)"] = (x => x.Pow(-1.5), s_positive),
        ["Exp"] = (x => x.Exp(), s_real),
        ["Expm1"] = (x => x.Expm1(), s_real),
        ["Log"] = (x => x.Log(), s_positive),
        ["Log1p"] = (x => x.Log1p(), s_unit),
        ["Log2"] = (x => x.Log2(), s_positive),
        ["Log10"] = (x => x.Log10(), s_positive),
        ["Tanh"] = (x => x.Tanh(), s_real),
        ["Sigmoid"] = (x => x.Sigmoid(), s_real),
        ["LogSigmoid"] = (x => x.LogSigmoid(), s_real),
        ["Softplus"] = (x => x.Softplus(), s_real),
        ["Relu"] = (x => x.Relu() * x, s_real),
        ["Clip"] = (x => x.Clip(-1, 2) * x, s_real),
        ["Sin"] = (x => x.Sin(), s_real),
        ["Cos"] = (x => x.Cos(), s_real),
        ["Tan"] = (x => x.Tan(), s_symmetric),
        ["Asin"] = (x => x.Asin(), s_symmetric),
        ["Acos"] = (x => x.Acos(), s_symmetric),
        ["Atan"] = (x => x.Atan(), s_real),
        ["Sinc"] = (x => x.Sinc(), [.. s_real, 0, 1e-4, 1]),
        ["Sinh"] = (x => x.Sinh(), s_symmetric),
        ["Cosh"] = (x => x.Cosh(), s_symmetric),
        ["Asinh"] = (x => x.Asinh(), s_real),
        ["Acosh"] = (x => (1 + x).Acosh(), s_positive),
        ["Atanh"] = (x => x.Atanh(), s_symmetric),
        ["Logit"] = (x => x.Logit(), s_unit),
        ["Log1mExp"] = (x => (-x).Log1mExp(), s_positive),
        ["Entr"] = (x => x.Entr(), s_positive),
        ["LeakyRelu"] = (x => x.LeakyRelu() * x, s_real),
        ["Elu"] = (x => x.Elu(1.4) * x, s_real),
        ["Selu"] = (x => x.Selu(), s_real),
        ["Celu"] = (x => x.Celu(0.6), s_real),
        ["Gelu"] = (x => x.Gelu(), s_real),
        ["GeluTanh"] = (x => x.GeluTanh(), s_real),
        ["Silu"] = (x => x.Silu(), s_real),
        ["Mish"] = (x => x.Mish(), s_real),
        ["HardTanh"] = (x => x.HardTanh(-2, 1.5) * x, s_real),
        ["HardSigmoid"] = (x => x.HardSigmoid() * x, s_real),
        ["HardSwish"] = (x => x.HardSwish(), s_real),
        ["Softsign"] = (x => x.Softsign(), s_real),
        ["TanhShrink"] = (x => x.TanhShrink(), s_real),
        ["Erf"] = (x => x.Erf(), s_real),
        ["Erfc"] = (x => x.Erfc(), s_real),
        ["Erfcx"] = (x => x.Erfcx(), s_symmetric),
        ["ErfInv"] = (x => x.ErfInv(), s_symmetric),
        ["ErfcInv"] = (x => x.ErfcInv(), s_unit),
        ["NormalCdf"] = (x => x.NormalCdf(), s_real),
        ["NormalLogCdf"] = (x => x.NormalLogCdf(), s_real),
        ["NormalQuantile"] = (x => x.NormalQuantile(), s_unit),
        ["LogGamma"] = (x => x.LogGamma(), [-2.4, -0.7, .. s_positive]),
        ["Digamma"] = (x => x.Digamma(), s_positive[1..]),
        ["Polygamma"] = (x => x.Polygamma(2), s_positive[2..]),
        ["LogMultivariateGamma"] = (x => (1 + x).LogMultivariateGamma(3), s_positive[1..]),
        ["BesselI0"] = (x => x.BesselI0(), s_symmetric),
        ["BesselI0e"] = (x => x.BesselI0e(), [-9, .. s_real, 9]),
        ["BesselI1"] = (x => x.BesselI1(), s_symmetric),
        ["BesselI1e"] = (x => x.BesselI1e(), [-9, .. s_real, 9]),
        ["GammaP of x"] = (x => Tensor.GammaP(2.2, x), s_positive[1..]),
        ["GammaQ of x"] = (x => Tensor.GammaQ(0.8, x), s_positive[1..]),
        ["GammaPInverse of p"] = (p => Tensor.GammaPInverse(2.2, p), s_unit),
        ["BetaRegularized of x"] = (x => Tensor.BetaRegularized(0.7, 2.2, x), s_unit),
        ["BetaRegularizedInverse of p"] = (p => Tensor.BetaRegularizedInverse(1.7, 2.2, p), s_unit),
        ["Zeta of q"] = (q => Tensor.Zeta(2.5, q), s_positive[1..]),
        ["Where"] = (x => Tensor.Where(x > 0, x.Exp(), x.Square()), s_real),
    };

    private static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> F, double[] Left, double[] Right)> s_binary = new()
    {
        ["Add"] = ((a, b) => (a + b) * a, s_real, s_real),
        ["Subtract"] = ((a, b) => (a - b) * b, s_real, s_real),
        ["Multiply"] = ((a, b) => a * b, s_real, s_real),
        ["Divide"] = ((a, b) => a / b, s_real, s_positive),
        ["Maximum"] = ((a, b) => Tensor.Maximum(a, b) * a, s_real, s_positive),
        ["Minimum"] = ((a, b) => Tensor.Minimum(a, b) * b, s_real, s_positive),
        ["Pow"] = ((a, b) => a.Pow(b), s_positive, s_symmetric),
        ["Atan2"] = (Tensor.Atan2, s_real, s_real),
        ["Hypot"] = (Tensor.Hypot, s_real, s_real),
        ["LogAddExp"] = (Tensor.LogAddExp, s_real, s_symmetric),
        ["XLogY"] = (Tensor.XLogY, s_real, s_positive),
        ["XLog1PY"] = (Tensor.XLog1PY, s_real, s_symmetric),
        ["LeakyRelu"] = ((a, b) => a.LeakyRelu(b) * a, s_real, s_positive),
        ["LogBeta"] = (Tensor.LogBeta, s_positive[1..], s_positive),
        ["Remainder"] = ((a, b) => a % b * b, s_symmetric, s_positive),
    };

    public static TheoryData<string> Unary => [.. s_unary.Keys];

    public static TheoryData<string> Binary => [.. s_binary.Keys];

    [Theory]
    [MemberData(nameof(Unary))]
    public void Vjp_OfUnary_MatchesDifferencesAtBothOrders(string name)
    {
        (Func<Tensor, Tensor> f, double[] points) = s_unary[name];
        GradientCheck.Run(f, Tensor.From<double>(points)).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Vjp_OfBinary_MatchesDifferencesAtBothOrders(string name)
    {
        (Func<Tensor, Tensor, Tensor> f, double[] left, double[] right) = s_binary[name];
        GradientCheck.Run(xs => f(xs[0], xs[1]), Tensor.From(left[..3], [3, 1]), Tensor.From<double>(right[^4..])).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(Unary))]
    public void Value_OfUnaryInFloat32_AgreesWithFloat64(string name)
    {
        (Func<Tensor, Tensor> f, double[] points) = s_unary[name];
        Tensor single = Tensor.From<double>(points).Cast(DType.Float32);
        AssertSinglePrecision(f(single.Cast(DType.Float64)), f(single));
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Value_OfBinaryInFloat32_AgreesWithFloat64(string name)
    {
        (Func<Tensor, Tensor, Tensor> f, double[] left, double[] right) = s_binary[name];
        Tensor a = Tensor.From(left[..3], [3, 1]).Cast(DType.Float32), b = Tensor.From<double>(right[^4..]).Cast(DType.Float32);
        AssertSinglePrecision(f(a.Cast(DType.Float64), b.Cast(DType.Float64)), f(a, b));
    }

    [Theory]
    [MemberData(nameof(Unary))]
    public void Gradient_OfUnaryOfNothing_IsNothing(string name)
    {
        Tensor gradient = Gradient.Of(x => s_unary[name].F(x).Sum(), Tensor.Zeros([0, 3], DType.Float64));
        Assert.Equal([0, 3], gradient.Shape);
    }

    private static void AssertSinglePrecision(Tensor expected, Tensor actual)
    {
        Assert.Equal(DType.Float32, actual.DType);
        Assert.Equal(expected.Shape, actual.Shape);
        double[] x = expected.ToDoubles(), y = actual.ToDoubles();
        for (int i = 0; i < x.Length; i++)
        {
            Assert.InRange(y[i], x[i] - (2e-6 * (1 + Math.Abs(x[i]))), x[i] + (2e-6 * (1 + Math.Abs(x[i]))));
        }
    }
}
