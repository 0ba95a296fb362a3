using System.Globalization;
using ProbNet.Autodiff;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>A catalogue in a CSV file: redshift and the magnitudes u, g, r, i, z.</summary>
internal static class Catalogue
{
    private const double TestFraction = 0.2;
    private static readonly string[] s_magnitudes = ["u_mag", "g_mag", "r_mag", "i_mag", "zband_mag"];

    /// <summary>Reads it, without the rows of which a magnitude is not above 0.</summary>
    /// <param name="path">The file, with columns redshift, u_mag, g_mag, r_mag, i_mag, zband_mag.</param>
    /// <param name="trainRows">A file of 0-based rows of what is left, one a line; null for a random part.</param>
    /// <param name="testRows">The same for the test part; with one file the other must be given too.</param>
    /// <param name="key">The source of the random parts.</param>
    /// <exception cref="BadInputException">A file cannot be used.</exception>
    public static Survey Read(string path, string? trainRows, string? testRows, RandomKey key)
    {
        CsvTable table = CsvTable.Read(path);
        double[] redshift = table.Numbers("redshift");
        double[][] magnitudes = [.. s_magnitudes.Select(table.Numbers)];
        var objects = new List<(double[], double)>();
        for (int row = 0; row < redshift.Length; row++)
        {
            double[] m = [.. magnitudes.Select(column => column[row])];
            if (m.All(value => value > 0))
            {
                objects.Add((Survey.Features(m), redshift[row]));
            }
        }

        if (trainRows is not null)
        {
            int[] train = Rows(trainRows, objects.Count), test = Rows(testRows!, objects.Count);
            int both = train.Intersect(test).Order().FirstOrDefault(-1);
            return both < 0
                ? Survey.Of(Path.GetFileNameWithoutExtension(path), objects, train, test)
                : throw new BadInputException($"Row {both} is in '{trainRows}' and in '{testRows}'; test rows must not be trained on.");
        }

        int held = (int)Math.Round(TestFraction * objects.Count);
        if (held < 2)
        {
            throw new BadInputException($"The file '{path}' has {objects.Count} rows with all magnitudes above 0; more are needed.");
        }

        int[] order = [.. key.Permutation(objects.Count).ToArray<long>().Select(row => (int)row)];
        return Survey.Of(Path.GetFileNameWithoutExtension(path), objects, order[held..], order[..held]);
    }

    private static int[] Rows(string path, int count)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"There is no file '{path}'.");
        }

        string[] lines = [.. File.ReadAllLines(path).Where(line => line.Trim().Length > 0)];
        int[] rows = new int[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!int.TryParse(lines[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out rows[i]) || rows[i] < 0 || rows[i] >= count)
            {
                throw new BadInputException($"Line {i + 1} of '{path}' is '{lines[i].Trim()}', which is not a row from 0 to {count - 1}.");
            }
        }

        return rows.Length >= 2 ? rows : throw new BadInputException($"The file '{path}' names {rows.Length} rows; at least 2 are needed.");
    }
}
