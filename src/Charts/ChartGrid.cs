namespace ProbNet.Charts;

/// <summary>Small charts side by side, in rows, with their plots lined up.</summary>
public sealed class ChartGrid : Figure
{
    private const double Edge = 12;
    private const double TitleHeight = 26;
    private const double CellTitleFont = 13;

    private readonly Chart[] charts;

    /// <summary>A grid of charts, filled row by row.</summary>
    /// <param name="title">The heading above all; empty for none.</param>
    /// <param name="charts">The charts, at least one; their own widths and heights do not matter here.</param>
    /// <exception cref="ArgumentException">There is no chart.</exception>
    public ChartGrid(string title, params IEnumerable<Chart> charts)
        : base(title)
    {
        this.charts = [.. charts];
        if (this.charts.Length == 0)
        {
            throw new ArgumentException($"ChartGrid \"{title}\": there is no chart; give at least one.", nameof(charts));
        }
        Columns = Math.Min(this.charts.Length, 3);
    }

    /// <summary>How many charts stand in a row; three by default.</summary>
    public int Columns { get; set => field = CheckedPositive(value, nameof(Columns)); }

    /// <summary>The width of each chart in pixels.</summary>
    public int CellWidth { get; set => field = CheckedSize(value, nameof(CellWidth)); } = 310;

    /// <summary>The height of each chart in pixels.</summary>
    public int CellHeight { get; set => field = CheckedSize(value, nameof(CellHeight)); } = 250;

    /// <summary>Whether all charts have the same x axis, to be compared at a glance. The first chart says its scale and range.</summary>
    public bool ShareX { get; set; }

    /// <summary>Whether all charts have the same y axis, to be compared at a glance. The first chart says its scale and range.</summary>
    public bool ShareY { get; set; }

    private double Top => Title.Length > 0 ? Edge + TitleHeight - 6 : 0;

    private protected override (double Width, double Height) Measure()
    {
        int rows = (charts.Length + Columns - 1) / Columns;
        return ((double)Columns * CellWidth, Top + ((double)rows * CellHeight));
    }

    private protected override string DescribeContent() =>
        string.Join("; ", charts.Select(c => c.Title.Length > 0 ? $"{c.Title}: {c.Describe()}" : c.Describe()));

    private protected override void Draw(MarkupWriter svg)
    {
        if ((ShareX && charts.Any(c => c.XScale != charts[0].XScale)) || (ShareY && charts.Any(c => c.YScale != charts[0].YScale)))
        {
            throw new InvalidOperationException($"ChartGrid \"{Title}\": charts that share an axis need one scale, linear or log.");
        }
        DrawTitle(svg, Edge);

        (Axis x, Axis y) = ChartDrawing.FitAxes(charts);
        ChartDrawing[] drawings =
            [.. charts.Select((chart, i) => new ChartDrawing(chart, Cell(i), ShareX ? x : null, ShareY ? y : null, CellTitleFont))];
        for (int i = 0; i < drawings.Length; i++)
        {
            Margins[] column = [.. drawings.Where((_, k) => k % Columns == i % Columns).Select(d => d.Margins)];
            Margins[] row = [.. drawings.Where((_, k) => k / Columns == i / Columns).Select(d => d.Margins)];
            Margins shared = new(column.Max(m => m.Left), row.Max(m => m.Top), column.Max(m => m.Right), row.Max(m => m.Bottom));
            drawings[i].Draw(svg, shared);
        }
    }

    private Box Cell(int i) => new((double)(i % Columns) * CellWidth, Top + ((double)(i / Columns) * CellHeight), CellWidth, CellHeight);
}
