using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Autodiff;

/// <summary>The vector forms of special functions against the scalar functions, over every region and at its edges, in both types.</summary>
public class SpecialBlockTests
{
    private static readonly double[] s_line =
    [
        double.NegativeInfinity, -1e200, -1e8, -300, -38.5, -26.7, -26, -9, -3.2, -1.0000001, -1, -0.9999999, -0.3, -1e-9, -1e-320, -0.0, 0, 1e-320, 1e-9, 0.4, 0.9999999,
        1, 1.7, 3.75, 8.3, 26, 36.9, 37, 39, 1e8, 1e99, 1e101, double.PositiveInfinity, double.NaN,
    ];

    private static readonly double[] s_unit =
    [
        -0.1, 0, 1e-320, 1e-300, 1e-30, 2.3e-16, 2.5e-16, 1e-9, 0.004, 0.2, 0.4999999999, 0.5, 0.5000000001, 0.77, 0.99, 1 - 1e-9, 1 - 1.2e-16, 1, 1.1, double.NaN,
    ];

    private static readonly double[] s_shapes =
        [0, 1e-310, 1e-12, 9.9e-4, 1.1e-3, 0.3, 0.5, 1, 2, 2.5, 8.99, 9, 14, 15.9, 17, 30, 400, 1e7, 1.1e15, 1e300, double.PositiveInfinity];

    public static TheoryData<string> Unary => ["Erfcx", "NormalLogCdf", "NormalQuantile", "ErfInv", "BesselI0e", "BesselI1e"];

    [Theory]
    [MemberData(nameof(Unary))]
    public void Unary_OfEveryRegion_IsTheScalarFunction(string name)
    {
        (Func<Tensor, Tensor> op, Func<double, double> scalar, double[] points) = name switch
        {
            "Erfcx" => ((Func<Tensor, Tensor>)(x => x.Erfcx()), (Func<double, double>)Special.Erfcx, s_line),
            "NormalLogCdf" => (x => x.NormalLogCdf(), Special.NormalLogCdf, s_line),
            "BesselI0e" => (x => x.BesselI0e(), Special.BesselI0e, s_line),
            "BesselI1e" => (x => x.BesselI1e(), Special.BesselI1e, s_line),
            "NormalQuantile" => (x => x.NormalQuantile(), Special.NormalQuantile, s_unit),
            _ => (x => x.ErfInv(), Special.ErfInv, [.. s_unit, .. Array.ConvertAll(s_unit, x => -x)]),
        };
        Compare(points, op(Tensor.From(points)).ToDoubles(), i => scalar(points[i]), 3e-15);
        double[] narrow = Array.ConvertAll(points, x => (double)(float)x);
        Compare(narrow, op(Tensor.From(narrow).Cast(DType.Float32)).ToDoubles(), i => (float)scalar(narrow[i]), 1e-7);
    }

    public static TheoryData<string> Binary => ["LogBeta", "PoissonLogMass", "GammaLogDensity"];

    [Theory]
    [MemberData(nameof(Binary))]
    public void Binary_OfEveryRegion_IsTheScalarFunction(string name)
    {
        (double A, double B)[] pairs = [.. s_shapes.Append(double.NaN).SelectMany(a => s_shapes.Append(double.NaN), (a, b) => (a, b)), .. s_shapes.Select(a => (a, a * 1.0001))];
        double[] first = Array.ConvertAll(pairs, p => p.A), second = Array.ConvertAll(pairs, p => p.B);
        (Func<Tensor, Tensor, Tensor> op, Func<double, double, double> scalar) = name switch
        {
            "LogBeta" => ((Func<Tensor, Tensor, Tensor>)Tensor.LogBeta, (Func<double, double, double>)Special.LogBeta),
            "PoissonLogMass" => ((a, b) => PoissonLogMass.Instance.Apply(a, b), (a, b) => PoissonLogMass.Instance.Map(a, b, 0)),
            _ => ((a, b) => GammaLogDensity.Instance.Apply(a, b), (a, b) => GammaLogDensity.Instance.Map(a, b, 0)),
        };

        // The terms of which the value is made are as large as the arguments times their logarithms.
        double Scale(int i) => name == "LogBeta" ? 1 : Math.Max(1, Math.Abs(first[i] * Math.Log(Math.Max(second[i], 1e-300))));
        Compare(first, op(Tensor.From(first), Tensor.From(second)).ToDoubles(), i => scalar(first[i], second[i]), 4e-15, Scale);
    }

