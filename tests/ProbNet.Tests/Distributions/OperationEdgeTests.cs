using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Every operation of the distributions at the edges of its domain: the value, the same in any lane and compiled, gradients without NaN, and NaN for NaN.</summary>
public class OperationEdgeTests
{
    // More than a register of any width, and a rest.
    private const int Length = 37;

    [Fact]
    public void Table_EveryOperation_IsInIt()
    {
        // Splines are no functions of a few numbers; their edges are in SplineOpTests. Slopes are those of other operations.
        string[] elsewhere = ["SpecialSlope", "SplineBackward", "SplineForward", "SplineInverse"];
        IEnumerable<string> there = OperationEdges.All.Select(edge => edge.Op.GetType().Name);
        Assert.Empty(LibraryOperations.Types.Where(type => type.Assembly != typeof(Op).Assembly).Select(LibraryOperations.NameOf).Except(there).Except(elsewhere));
    }

    [Fact]
    public void Value_AtAnEdge_IsThatOfTheFormulaInAnyLaneAndCompiled()
    {
        var wrong = new List<string>();
        foreach (OperationEdge edge in OperationEdges.All)
        {
            foreach (DType dtype in new[] { DType.Float64, DType.Float32 }.Where(dtype => Fits(edge, dtype)))
            {
                Tensor[] Filled(int count) => Array.ConvertAll(edge.Arguments, value => Tensor.Full([count], value, dtype));
                Tensor[] alone = Filled(1), many = Filled(Length);
                double value = edge.Op.Apply(alone).ToDoubles()[0];

                // A few roundings of the result, or of the terms of order 1 that cancel to 0, and in Float32 of the arguments.
                double tolerance = (dtype == DType.Float64 ? 4e-15 : 4e-7) * (edge.Expected == 0 ? 1 : Math.Abs(edge.Expected));
                bool close = value.Equals(edge.Expected) || value == edge.Expected || Math.Abs(value - edge.Expected) <= tolerance;
                Note(close, edge, dtype, FormattableString.Invariant($"is {value:R}, not {edge.Expected:R}"));
                Note(edge.Op.Apply(many).ToDoubles().All(other => other.Equals(value)), edge, dtype, "is another number in a longer tensor");
                Note(Graph.Compile(x => [edge.Op.Apply(x)]).Run(many)[0].ToDoubles().All(other => other.Equals(value)), edge, dtype, "is another number compiled");
                if (edge.Op.IsDifferentiable && edge.Arguments.All(double.IsFinite) && double.IsFinite(edge.Expected))
                {
                    Tensor[] gradients = Gradient.Vjp(edge.Op.Apply, many, Tensor.Ones([Length], dtype)).Products;
                    Note(!gradients.Any(gradient => (bool)gradient.IsNaN().Any()), edge, dtype, "has a gradient that is NaN");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));

        void Note(bool right, OperationEdge edge, DType dtype, string what)
        {
            if (!right)
            {
                wrong.Add($"{edge} {dtype} {what}");
            }
        }
    }

    [Fact]
    public void Value_OfNaN_IsNaN()
    {
        var wrong = new List<string>();
        foreach (OperationEdge edge in OperationEdges.All.DistinctBy(edge => edge.Op))
        {
            for (int i = 0; i < edge.Arguments.Length; i++)
            {
                // The value of a path is the draw itself.
                int argument = i;
                Tensor[] broken = [.. edge.Arguments.Select((value, k) => Tensor.Full([Length], k == argument ? double.NaN : 1, DType.Float64))];
                if (!(edge.Op is LogGammaPath && i == 0) && !(bool)edge.Op.Apply(broken).IsNaN().All())
                {
                    wrong.Add(FormattableString.Invariant($"{edge.Op}, argument {i}: {edge.Op.Apply(broken).ToDoubles()[0]:R}"));
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // Whether the numbers are in the range of the type.
    private static bool Fits(OperationEdge edge, DType dtype) => dtype == DType.Float64
        || edge.Arguments.Append(edge.Expected).All(value => value == 0 || !double.IsFinite(value) || Math.Abs(value) is > 1e-37 and < 1e37);
}
