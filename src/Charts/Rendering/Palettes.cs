namespace ProbNet.Charts;

/// <summary>The colours of heat maps, as 255 entries; the index after them stands for a missing value.</summary>
internal static class Palettes
{
    public const int Colors = 255;
    public const byte Missing = 255;

    // Every 17th entry of matplotlib's viridis (CC0).
    private static readonly int[] Viridis =
    [
        0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e,
        0x1f988b, 0x22a884, 0x35b779, 0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725,
    ];

    // ColorBrewer's RdBu in eleven classes (Apache 2.0), reversed.
    private static readonly int[] Diverging =
    [
        0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f,
    ];

    /// <summary>The index of a position between 0 and 1; positions outside take the end colours.</summary>
    public static byte Index(double position) =>
        double.IsNaN(position) ? Missing : (byte)Math.Clamp(Math.Round(position * (Colors - 1)), 0, Colors - 1);

    /// <summary>The red, green and blue bytes of all entries.</summary>
    public static byte[] Bytes(ColorMap map)
    {
        int[] anchors = map switch
        {
            ColorMap.Viridis => Viridis,
            ColorMap.Diverging => Diverging,
            _ => [0x000000, 0xffffff],
        };
        byte[] bytes = new byte[3 * Colors];
        for (int i = 0; i < Colors; i++)
        {
            double at = (double)i / (Colors - 1) * (anchors.Length - 1);
            int below = Math.Min((int)at, anchors.Length - 2);
            for (int channel = 0; channel < 3; channel++)
            {
                int shift = 16 - (8 * channel);
                double from = (anchors[below] >> shift) & 255;
                double to = (anchors[below + 1] >> shift) & 255;
                bytes[(3 * i) + channel] = (byte)Math.Round(from + ((at - below) * (to - from)));
            }
        }
        return bytes;
    }
}
