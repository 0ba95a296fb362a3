using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ProbNet.Examples;

/// <summary>A table of text with a header line, from which columns of numbers are taken with all checks.</summary>
public sealed class CsvTable
{
    private const int FewestRows = 10;

    private readonly string _path;
    private readonly List<string[]> _rows;

    private CsvTable(string path, string[] columns, List<string[]> rows)
    {
        _path = path;
        Columns = columns;
        _rows = rows;
    }

    /// <summary>The names in the header.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of rows below the header.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="BadInputException">There is no such file, or it is not a table with at least ten rows.</exception>
    public static CsvTable Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"There is no file '{path}'.");
        }

        var settings = new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, BadDataFound = null };
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, settings);
        if (!csv.Read() || !csv.ReadHeader() || csv.HeaderRecord is not { Length: > 0 } header)
        {
            throw new BadInputException($"The file '{path}' is empty; a header line with the names of the columns is needed.");
        }

        string? twice = header.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new BadInputException($"The column '{twice}' stands twice in the header of '{path}'.");
        }

        var rows = new List<string[]>();
        while (csv.Read())
        {
            if (csv.Parser.Count != header.Length)
            {
                throw new BadInputException(
                    $"Row {rows.Count + 1} (line {csv.Parser.RawRow}) of '{path}' has {csv.Parser.Count} values, but the header names {header.Length} columns.");
            }

            rows.Add([.. csv.Parser.Record!]);
        }

        return rows.Count >= FewestRows
            ? new CsvTable(path, header, rows)
            : throw new BadInputException($"The file '{path}' has {rows.Count} rows; at least {FewestRows} are needed.");
    }

    /// <summary>The numbers of a column.</summary>
    /// <exception cref="BadInputException">There is no such column, or a value is missing, not a number or not finite.</exception>
    public double[] Numbers(string column)
    {
        int at = Columns.ToList().IndexOf(column);
        if (at < 0)
        {
            throw new BadInputException($"There is no column '{column}' in '{_path}'; there are {string.Join(", ", Columns)}.");
        }

        double[] values = new double[_rows.Count];
        for (int row = 0; row < values.Length; row++)
        {
            string text = _rows[row][at];
            if (text.Length == 0 || text is "NA" or "null")
            {
                throw new BadInputException($"Row {row + 1}, column '{column}' of '{_path}' is missing ('{text}'); remove or fill in such rows first.");
            }

            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[row]))
            {
                throw new BadInputException($"Row {row + 1}, column '{column}' of '{_path}' is '{text}', which is not a number.");
            }

            if (!double.IsFinite(values[row]))
            {
                throw new BadInputException($"Row {row + 1}, column '{column}' of '{_path}' is {text}; finite numbers are needed.");
            }
        }

        return values;
    }
}
