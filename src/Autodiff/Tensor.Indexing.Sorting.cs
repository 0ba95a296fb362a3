namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The elements along an axis in order, and where they were. Equal elements keep their order; NaN counts as the largest.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <returns>The sorted values, and their positions before as Int64; gradients flow through the values.</returns>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public (Tensor Values, Tensor Indices) Sort(int axis = -1, bool descending = false)
    {
        Tensor order = ArgSort(axis, descending);
        return (Gather(axis, order), order);
    }

    /// <summary>The positions that sort an axis, as Int64. Equal elements keep their order; NaN counts as the largest.</summary>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="descending">Whether the largest comes first.</param>
    /// <exception cref="ShapeException">The axis does not exist.</exception>
    public Tensor ArgSort(int axis = -1, bool descending = false) => new ArgSort(Shape.NormalizeAxis(axis, "Sort") - Rank, descending).Apply(this);

    /// <summary>The k largest or smallest elements along an axis, best first, and where they are.</summary>
    /// <param name="k">How many.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="largest">Whether the largest, or the smallest.</param>
    /// <returns>The values, and their positions as Int64; gradients flow through the values.</returns>
    /// <exception cref="ShapeException">The axis does not exist or has fewer than k elements.</exception>
    public (Tensor Values, Tensor Indices) TopK(int k, int axis = -1, bool largest = true)
    {
        int at = Shape.NormalizeAxis(axis, "TopK");
        if (k < 0 || k > Shape[at])
        {
            throw new ShapeException($"TopK: {k} elements are asked for, but axis {axis} of shape {Shape} has {Shape[at]}.");
        }

        Tensor order = ArgSort(at, descending: largest).Along(at, 0, k);
        return (Gather(at, order), order);
    }

    /// <summary>
    /// For each value, its place in an ascending row: the number of elements below it, as Int64. This holds the rows, in its last axis: a vector
    /// for all values, or one row for each row of values.
    /// </summary>
    /// <param name="values">What to place: [..., m] with the leading axes of this, or any shape if this is a vector.</param>
    /// <param name="right">Whether equal elements count as below.</param>
    /// <exception cref="ShapeException">The leading axes differ.</exception>
    public Tensor SearchSorted(Tensor values, bool right = false) => new SearchSorted(right).Apply(this, values);

    /// <summary>
    /// Quantiles along an axis (of all elements, if none is given), linear between neighbours (type 7 of Hyndman and Fan 1996).
    /// </summary>
    /// <param name="q">The probability, 0 to 1.</param>
    /// <param name="axis">The axis; negative counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays with length 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    /// <exception cref="ShapeException">The axis does not exist or has no elements.</exception>
    public Tensor Quantile(double q, int? axis = null, bool keepDims = false)
    {
        if (!(q >= 0 && q <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(q), q, "Quantile: the probability must lie between 0 and 1.");
        }

        int[] axes = AxisOrAll(axis, "Quantile");
        Tensor rows = RowsOf(axes);
        int n = rows.Shape[-1];
        if (n == 0)
        {
            throw new ShapeException($"Quantile: shape {Shape} has no elements along the axis; a quantile of none does not exist.");
        }

        double place = q * (n - 1);
        int below = (int)Math.Floor(place), last = rows.Rank - 1;
        Tensor sorted = rows.Sort().Values, y = sorted.Along(last, below, 1);
        if (place > below)
        {
            y = (y * (1 - (place - below))) + (sorted.Along(last, below + 1, 1) * (place - below));
        }

        return keepDims ? y.Reshape(WithOnes(axes)) : y.Squeeze(-1);
    }

    /// <summary>The median along an axis, or of all elements: the mean of the two middle ones where their number is even.</summary>
    /// <inheritdoc cref="Quantile"/>
    public Tensor Median(int? axis = null, bool keepDims = false) => Quantile(0.5, axis, keepDims);
}
