namespace ProbNet.Charts;

/// <summary>Small pictures side by side, in rows, each pixel a sharp square: digits, samples of a generative model, filters.</summary>
public sealed class ImageGrid : Figure
{
    private const double Edge = 12;
    private const double Gap = 6;
    private const double TitleHeight = 26;
    private const double LabelHeight = 15;
    private const double LabelFont = 11;

    private readonly List<(byte[] Png, string? Label)> images = [];

    /// <summary>An empty grid.</summary>
    /// <param name="title">The heading; empty for none.</param>
    public ImageGrid(string title = "")
        : base(title)
    {
    }

    /// <summary>How many images stand in a row.</summary>
    public int Columns { get; set => field = CheckedPositive(value, nameof(Columns)); } = 10;

    /// <summary>The side of each image in pixels of the page.</summary>
    public int CellSize { get; set => field = CheckedSize(value, nameof(CellSize)); } = 56;

    /// <summary>The pixel values of black and of white; values outside are cut off.</summary>
    public (double Low, double High) Range { get; set => field = Axis.Checked(value, nameof(Range))!.Value; } = (0, 1);

    /// <summary>Adds a picture with one value a pixel.</summary>
    /// <param name="pixels">The values as [height, width]; the first row is the top one. A value that is NaN leaves its pixel empty.</param>
    /// <param name="height">How many rows the picture has.</param>
    /// <param name="width">How many columns the picture has.</param>
    /// <param name="label">A short text under the picture; null for none.</param>
    /// <param name="map">The colours.</param>
    /// <exception cref="ArgumentException">There are not height · width values.</exception>
    public ImageGrid Add(ReadOnlySpan<double> pixels, int height, int width, string? label = null, ColorMap map = ColorMap.Gray)
    {
        CheckShape(pixels.Length, height, width, channels: 1, label);
        if (map == ColorMap.Gray && !pixels.ContainsAnyExceptInRange(double.MinValue, double.MaxValue))
        {
            images.Add((PngEncoder.Direct(Bytes(pixels), width, channels: 1), label));
            return this;
        }
        Axis values = new(Range.Low, Range.High, AxisScale.Linear);
        byte[] indices = new byte[pixels.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            indices[i] = Palettes.Index(values.Position(pixels[i]));
        }
        images.Add((PngEncoder.Indexed(indices, width, map), label));
        return this;
    }

    /// <summary>Adds a picture with red, green and blue values.</summary>
    /// <param name="pixels">The values as [height, width, 3]; the first row is the top one. NaN counts as black.</param>
    /// <param name="height">How many rows the picture has.</param>
    /// <param name="width">How many columns the picture has.</param>
    /// <param name="label">A short text under the picture; null for none.</param>
    /// <exception cref="ArgumentException">There are not height · width · 3 values.</exception>
    public ImageGrid AddRgb(ReadOnlySpan<double> pixels, int height, int width, string? label = null)
    {
        CheckShape(pixels.Length, height, width, channels: 3, label);
        images.Add((PngEncoder.Direct(Bytes(pixels), width, channels: 3), label));
        return this;
    }

    private double Top => Edge + (Title.Length > 0 ? TitleHeight : 0);

    private double RowHeight => CellSize + Gap + (images.Any(i => i.Label is not null) ? LabelHeight : 0);

    private protected override (double Width, double Height) Measure()
    {
        int rows = (images.Count + Columns - 1) / Columns;
        double width = (2 * Edge) + (Math.Min(Columns, Math.Max(images.Count, 1)) * (CellSize + Gap)) - Gap;
        return (Math.Max(width, Math.Min(600, (2 * Edge) + TextMetrics.Width(Title, 16))), Top + (rows * RowHeight) - Gap + Edge);
    }

    private protected override string DescribeContent() => FormattableString.Invariant($"A grid of {images.Count} images.");

    private protected override void Draw(MarkupWriter svg)
    {
        DrawTitle(svg, Edge);
        for (int i = 0; i < images.Count; i++)
        {
            double x = Edge + (i % Columns * (CellSize + Gap));
            double y = Top + (i / Columns * RowHeight);
            PngEncoder.Image(svg, new Box(x, y, CellSize, CellSize), images[i].Png);
            if (images[i].Label is string label)
            {
                string shown = TextMetrics.Fit(label, LabelFont, CellSize + Gap);
                svg.Write($"<text font-size=\"{LabelFont}\" text-anchor=\"middle\" x=\"{x + (CellSize / 2.0)}\"")
                    .Write($" y=\"{y + CellSize + 12}\">{shown}</text>");
            }
        }
    }

    private byte[] Bytes(ReadOnlySpan<double> pixels)
    {
        Axis values = new(Range.Low, Range.High, AxisScale.Linear);
        byte[] bytes = new byte[pixels.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            double position = values.Position(pixels[i]);
            bytes[i] = double.IsNaN(position) ? (byte)0 : (byte)Math.Round(255 * Math.Clamp(position, 0, 1));
        }
        return bytes;
    }

    private static void CheckShape(int length, int height, int width, int channels, string? label)
    {
        if (height < 1 || width < 1 || length != (long)height * width * channels)
        {
            string shape = channels == 1 ? $"[{height}, {width}]" : $"[{height}, {width}, {channels}]";
            throw new ArgumentException(
                $"{Require.Name(nameof(ImageGrid), label)}: a picture of shape {shape} takes {(long)height * width * channels} values, "
                + $"but there are {length}.",
                "pixels");
        }
    }
}
