namespace ProbNet.Distributions;

/// <summary>The bin of a rational-quadratic spline in which an argument lies, and what the softmax of its widths and heights was divided by.</summary>
internal struct SplineBin<T>
{
    public int Index;
    public T Left, Width, Bottom, Height, SlopeLeft, SlopeRight, WidthSum, HeightSum;
}
