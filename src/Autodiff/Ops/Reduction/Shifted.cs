namespace ProbNet.Autodiff;

/// <summary>A tensor moved along an axis without wrapping round.</summary>
internal static class Shifted
{
    /// <summary>y_i = x_{i−by}, and the fill where there is no such element.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis, counted from the end.</param>
    /// <param name="by">How far; at most the length of the axis either way.</param>
    /// <param name="fill">What comes in at the end.</param>
    public static Tensor Along(Tensor x, int axis, int by, double fill)
    {
        int[] lengths = x.Shape[^(-axis)..].ToArray(), kept = [.. lengths], from = new int[-axis], to = new int[-axis], steps = new int[-axis];
        Array.Fill(steps, 1);
        int size = Math.Min(Math.Abs(by), lengths[0]);
        kept[0] -= size;
        (by > 0 ? to : from)[0] = size;
        return new Embed(lengths, to, steps, fill).Apply(new Slice(from, kept, steps).Apply(x));
    }
}
