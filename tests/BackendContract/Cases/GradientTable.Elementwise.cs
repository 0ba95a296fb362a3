using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class GradientTable
{
    private static void AddElementwise()
    {
        Add("op_Addition", (a, b) => a + b);
        Add("op_Subtraction", (a, b) => a - b);
        Add("op_Multiply", (a, b) => a * b);
        Add("op_Division", (a, b) => a / b, Domain.Real, Domain.Positive);
        Add("op_Division/by negative", (a, b) => a / b, Domain.Real, Domain.Negative);
        Add("op_UnaryNegation", x => -x);
        Add("op_Addition/literal", x => 2 + x);
        Add("op_Subtraction/literal", x => 2 - x);
        Add("op_Multiply/literal", x => 2 * x);
        Add("op_Division/literal", x => 2 / x, Domain.Positive);

        // a = b·(k + r) with r between 0.08 and 0.92 keeps the quotient away from the jumps.
        Add("Remainder", (r, b) => (b * (2 + r)).Remainder(b), Domain.Probability, Domain.Real);
        Add("op_Modulus", (r, b) => (b * (r - 3)) % b, Domain.Probability, Domain.Positive);
        Add("Abs", x => x.Abs());
        Add("Square", x => x.Square());
        Add("Sqrt", x => x.Sqrt(), Domain.Positive);
        Add("Rsqrt", x => x.Rsqrt(), Domain.Positive);
        Add("Cbrt", x => x.Cbrt(), Domain.Positive);
        Add("Cbrt/negative", x => x.Cbrt(), Domain.Negative);
        Add("Reciprocal", x => x.Reciprocal(), Domain.Positive);
        Add("Pow", (a, b) => a.Pow(b), Domain.Positive, Domain.Real);
        foreach (double p in new[] { 0, 1, 2, 3, -1, -2, 0.5, -0.5, 1.7 })
        {
            Add(FormattableString.Invariant($"Pow/{p}"), x => x.Pow(p), Domain.Positive);
        }

        Add("Pow/cube of either sign", x => x.Pow(3));
        Add("Maximum", Tensor.Maximum, Domain.Real, Domain.Halves);
        Add("Minimum", Tensor.Minimum, Domain.Real, Domain.Halves);
        Add("Clip", x => x.Clip(-1, 1.5));
        Add("Clip/below only", x => x.Clip(min: 0.5));
        Add("Clip/tensors", (x, low, gap) => x.Clip(low, low + (2 * gap * gap) + 0.5), Family.Ternary, Domain.Real, Domain.Halves, Domain.Halves);
        Add("Where", (m, a, b) => Tensor.Where(m.GreaterThan(0), a, b), Family.Ternary);
        Add("MaskedFill", (x, v) => x.MaskedFill(Gradient.Stop(x).GreaterThan(0), v));
        Add("SafeWhere", x => Tensor.SafeWhere(x.GreaterThan(-0.5), x, y => (y + 1).Log(), x));

        Add("Exp", x => x.Exp());
        Add("Expm1", x => x.Expm1());
        Add("Log", x => x.Log(), Domain.Positive);
        Add("Log1p", x => x.Log1p(), Domain.Unit);
        Add("Log2", x => x.Log2(), Domain.Positive);
        Add("Log10", x => x.Log10(), Domain.Positive);
        Add("Log1mExp", x => x.Log1mExp(), Domain.Negative);
        Add("LogAddExp", Tensor.LogAddExp);
        Add("XLogY", Tensor.XLogY, Domain.Real, Domain.Positive);
        Add("XLog1PY", Tensor.XLog1PY, Domain.Real, Domain.Positive);
        Add("Entr", x => x.Entr(), Domain.Positive);

        Add("Sin", x => x.Sin());
        Add("Cos", x => x.Cos());
        Add("Tan", x => x.Tan(), Domain.Unit);
        Add("Asin", x => x.Asin(), Domain.Unit);
        Add("Acos", x => x.Acos(), Domain.Unit);
        Add("Atan", x => x.Atan());
        Add("Atan2", Tensor.Atan2, Domain.Real, Domain.Positive);
        Add("Atan2/left", Tensor.Atan2, Domain.Positive, Domain.Negative);
        Add("Hypot", Tensor.Hypot, Domain.Positive, Domain.Real);
        Add("Sinc", x => x.Sinc());
        Add("Sinc/near zero", x => (0.01 * x).Sinc());
        Add("Sinh", x => x.Sinh());
        Add("Cosh", x => x.Cosh());
        Add("Tanh", x => x.Tanh());
        Add("Asinh", x => x.Asinh());
        Add("Acosh", x => x.Acosh(), Domain.AboveOne);
        Add("Atanh", x => x.Atanh(), Domain.Unit);

        Add("Sigmoid", x => x.Sigmoid());
        Add("LogSigmoid", x => x.LogSigmoid());
        Add("Logit", x => x.Logit(), Domain.Probability);
        Add("Softplus", x => x.Softplus());
        Add("Softsign", x => x.Softsign());
        Add("Relu", x => x.Relu());
        Add("LeakyRelu", x => x.LeakyRelu());
        Add("LeakyRelu/slope", (x, slope) => x.LeakyRelu(slope));
        Add("Elu", x => x.Elu());
        Add("Elu/alpha", x => x.Elu(0.7));
        Add("Celu", x => x.Celu(1.3));
        Add("Selu", x => x.Selu());
        Add("Silu", x => x.Silu());
        Add("Mish", x => x.Mish());
        Add("Gelu", x => x.Gelu());
        Add("GeluTanh", x => x.GeluTanh());
        Add("HardTanh", x => x.HardTanh(-1.5, 1));
        Add("HardSigmoid", x => (2 * x).HardSigmoid());
        Add("HardSwish", x => (2 * x).HardSwish());
        Add("TanhShrink", x => x.TanhShrink());
        Add("Cast", x => x.Cast(DType.Float64));
    }

    private static void AddSpecial()
    {
        Add("Erf", x => x.Erf());
        Add("Erfc", x => x.Erfc());
        Add("Erfcx", x => x.Erfcx());
        Add("ErfInv", x => x.ErfInv(), Domain.Unit);
        Add("ErfcInv", x => x.ErfcInv(), Domain.Probability);
        Add("ErfcInv/above one", x => (2 - x).ErfcInv(), Domain.Probability);
        Add("NormalCdf", x => x.NormalCdf());
        Add("NormalLogCdf", x => x.NormalLogCdf());
        Add("NormalLogCdf/slope", x => NormalLogCdfSlope.Instance.Apply(x));
        Add("NormalLogCdf/tail", x => (10 * x).NormalLogCdf(), Domain.Negative);
        Add("NormalQuantile", x => x.NormalQuantile(), Domain.Probability);
        Add("LogGamma", x => x.LogGamma(), Domain.Positive);
        Add("LogGamma/large", x => (x * 30).LogGamma(), Domain.Positive);
        Add("LogGamma/negative", x => (x - 4).LogGamma(), Domain.Probability);
        Add("Digamma", x => x.Digamma(), Domain.Positive);
        Add("Trigamma", x => x.Trigamma(), Domain.Positive);
        Add("Polygamma", x => x.Polygamma(2), Domain.AboveOne);
        Add("Polygamma/zero", x => x.Polygamma(0), Domain.AboveOne);
        Add("LogBeta", Tensor.LogBeta, Domain.Positive, Domain.Positive);
        AddFirstOrder("GammaP/shape", x => Tensor.GammaP(x[0], x[1]), Family.Binary, Domain.Positive, Domain.Positive);
        AddFirstOrder("GammaQ/shape", x => Tensor.GammaQ(x[0], x[1]), Family.Binary, Domain.Positive, Domain.Positive);
        AddFirstOrder("GammaPInverse/shape", x => Tensor.GammaPInverse(x[0], x[1]), Family.Binary, Domain.Positive, Domain.Probability);
        Add("GammaP", x => Tensor.GammaP(1.7, x), Domain.Positive);
        Add("GammaQ", x => Tensor.GammaQ(1.7, x), Domain.Positive);
        Add("GammaPInverse", p => Tensor.GammaPInverse(1.7, p), Domain.Probability);
        AddFirstOrder(
            "BetaRegularized/shapes", x => Tensor.BetaRegularized(x[0], x[1], x[2]), Family.Ternary, Domain.Positive, Domain.Positive, Domain.Probability);
        AddFirstOrder(
            "BetaRegularizedInverse/shapes", x => Tensor.BetaRegularizedInverse(x[0], x[1], x[2]), Family.Ternary,
            Domain.Positive, Domain.Positive, Domain.Probability);
        Add("BetaRegularized", x => Tensor.BetaRegularized(1.7, 0.8, x), Domain.Probability);
        Add("BetaRegularizedInverse", p => Tensor.BetaRegularizedInverse(1.7, 0.8, p), Domain.Probability);
        Add("Zeta", q => Tensor.Zeta(2.5, q), Domain.Positive);
        Add("BesselI0", x => x.BesselI0());
        Add("BesselI0e", x => x.BesselI0e());
        Add("BesselI1", x => x.BesselI1());
        Add("BesselI1e", x => x.BesselI1e());
        Add("BesselIe", x => Tensor.BesselIe(1.5, x), Domain.Positive);
        Add("BesselIe/integer", x => Tensor.BesselIe(2, x));
        Add("LogBesselI", x => Tensor.LogBesselI(0.5, x), Domain.Positive);
        Add("LogBesselI/even", x => Tensor.LogBesselI(0, x));
        Add("BesselIRatio", x => Tensor.BesselIRatio(1.5, x));
        Add("BesselJ0", x => x.BesselJ0());
        Add("BesselJ1", x => x.BesselJ1());
        Add("BesselJ1/large", x => (6 * x).BesselJ1());
        Add("BesselK0", x => x.BesselK0(), Domain.Positive);
        Add("BesselK0e", x => x.BesselK0e(), Domain.Positive);
        Add("BesselK1", x => x.BesselK1(), Domain.Positive);
        Add("BesselK1e", x => x.BesselK1e(), Domain.Positive);
        Add("ExpIntegralE1", x => x.ExpIntegralE1(), Domain.Positive);
        Add("Dawson", x => x.Dawson());
        Add("Dawson/large", x => (4 * x).Dawson());
        Add("LambertW", x => x.LambertW(), Domain.Positive);
        Add("LambertW/negative", x => (0.1 * x).LambertW(), Domain.Negative);
        Add("OwensT", Tensor.OwensT);
        Add("LogMultivariateGamma", x => x.LogMultivariateGamma(3), Domain.AboveOne);
    }
}
