using System.Globalization;

namespace ProbNet.Charts;

/// <summary>
/// A table of a report. A column whose cells are all numbers is aligned to the right, with digits of one width, so that its decimal
/// points stand under each other.
/// </summary>
/// <example>
/// <code>
/// var table = new ReportTable("model", "test NLL", "seconds") { Digits = 2 }
///     .Row("Normal", 4.176, 3.4)
///     .Row("mixture of 5", 4.161, 5.1);
/// </code>
/// </example>
public sealed class ReportTable
{
    private readonly string[] columns;
    private readonly List<string[]> rows = [];
    private readonly bool[] textual;

    /// <summary>An empty table.</summary>
    /// <param name="columns">The headings of the columns, at least one.</param>
    /// <exception cref="ArgumentException">There is no column.</exception>
    public ReportTable(params IEnumerable<string> columns)
    {
        this.columns = [.. columns];
        if (this.columns.Length == 0)
        {
            throw new ArgumentException("ReportTable: there is no column; give at least one heading.", nameof(columns));
        }
        textual = new bool[this.columns.Length];
    }

    /// <summary>A line above the table; null for none.</summary>
    public string? Caption { get; set; }

    /// <summary>How many decimals a floating-point cell has, in the rows that are added afterwards; three by default.</summary>
    public int Digits
    {
        get;
        set => field = value is >= 0 and <= 15
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Digits), value, $"Digits: {value}; give 0 to 15.");
    } = 3;

    /// <summary>
    /// Adds a row. Floating-point numbers are rounded to <see cref="Digits"/> decimals, whole numbers and texts stand as they are, and
    /// null leaves the cell empty. A text that reads as a number, with a sign, a unit "%" or an error after "±", counts as one.
    /// </summary>
    /// <exception cref="ArgumentException">There are more or fewer cells than columns.</exception>
    public ReportTable Row(params ReadOnlySpan<object?> cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException(
                $"ReportTable: row {rows.Count} has {cells.Length} cells, but the table has {columns.Length} columns.",
                nameof(cells));
        }
        string[] row = new string[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            row[i] = Text(cells[i]);
            textual[i] |= row[i].Length > 0 && !ReadsAsNumber(row[i]);
        }
        rows.Add(row);
        return this;
    }

    internal void WriteTo(MarkupWriter html)
    {
        html.Write($"<div class=\"scroll\"><table>");
        if (!string.IsNullOrEmpty(Caption))
        {
            html.Write($"<caption>{Caption}</caption>");
        }
        html.Write($"<thead><tr>");
        for (int i = 0; i < columns.Length; i++)
        {
            html.Write($"<th scope=\"col\"{Alignment(i)}>{columns[i]}</th>");
        }
        html.Write($"</tr></thead>\n<tbody>");
        foreach (string[] row in rows)
        {
            html.Write($"<tr>");
            for (int i = 0; i < row.Length; i++)
            {
                html.Write($"<td{Alignment(i)}>{row[i]}</td>");
            }
            html.Write($"</tr>\n");
        }
        html.Write($"</tbody></table></div>\n");
    }

    private static bool ReadsAsNumber(string text)
    {
        foreach (string part in text.Replace('−', '-').TrimEnd('%').Split('±'))
        {
            bool number = double.TryParse(part.Trim(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out _);
            if (!number && part.Trim() is not ("–" or "—" or "∞" or "-∞"))
            {
                return false;
            }
        }
        return true;
    }

    private Markup Alignment(int column) => new(textual[column] || rows.Count == 0 ? "" : " class=\"number\"");

    private string Text(object? cell) => cell switch
    {
        null => "",
        double.PositiveInfinity or float.PositiveInfinity => "∞",
        double.NegativeInfinity or float.NegativeInfinity => "−∞",
        double or float or decimal => Signed(string.Format(CultureInfo.InvariantCulture, $"{{0:F{Digits}}}", cell)),
        IFormattable value => Signed(value.ToString(format: null, CultureInfo.InvariantCulture)),
        _ => cell.ToString() ?? "",
    };

    /// <summary>A number with a true minus sign; a zero that was rounded from below has none.</summary>
    private static string Signed(string number) => !number.StartsWith('-') ? number
        : number.AsSpan(1).IndexOfAnyExcept('0', '.') < 0 ? number[1..] : "−" + number[1..];
}
