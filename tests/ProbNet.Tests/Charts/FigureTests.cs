using System.Buffers.Binary;
using System.IO.Compression;
using System.Xml.Linq;
using ProbNet.Charts;

namespace ProbNet.Tests.Charts;

public class FigureTests
{
    private static Chart Small(string title, double height) => new Chart(title) { YLabel = "density" }.Line([0, 1, 2], [0, height, 0], "curve");

    [Fact]
    public void ChartGrid_FiveChartsInTwoColumns_AlignsPlotsOfRowsAndColumns()
    {
        ChartGrid grid = new("grid", Enumerable.Range(0, 5).Select(i => Small($"chart {i}", Math.Pow(10, i)))) { Columns = 2 };

        XElement root = Svg.Parse(grid.ToSvg());

        Svg.AssertFinite(root);
        XElement[] plots = [.. root.Elements(Svg.Namespace + "svg")];
        Assert.Equal(5, plots.Length);
        Assert.Equal(plots[0].Number("x"), plots[2].Number("x"));
        Assert.Equal(plots[1].Number("x"), plots[3].Number("x"));
        Assert.Equal(plots[0].Number("y"), plots[1].Number("y"));
        Assert.Equal((620.0, 3 * 250.0), (root.Number("width"), Math.Floor(root.Number("height") / 250) * 250));
    }

    [Fact]
    public void ChartGrid_ShareY_GivesAllChartsTheSameTicks()
    {
        string[][] own = Svg.Parse(new ChartGrid("", Small("a", 1), Small("b", 40)).ToSvg()).TickLabels();
        string[][] shared = Svg.Parse(new ChartGrid("", Small("a", 1), Small("b", 40)) { ShareY = true }.ToSvg()).TickLabels();

        Assert.NotEqual(own[1], own[3]);
        Assert.Equal(shared[1], shared[3]);
        Assert.Equal("40", shared[1][^1]);
    }

    [Fact]
    public void ChartGrid_NoChartOrMixedScales_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new ChartGrid("none"));
        Chart log = new Chart { YScale = AxisScale.Log }.Line([1], [1]);
        Assert.Throws<InvalidOperationException>(() => new ChartGrid("mixed", log, Small("b", 1)) { ShareY = true }.ToSvg());
    }

    [Fact]
    public void ImageGrid_GrayAndRgb_EncodesThePixels()
    {
        ImageGrid grid = new ImageGrid("digits") { Columns = 2 }
            .Add([0, 0.5, 1, 2], 2, 2, "7")
            .AddRgb([1, 0, 0, 0, 0, 1], 1, 2)
            .Add([0, double.NaN], 1, 2);

        XElement root = Svg.Parse(grid.ToSvg());
        byte[][] files = [.. root.Named("image").Select(i => Convert.FromBase64String(i.Attribute("href")!.Value["data:image/png;base64,".Length..]))];

        Assert.Equal(3, files.Length);
        Assert.Equal((2, 2, 0), Header(files[0]));
        // Each row starts with its filter, 0 for none; 0.5 of 255 rounds to even, 128.
        Assert.Equal([0, 0, 128, 0, 255, 255], Pixels(files[0]));
        Assert.Equal((2, 1, 2), Header(files[1]));
        Assert.Equal([0, 255, 0, 0, 0, 0, 255], Pixels(files[1]));
        Assert.Equal((2, 1, 3), Header(files[2]));
        Assert.Equal([0, 0, Palettes.Missing], Pixels(files[2]));
        // The last chunk of every PNG file, with its checksum (ISO/IEC 15948, 11.2.5).
        Assert.All(files, f => Assert.Equal([0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82], f[^12..]));
        Assert.Contains(root.Named("text"), t => t.Value == "7");
    }

    [Fact]
    public void ImageGrid_PixelsThatDoNotFit_NamesTheShape()
    {
        string message = Assert.Throws<ArgumentException>(() => new ImageGrid().AddRgb(new double[5], 2, 2, "cat")).Message;

        Assert.StartsWith("ImageGrid \"cat\": a picture of shape [2, 2, 3] takes 12 values, but there are 5.", message);
    }

    [Fact]
    public void Palettes_Viridis_RunsFromItsFirstToItsLastColor()
    {
        byte[] bytes = Palettes.Bytes(ColorMap.Viridis);

        // matplotlib's viridis: #440154 … #fde725.
        Assert.Equal([0x44, 0x01, 0x54], bytes[..3]);
        Assert.Equal([0xfd, 0xe7, 0x25], bytes[^3..]);
    }

    [Fact]
    public void PitHistogram_HundredValues_ShowsTheBinomialBandAndTheUniformLine()
    {
        double[] pit = [.. Enumerable.Range(0, 100).Select(i => (i + 0.5) / 100)];

        XElement root = Svg.Parse(StandardCharts.PitHistogram(pit).ToSvg());

        Assert.NotNull(root.Layer("95 % if calibrated"));
        Assert.NotNull(root.Layer("uniform"));
        // K ~ Binomial(100, 0.05): P(K ≤ 0) = 0.0059, P(K ≤ 1) = 0.0371, P(K ≤ 9) = 0.9718, P(K ≤ 10) = 0.9885.
        Assert.Equal((1, 10), (Binomial.Quantile(100, 0.05, 0.025), Binomial.Quantile(100, 0.05, 0.975)));
    }

    [Fact]
    public void LearningCurves_ValidationWithMinimum_MarksTheBestEpoch()
    {
        XElement root = Svg.Parse(StandardCharts.LearningCurves([3, 2, 1], [4, 2.5, double.NaN]).ToSvg());

        Assert.NotNull(root.Layer("best epoch: 2"));
        Assert.Throws<ArgumentException>(() => StandardCharts.LearningCurves([1, 2], [1]));
    }

    [Fact]
    public void Save_ExistingFile_IsReplacedAndLeavesNoTemporary()
    {
        string folder = Directory.CreateTempSubdirectory("probnet-charts-").FullName;
        try
        {
            string path = Path.Combine(folder, "chart.svg");
            File.WriteAllText(path, "old");

            Small("new", 1).Save(path);

            Assert.Equal(Small("new", 1).ToSvg(), File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<DirectoryNotFoundException>(() => Small("new", 1).Save(Path.Combine(folder, "missing", "chart.svg")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Width, int Height, int ColorType) Header(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[25]);

    private static byte[] Pixels(byte[] png)
    {
        for (int at = 8; at < png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                using ZLibStream zlib = new(new MemoryStream(png, at + 8, length), CompressionMode.Decompress);
                using MemoryStream pixels = new();
                zlib.CopyTo(pixels);
                return pixels.ToArray();
            }
            at += length + 12;
        }
        return [];
    }
}
