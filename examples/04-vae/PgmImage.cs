using System.Globalization;
using System.Text;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>A grey image in Netpbm's binary format P5: "P5", width, height and 255 as text, then a byte a pixel.</summary>
/// <param name="Width">Pixels a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Row by row.</param>
internal sealed record PgmImage(int Width, int Height, byte[] Pixels)
{
    /// <summary>Reads a file of square images, one below the other.</summary>
    /// <exception cref="BadInputException">There is no such file, or it is another format.</exception>
    public static PgmImage ReadStack(string path)
    {
        if (!File.Exists(path))
        {
            throw new BadInputException($"There is no file '{path}'.");
        }

        byte[] bytes = File.ReadAllBytes(path);
        int at = 0;
        if (Word() != "P5" || !Number(out int width) || !Number(out int height) || !Number(out int most) || most != byte.MaxValue || width < 1 || height < 1)
        {
            throw new BadInputException($"'{path}' is not a grey image in the PGM format with the header P5, width, height, 255.");
        }

        if (bytes.Length - at != (long)width * height)
        {
            throw new BadInputException($"'{path}' has {bytes.Length - at} bytes of pixels; {width} × {height} are needed.");
        }

        const int FewestImages = 50;
        return height % width == 0 && height / width >= FewestImages
            ? new(width, height, bytes[at..])
            : throw new BadInputException(
                $"'{path}' has {height} rows of {width} pixels; a height that is at least {FewestImages} times the width is needed: square images, one below the other.");

        bool Number(out int value) => int.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out value);

        string Word()
        {
            int start = at;
            while (at < bytes.Length && !char.IsWhiteSpace((char)bytes[at]))
            {
                at++;
            }

            // Exactly one white space ends each word; what follows the last one are pixels.
            return Encoding.ASCII.GetString(bytes, start, at++ - start);
        }
    }
}
