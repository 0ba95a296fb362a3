using ProbNet.Autodiff;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>Handwritten digits as binary images.</summary>
/// <param name="Pixels">[n, 64], 0 or 1: 1 from half of the range on.</param>
/// <param name="Labels">What was written, 0 to 9.</param>
internal sealed record DigitImages(Tensor Pixels, double[] Labels)
{
    public const int Side = 8;
    private const int HighestPixel = 16;

    /// <summary>Reads a table with the columns p0 … p63 and label.</summary>
    /// <exception cref="BadInputException">The file is not such a table.</exception>
    public static DigitImages Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        int n = table.RowCount;
        float[] pixels = new float[n * Side * Side];
        for (int column = 0; column < Side * Side; column++)
        {
            double[] values = table.Numbers(FormattableString.Invariant($"p{column}"));
            for (int row = 0; row < n; row++)
            {
                pixels[(row * Side * Side) + column] = values[row] is >= 0 and <= HighestPixel ? values[row] >= HighestPixel / 2 ? 1 : 0
                    : throw new BadInputException(FormattableString.Invariant(
                        $"Row {row + 1}, column 'p{column}' of '{path}' is {values[row]}; pixels from 0 to {HighestPixel} are needed."));
            }
        }

        return new(Tensor.From(pixels, [n, Side * Side]), table.Numbers("label"));
    }

    /// <summary>Some of the rows.</summary>
    public DigitImages Select(long[] rows) => new(Pixels.IndexSelect(0, Tensor.From<long>(rows)), [.. rows.Select(row => Labels[row])]);

    /// <summary>The images upside down: what no writer wrote, of the same pixels.</summary>
    public Tensor UpsideDown() => Pixels.Reshape([Pixels.Shape[0], Side, Side]).Flip(-2).Reshape(Pixels.Shape);
}
