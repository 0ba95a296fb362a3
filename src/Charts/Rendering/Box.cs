namespace ProbNet.Charts;

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Box Shrink(Margins m) => new(X + m.Left, Y + m.Top, Math.Max(Width - m.Left - m.Right, 1), Math.Max(Height - m.Top - m.Bottom, 1));
}