    [Fact]
    public void BetaLogDensity_OfEveryRegion_IsTheScalarFunction()
    {
        (double A, double B, double X)[] all = [.. s_shapes[2..^3].SelectMany(a => s_shapes[2..^3], (a, b) => (a, b)).SelectMany(p => s_unit[1..^2], (p, x) => (p.a, p.b, x))];
        double[] a = Array.ConvertAll(all, p => p.A), b = Array.ConvertAll(all, p => p.B), x = Array.ConvertAll(all, p => p.X);
        double Scale(int i) => Math.Max(1, Math.Abs(a[i] * Math.Log(Math.Max(x[i], 1e-300))) + Math.Abs(b[i] * Math.Log(Math.Max(1 - x[i], 1e-300))));
        Compare(x, BetaLogDensity.Instance.Apply(Tensor.From(a), Tensor.From(b), Tensor.From(x)).ToDoubles(), i => BetaLogDensity.Instance.Map(a[i], b[i], x[i]), 4e-15, Scale);
    }

    public static TheoryData<string> OfSingles => ["LogBeta", "PoissonLogMass", "GammaLogDensity", "GammaLogDensity at the mode", "BetaLogDensity"];

    // Lanes of floats keep to what is promised of log densities: 1e-5·(1 + |y| + Σ|θ·∂y/∂θ|), all in double at the same floats.
    [Theory]
    [MemberData(nameof(OfSingles))]
    public void Singles_OfEveryRegion_KeepToTheirPromise(string name)
    {
        double[] shapes = [1e-30, 1e-12, 9.9e-4, 0.1, 0.3, 0.5, 1, 1.5, 2, 2.5, 2.999, 3, 3.5, 3.9999, 4, 4.5, 6, 9, 17, 30, 400, 3e3, 1e5, 1e7, 1e15, 1e22, 1e30];
        double[] units = [1e-38, 1e-30, 1e-7, 0.004, 0.2, 0.5, 0.77, 0.99, 0.999999];
        double[][] all = name switch
        {
            // Where both are larger the double has lost what is compared.
            "BetaLogDensity" =>
            [
                .. shapes.SelectMany(a => shapes, (a, b) => (a, b)).Where(p => Math.Min(p.a, p.b) < 1e9)
                    .SelectMany(p => units.Append(p.a / (p.a + p.b)).Where(x => (float)x < 1), (p, x) => new[] { p.a, p.b, x }),
            ],
            "GammaLogDensity at the mode" => [.. shapes.SelectMany(_ => new[] { 0.3, 0.51, 0.9, 1, 1.0001, 1.2, 1.49, 1.8 }, (a, r) => new[] { a, a * r })],
            _ => [.. shapes.SelectMany(_ => shapes, (a, b) => new[] { a, b })],
        };
        Func<Tensor[], Tensor> op = name switch
        {
            "LogBeta" => p => Tensor.LogBeta(p[0], p[1]),
            "PoissonLogMass" => p => PoissonLogMass.Instance.Apply(p[0], p[1]),
            "BetaLogDensity" => p => BetaLogDensity.Instance.Apply(p[0], p[1], p[2]),
            _ => p => GammaLogDensity.Instance.Apply(p[0], p[1]),
        };
        Tensor[] narrow = [.. Enumerable.Range(0, all[0].Length).Select(k => Tensor.From([.. all.Select(row => (float)row[k])], [all.Length]))];
        Tensor[] wide = Array.ConvertAll(narrow, x => x.Cast(DType.Float64));
        double[] actual = op(narrow).ToDoubles(), expected = op(wide).ToDoubles();
        Tensor[] gradients = Gradient.ValueAndGradient(p => op(p).Sum(), wide).Gradients;
        double[] scale = gradients.Select((g, k) => (g * wide[k]).Abs()).Aggregate((x, y) => x + y).ToDoubles();
        for (int i = 0; i < actual.Length; i++)
        {
            double bound = 1e-5 * (1 + Math.Abs(expected[i]) + scale[i]);
            Assert.True(
                ((float)expected[i]).Equals((float)actual[i]) || Math.Abs(expected[i] - actual[i]) <= bound,
                FormattableString.Invariant($"{name} at ({string.Join(", ", narrow.Select(x => x.ToDoubles()[i]))}): {actual[i]:R}, in double {expected[i]:R}"));
        }
    }

    private static void Compare(double[] points, double[] actual, Func<int, double> expected, double tolerance, Func<int, double>? scale = null)
    {
        for (int i = 0; i < points.Length; i++)
        {
            double e = expected(i), off = Math.Abs(e - actual[i]);
            Assert.True(
                e.Equals(actual[i]) || e == actual[i] || off <= tolerance * Math.Max(Math.Abs(e), scale?.Invoke(i) ?? 0),
                FormattableString.Invariant($"number {i} at {points[i]:R}: {actual[i]:R}, by the scalar function {e:R}"));
        }
    }
}
