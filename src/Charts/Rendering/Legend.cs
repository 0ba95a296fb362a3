namespace ProbNet.Charts;

/// <summary>The entries of a legend in rows that fit a width.</summary>
internal sealed class Legend
{
    public const double RowHeight = 18;
    private const double FontSize = 12;
    private const double KeyWidth = 18;
    private const double KeyGap = 6;
    private const double EntryGap = 16;

    private readonly List<(Mark Mark, Paint Paint, string Text, double X, int Row)> entries = [];

    public Legend(IEnumerable<(Mark Mark, Paint Paint)> marks, double width)
    {
        double x = 0;
        int row = 0;
        foreach ((Mark mark, Paint paint) in marks)
        {
            if (string.IsNullOrEmpty(mark.Label))
            {
                continue;
            }
            string text = TextMetrics.Fit(mark.Label, FontSize, width - KeyWidth - KeyGap);
            double needed = KeyWidth + KeyGap + TextMetrics.Width(text, FontSize);
            if (x > 0 && x + needed > width)
            {
                (x, row) = (0, row + 1);
            }
            entries.Add((mark, paint, text, x, row));
            x += needed + EntryGap;
            Rows = row + 1;
        }
    }

    public int Rows { get; }

    public void Draw(MarkupWriter svg, double left, double top)
    {
        foreach ((Mark mark, Paint paint, string text, double x, int row) in entries)
        {
            double middle = top + ((row + 0.5) * RowHeight);
            mark.DrawKey(svg, new Box(left + x, middle - 5, KeyWidth, 10), paint);
            svg.Write($"<text x=\"{left + x + KeyWidth + KeyGap}\" y=\"{middle + 4}\">{text}</text>");
        }
    }
}
