using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>First and second derivatives of every elementwise function against central differences.</summary>
public class ElementwiseGradientTests
{
    private static readonly double[] s_real = [-3.2, -1.3, -0.4, 0.2, 0.7, 1.9, 4.5];
    private static readonly double[] s_positive = [0.15, 0.4, 0.8, 1.3, 2.6, 7.1];
    private static readonly double[] s_unit = [0.07, 0.2, 0.45, 0.6, 0.85, 0.96];
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
        ["Remainder"] = ((a, b) => a % b * b, s_symmetric, s_positive),
    };

    public static TheoryData<string> Unary => [.. s_unary.Keys];

    public static TheoryData<string> Binary => [.. s_binary.Keys];

    [Theory]
    [MemberData(nameof(Unary))]
    public void Vjp_OfUnary_MatchesDifferencesAtBothOrders(string name)
    {
        (Func<Tensor, Tensor> f, double[] points) = s_unary[name];
        Differences.Check(xs => f(xs[0]), Tensor.From<double>(points));
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Vjp_OfBinary_MatchesDifferencesAtBothOrders(string name)
    {
        (Func<Tensor, Tensor, Tensor> f, double[] left, double[] right) = s_binary[name];
        Differences.Check(xs => f(xs[0], xs[1]), Tensor.From(left[..3], [3, 1]), Tensor.From<double>(right[^4..]));
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
