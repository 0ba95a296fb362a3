using ProbNet.Autodiff;
using ProbNet.Charts;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>Images as rows of tensors, drawn.</summary>
internal static class Pictures
{
    /// <summary>A grid of square images.</summary>
    /// <param name="title">The heading.</param>
    /// <param name="images">[n, pixels].</param>
    /// <param name="columns">How many stand in a row.</param>
    /// <param name="range">The values of black and of white.</param>
    /// <param name="labels">A text under each; null for none.</param>
    public static ImageGrid Grid(string title, Tensor images, int columns, (double Low, double High) range, IReadOnlyList<string>? labels = null)
    {
        var grid = new ImageGrid(title) { Columns = columns, Range = range, CellSize = columns > 12 ? 44 : 56 };
        int n = images.Shape[0], side = (int)Math.Sqrt(images.Shape[1]);
        double[] pixels = images.ToDoubles();
        for (int i = 0; i < n; i++)
        {
            grid.Add(pixels.AsSpan(i * side * side, side * side), side, side, labels?[i]);
        }

        return grid;
    }

    /// <summary>Images above what became of them: rows of originals and rows of the others take turns.</summary>
    public static Tensor InTurn(Tensor originals, Tensor others, int columns)
    {
        int rows = originals.Shape[0] / columns;
        Shape apart = [rows, columns, originals.Shape[1]];
        return Tensor.Stack([originals.Reshape(apart), others.Reshape(apart)], 1).Reshape([2 * rows * columns, originals.Shape[1]]);
    }

    /// <summary>Scores as texts under images.</summary>
    public static string[] Labels(double[] scores, long[] rows, string format) =>
        [.. rows.Select(row => scores[row].ToString(format, System.Globalization.CultureInfo.InvariantCulture))];

    /// <summary>The rows of the n highest scores, highest first.</summary>
    public static long[] Highest(double[] scores, int n) => [.. Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).Take(n).Select(i => (long)i)];
}
