using System.Buffers.Binary;
using System.IO.Compression;

namespace ProbNet.Charts;

/// <summary>
/// Encodes pixels as PNG (ISO/IEC 15948) for an image inside an SVG: a heat map of 100 × 100 cells takes a few kilobytes, where
/// rectangles would take half a megabyte.
/// </summary>
internal static class PngEncoder
{
    private const byte Grayscale = 0;
    private const byte Truecolor = 2;
    private const byte Palette = 3;

    private static readonly uint[] CrcTable = BuildCrcTable();

    /// <summary>A picture of palette indices, row by row; the index for missing values is transparent.</summary>
    public static byte[] Indexed(ReadOnlySpan<byte> pixels, int width, ColorMap map)
    {
        byte[] colors = [.. Palettes.Bytes(map), 0, 0, 0];
        byte[] alpha = pixels.Contains(Palettes.Missing) ? [.. Enumerable.Repeat((byte)255, Palettes.Colors), 0] : [];
        return Encode(pixels, width, Palette, bytesPerPixel: 1, colors, alpha);
    }

    /// <summary>A picture of red, green and blue bytes, or of grey ones, row by row.</summary>
    public static byte[] Direct(ReadOnlySpan<byte> pixels, int width, int channels) =>
        Encode(pixels, width, channels == 3 ? Truecolor : Grayscale, channels, palette: [], alpha: []);

    /// <summary>Writes an SVG image whose pixels keep their edges when they are enlarged.</summary>
    public static void Image(MarkupWriter svg, Box box, byte[] png) =>
        svg.Write($"<image x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" preserveAspectRatio=\"none\"")
            .Write($" style=\"image-rendering:pixelated\" href=\"data:image/png;base64,{Convert.ToBase64String(png)}\"/>");

    private static byte[] Encode(
        ReadOnlySpan<byte> pixels,
        int width,
        byte colorType,
        int bytesPerPixel,
        ReadOnlySpan<byte> palette,
        ReadOnlySpan<byte> alpha)
    {
        int stride = width * bytesPerPixel;
        int height = pixels.Length / stride;
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);

        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colorType;
        Chunk(file, "IHDR"u8, header);
        if (palette.Length > 0)
        {
            Chunk(file, "PLTE"u8, palette);
        }
        if (alpha.Length > 0)
        {
            Chunk(file, "tRNS"u8, alpha);
        }

        using MemoryStream data = new();
        using (ZLibStream zlib = new(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int row = 0; row < height; row++)
            {
                zlib.WriteByte(0);
                zlib.Write(pixels.Slice(row * stride, stride));
            }
        }
        Chunk(file, "IDAT"u8, data.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        file.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte b in data)
        {
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        }
        return crc;
    }

    private static uint[] BuildCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0; n < table.Length; n++)
        {
            uint c = n;
            for (int bit = 0; bit < 8; bit++)
            {
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            }
            table[n] = c;
        }
        return table;
    }
}
