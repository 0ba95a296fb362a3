namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The sum over axes (all, if none is given); 0 over no elements.</summary>
    /// <param name="axes">The axes; negative counts from the end.</param>
    /// <param name="keepDims">Whether a reduced axis stays with length 1.</param>
    /// <exception cref="ShapeException">An axis does not exist or is given twice.</exception>
    public Tensor Sum(int[] axes, bool keepDims = false) => axes.Length == 0 ? this : new Sum(NegativeAxes(axes, "Sum"), keepDims).Apply(this);

    /// <summary>The sum over one axis, or over all.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Sum(int? axis = null, bool keepDims = false) => Sum(AxisOrAll(axis), keepDims);

    /// <summary>One axis as a list, or all.</summary>
    private int[] AxisOrAll(int? axis) => axis is { } one ? [one] : [.. Enumerable.Range(0, Rank)];

    /// <summary>Axes counted from the end, ascending, each once.</summary>
    private int[] NegativeAxes(int[] axes, string op)
    {
        int[] result = Array.ConvertAll(axes, axis => Shape.NormalizeAxis(axis, op) - Rank);
        Array.Sort(result);
        for (int i = 1; i < result.Length; i++)
        {
            if (result[i] == result[i - 1])
            {
                throw new ShapeException($"{op}: axis {result[i]} is given twice in [{string.Join(", ", axes)}] for shape {Shape}.");
            }
        }

        return result;
    }
}
