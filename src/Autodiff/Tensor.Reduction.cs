namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The sum over axes (all, if none is given); 0 over no elements. Integers add up in their own type, booleans count as Int64.</summary>
    /// <param name="axes">The axes; negative counts from the end.</param>
    /// <param name="keepDims">Whether a reduced axis stays with length 1.</param>
    /// <exception cref="ShapeException">An axis does not exist or is given twice.</exception>
    public Tensor Sum(int[] axes, bool keepDims = false) => SumOver(NegativeAxes(axes, "Sum"), keepDims);

    /// <summary>The sum over one axis, or over all.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Sum(int? axis = null, bool keepDims = false) => SumOver(AxisOrAll(axis, "Sum"), keepDims);

    /// <summary>The arithmetic mean over axes; NaN over no elements.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Mean(int[] axes, bool keepDims = false) => new Mean(NegativeAxes(axes, "Mean"), keepDims).Apply(this);

    /// <summary>The arithmetic mean over one axis, or over all; NaN over no elements.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Mean(int? axis = null, bool keepDims = false) => new Mean(AxisOrAll(axis, "Mean"), keepDims).Apply(this);

    /// <summary>The variance over axes: Σ (x − x̄)² / (n − correction).</summary>
    /// <param name="axes">The axes; negative counts from the end.</param>
    /// <param name="correction">What is taken off the number of elements: 1 for the unbiased estimate, 0 for the mean squared deviation.</param>
    /// <param name="keepDims">Whether a reduced axis stays with length 1.</param>
    /// <remarks>NaN if a single element meets a correction of 1.</remarks>
    /// <exception cref="ShapeException">An axis does not exist or is given twice.</exception>
    public Tensor Var(int[] axes, double correction = 1, bool keepDims = false) =>
        new Variance(NegativeAxes(axes, "Var"), correction, keepDims).Apply(this);

    /// <summary>The variance over one axis, or over all.</summary>
    /// <inheritdoc cref="Var(int[], double, bool)"/>
    public Tensor Var(int? axis = null, double correction = 1, bool keepDims = false) =>
        new Variance(AxisOrAll(axis, "Var"), correction, keepDims).Apply(this);

    /// <summary>The standard deviation over axes: √(Σ (x − x̄)² / (n − correction)). Its gradient is zero where it is zero.</summary>
    /// <inheritdoc cref="Var(int[], double, bool)"/>
    public Tensor Std(int[] axes, double correction = 1, bool keepDims = false) =>
        new StandardDeviation(NegativeAxes(axes, "Std"), correction, keepDims).Apply(this);

    /// <summary>The standard deviation over one axis, or over all.</summary>
    /// <inheritdoc cref="Std(int[], double, bool)"/>
    public Tensor Std(int? axis = null, double correction = 1, bool keepDims = false) =>
        new StandardDeviation(AxisOrAll(axis, "Std"), correction, keepDims).Apply(this);

    /// <summary>The product over axes; 1 over no elements. Its gradient is exact with any number of zeros.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Prod(int[] axes, bool keepDims = false) => ProdOver(NegativeAxes(axes, "Prod"), keepDims);

    /// <summary>The product over one axis, or over all.</summary>
    /// <inheritdoc cref="Prod(int[], bool)"/>
    public Tensor Prod(int? axis = null, bool keepDims = false) => ProdOver(AxisOrAll(axis, "Prod"), keepDims);

    /// <summary>The largest element over axes; NaN if one is among them. Elements that tie share the gradient equally.</summary>
    /// <param name="axes">The axes; negative counts from the end.</param>
    /// <param name="keepDims">Whether a reduced axis stays with length 1.</param>
    /// <exception cref="ShapeException">An axis does not exist, is given twice or has no elements.</exception>
    public Tensor Max(int[] axes, bool keepDims = false) => new Max(NegativeAxes(axes, "Max"), keepDims).Apply(this);

    /// <summary>The largest element over one axis, or over all.</summary>
    /// <inheritdoc cref="Max(int[], bool)"/>
    public Tensor Max(int? axis = null, bool keepDims = false) => new Max(AxisOrAll(axis, "Max"), keepDims).Apply(this);

    /// <summary>The smallest element over axes; NaN if one is among them. Elements that tie share the gradient equally.</summary>
    /// <inheritdoc cref="Max(int[], bool)"/>
    public Tensor Min(int[] axes, bool keepDims = false) => new Min(NegativeAxes(axes, "Min"), keepDims).Apply(this);

    /// <summary>The smallest element over one axis, or over all.</summary>
    /// <inheritdoc cref="Min(int[], bool)"/>
    public Tensor Min(int? axis = null, bool keepDims = false) => new Min(AxisOrAll(axis, "Min"), keepDims).Apply(this);

    /// <summary>The position of the largest element along an axis (of all, flattened, if none is given), as Int64; the first of several.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays with length 1.</param>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    public Tensor ArgMax(int? axis = null, bool keepDims = false) => ArgExtremum(axis, largest: true, keepDims);

    /// <summary>The position of the smallest element along an axis (of all, flattened, if none is given), as Int64; the first of several.</summary>
    /// <inheritdoc cref="ArgMax"/>
    public Tensor ArgMin(int? axis = null, bool keepDims = false) => ArgExtremum(axis, largest: false, keepDims);

    /// <summary>Whether any element along axes is true (for numbers: not zero); false over none.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Any(int[] axes, bool keepDims = false) => new AnyOrAll(NegativeAxes(axes, "Any"), all: false, keepDims).Apply(Cast(DType.Bool));

    /// <summary>Whether any element along one axis, or of all, is true (for numbers: not zero); false over none.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor Any(int? axis = null, bool keepDims = false) => new AnyOrAll(AxisOrAll(axis, "Any"), all: false, keepDims).Apply(Cast(DType.Bool));

    /// <summary>Whether all elements along axes are true (for numbers: not zero); true over none.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor All(int[] axes, bool keepDims = false) => new AnyOrAll(NegativeAxes(axes, "All"), all: true, keepDims).Apply(Cast(DType.Bool));

    /// <summary>Whether all elements along one axis, or of all, are true (for numbers: not zero); true over none.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor All(int? axis = null, bool keepDims = false) => new AnyOrAll(AxisOrAll(axis, "All"), all: true, keepDims).Apply(Cast(DType.Bool));

    /// <summary>How many elements are not zero, over one axis or over all, as Int64.</summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor CountNonZero(int? axis = null, bool keepDims = false) => Cast(DType.Bool).Sum(axis, keepDims);

    /// <summary>
    /// log Σ eˣ over axes, without overflow. −∞ over no elements, and where all are −∞, with a gradient of zero.
    /// </summary>
    /// <inheritdoc cref="Sum(int[], bool)"/>
    public Tensor LogSumExp(int[] axes, bool keepDims = false) => LogSumExpOver(NegativeAxes(axes, "LogSumExp"), keepDims);

    /// <summary>log Σ eˣ over one axis, or over all, without overflow.</summary>
    /// <inheritdoc cref="LogSumExp(int[], bool)"/>
    public Tensor LogSumExp(int? axis = null, bool keepDims = false) => LogSumExpOver(AxisOrAll(axis, "LogSumExp"), keepDims);

    /// <summary>The p-norm over axes: (Σ |x|ᵖ)^(1/p), or max |x| for p = ∞. Its gradient is zero where it is zero.</summary>
    /// <param name="p">1 or more; <see cref="double.PositiveInfinity"/> for the largest magnitude.</param>
    /// <param name="axes">The axes; negative counts from the end.</param>
    /// <param name="keepDims">Whether a reduced axis stays with length 1.</param>
    /// <exception cref="ShapeException">An axis does not exist or is given twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">p is below 1.</exception>
    public Tensor Norm(double p, int[] axes, bool keepDims = false) => NormOver(p, NegativeAxes(axes, "Norm"), keepDims);

    /// <summary>The p-norm over one axis, or over all; by default the Euclidean.</summary>
    /// <inheritdoc cref="Norm(double, int[], bool)"/>
    public Tensor Norm(double p = 2, int? axis = null, bool keepDims = false) => NormOver(p, AxisOrAll(axis, "Norm"), keepDims);

    private Tensor NormOver(double p, int[] axes, bool keepDims)
    {
        if (!(p >= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(p), p, "Norm: p must be 1 or more, or infinite; below 1 it is not a norm.");
        }

        // The norm of nothing is 0, and max does not exist there.
        return double.IsPositiveInfinity(p) && Size > 0 ? new Max(axes, keepDims).Apply(Abs()) : new Norm(p, axes, keepDims).Apply(this);
    }

    private Tensor SumOver(int[] axes, bool keepDims)
    {
        Tensor x = DType == DType.Bool ? Cast(DType.Int64) : this;
        return axes.Length == 0 ? x : new Sum(axes, keepDims).Apply(x);
    }

    private Tensor ProdOver(int[] axes, bool keepDims)
    {
        // From the first axis on: those after it keep their numbers, counted from the end.
        Tensor x = this;
        foreach (int axis in axes)
        {
            x = new Prod(axis, keepDims).Apply(x);
        }

        return x;
    }

    private Tensor ArgExtremum(int? axis, bool largest, bool keepDims)
    {
        string op = largest ? "ArgMax" : "ArgMin";
        if (axis is { } one)
        {
            return new ArgExtremum(Shape.NormalizeAxis(one, op) - Rank, largest, keepDims).Apply(this);
        }

        Tensor position = new ArgExtremum(-1, largest, keepDims: false).Apply(Reshape(Size));
        return keepDims ? position.Reshape(WithOnes(AxisOrAll(null, op))) : position;
    }

    private Tensor LogSumExpOver(int[] axes, bool keepDims)
    {
        Tensor y = Autodiff.LogSumExp.Instance.Apply(RowsOf(axes));
        return keepDims ? y.Reshape(WithOnes(axes)) : y;
    }

    /// <summary>The tensor with some axes brought together as one, the last.</summary>
    private Tensor RowsOf(int[] axes)
    {
        if (axes.Length == 1 && axes[0] == -1)
        {
            return this;
        }

        bool last = axes.Length == 0 || axes[0] == -axes.Length;
        int[] kept = [.. Enumerable.Range(-Rank, Rank).Except(axes)];
        Tensor x = last ? this : new Permute([.. kept, .. axes]).Apply(this);
        int[] lengths = new int[kept.Length + 1];
        lengths[^1] = 1;
        for (int i = 0; i < Rank; i++)
        {
            if (i < kept.Length)
            {
                lengths[i] = x.Shape[i];
            }
            else
            {
                lengths[^1] *= x.Shape[i];
            }
        }

        return x.Reshape((Shape)lengths);
    }

    /// <summary>The shape with some axes of length 1.</summary>
    private Shape WithOnes(int[] axes)
    {
        int[] lengths = Shape.ToArray();
        foreach (int axis in axes)
        {
            lengths[lengths.Length + axis] = 1;
        }

        return lengths;
    }

    /// <summary>One axis, or all, counted from the end.</summary>
    private int[] AxisOrAll(int? axis, string op)
    {
        if (axis is { } one)
        {
            return [Shape.NormalizeAxis(one, op) - Rank];
        }

        int[] all = new int[Rank];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i - all.Length;
        }

        return all;
    }

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
