using FsCheck;
using FsCheck.Fluent;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Gradients over random shapes, broadcasts and values: empty and scalar tensors included.</summary>
public class GradientProperties
{
    private static readonly GradientEntry[] s_shaped = [.. GradientTable.Entries.Values.Where(entry => entry.Family.FromDraw is not null)];

    // Values at which functions and their gradients are most often wrong.
    private static readonly double[] s_awkward =
    [
        0.0, -0.0, 1, -1, 0.5, 3, -3, 1e-300, -1e-300, 5e-324, 1e-30, -1e-30, 1e-8, 17, -17, 40, -40, 90, -90, 710, -710, 1e4, -1e4, 1e30, -1e30,
        1e300, -1e300, double.PositiveInfinity, double.NegativeInfinity, double.NaN,
    ];

    // Defined on the whole line with a bounded slope: a finite input must give a finite value and a finite gradient.
    private static readonly string[] s_tame =
    [
        "Abs", "Tanh", "Sin", "Cos", "Atan", "Asinh", "Sigmoid", "LogSigmoid", "Softplus", "Softsign", "Relu", "LeakyRelu", "Elu", "Celu", "Selu", "Silu",
        "Mish", "Gelu", "GeluTanh", "HardTanh", "HardSigmoid", "HardSwish", "TanhShrink", "Erf", "Erfc", "NormalCdf", "Sinc", "Clip",
    ];

    // These have no limit at infinity, or their formula is ∞/∞ or ∞ · 0 there, and NaN as in PyTorch.
    private static readonly string[] s_noLimit = ["Sin", "Cos", "Sinc", "Softsign", "Silu", "Mish", "Gelu", "GeluTanh", "HardSwish"];

    [Fact]
    public void Gradient_EveryShapedEntryAtRandomShapes_AgreesWithDifferences()
    {
        Arbitrary<(GradientEntry Entry, Draw Draw)> cases = Arb.From(
            from entry in Gen.Elements(s_shaped)
            from draw in Draws.All.Generator
            select (entry, draw),
            pair => Draws.All.Shrinker(pair.draw).Select(draw => (pair.entry, draw)));
        PropertyCheck.ForAll(cases, 3000, pair =>
        {
            (GradientEntry entry, Draw draw) = pair;
            Tensor[] inputs = entry.Inputs(entry.Family.FromDraw!(draw), (ulong)draw.Seed);
            GradientCheckResult result = GradientCheck.Run(entry.Function, entry.Options((ulong)draw.Seed), inputs);
            Assert.True(result.Passed, $"{entry.Name} at {string.Join(", ", inputs.Select(x => x.Shape))}: {result}");
        });
    }

    [Fact]
    public void Gradient_ElementOfALongTensor_IsThatOfTheElementAlone()
    {
        // Vector loops, their tails and their slow paths must agree bit for bit with the scalar, wherever in the tensor an awkward value stands.
        GradientEntry[] unary = [.. s_shaped.Where(entry => entry.Family == Family.Unary && IsElementwise(entry))];
        Arbitrary<(GradientEntry Entry, double[] Values, bool Single)> cases = Arb.From(
            from entry in Gen.Elements(unary)
            from length in Gen.Choose(1, 37)
            from values in Gen.ArrayOf(Gen.Frequency((1, Gen.Elements(s_awkward)), (1, Gen.Choose(-300, 300).Select(i => i / 97.0))), length)
            from single in Gen.Elements(false, true)
            select (entry, values, single));
        PropertyCheck.ForAll(cases, 3000, drawn =>
        {
            (GradientEntry entry, double[] values, bool single) = drawn;
            (double[] y, double[] gradient) = ValueAndGradient(entry, values, single);
            for (int i = 0; i < values.Length; i++)
            {
                (double[] alone, double[] slope) = ValueAndGradient(entry, [values[i]], single);
                Assert.True(alone[0].Equals(y[i]), $"{entry.Name}({values[i]:R}) is {alone[0]:R} alone, but {y[i]:R} as element {i} of {values.Length}.");
                Assert.True(
                    slope[0].Equals(gradient[i]),
                    $"The gradient of {entry.Name} at {values[i]:R} is {slope[0]:R} alone, but {gradient[i]:R} as element {i} of {values.Length}.");
            }
        });
    }

    [Fact]
    public void Gradient_TameFunctionsAtAwkwardValues_IsFiniteForFiniteInputAndNaNForNaN()
    {
        var wrong = new List<string>();
        foreach ((string name, double x, bool single) in s_tame.SelectMany(name => s_awkward.SelectMany(x => new[] { (name, x, false), (name, x, true) })))
        {
            double input = single ? (float)x : x;
            (double[] y, double[] gradient) = ValueAndGradient(GradientTable.Entries[name], [x], single);
            bool right = double.IsNaN(input) ? double.IsNaN(y[0])
                : double.IsFinite(input) ? double.IsFinite(y[0]) && double.IsFinite(gradient[0])
                : !double.IsNaN(y[0]) || s_noLimit.Contains(name);
            if (!right)
            {
                wrong.Add($"{name}({input:R}) in {(single ? "Float32" : "Float64")}: value {y[0]:R}, gradient {gradient[0]:R}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static (double[] Value, double[] Gradient) ValueAndGradient(GradientEntry entry, double[] values, bool single)
    {
        Tensor x = Tensor.From(values).Cast(single ? DType.Float32 : DType.Float64);
        (Tensor value, Tensor gradient) = Gradient.Vjp(v => entry.Function([v]), x, Tensor.OnesLike(x));
        return (value.ToDoubles(), gradient.ToDoubles());
    }

    private static bool IsElementwise(GradientEntry entry)
    {
        Tensor x = DomainValues.Sample(entry.Domains[0], [3], 1);
        return entry.Method is not ("Cast" or "SafeWhere" or "MaskedSelect") && entry.Function([x]).Shape == x.Shape
            && Gradient.Jacobian(v => entry.Function([v]), x).ToDoubles().Where((_, i) => i % 4 != 0).All(slope => slope == 0);
    }
}
