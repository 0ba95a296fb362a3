namespace ProbNet.Charts;

/// <summary>
/// Estimates how wide a text will be. The reader's font is unknown, so the widths are those of Helvetica, rounded up by class of
/// character; a layout that holds for them holds for the fonts of the style sheet.
/// </summary>
internal static class TextMetrics
{
    /// <summary>The width of <paramref name="text"/> in pixels at a font size in pixels.</summary>
    public static double Width(string text, double size)
    {
        double em = 0;
        foreach (char c in text)
        {
            em += c switch
            {
                'i' or 'j' or 'l' or 't' or 'f' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' or '[' or ']' or ' ' => 0.32,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.9,
                '⁰' or '¹' or '²' or '³' or '⁴' or '⁵' or '⁶' or '⁷' or '⁸' or '⁹' or '⁻' => 0.36,
                >= 'A' and <= 'Z' => 0.7,
                < '\u2E80' => 0.57,
                _ => 1.0,
            };
        }
        return em * size;
    }

    /// <summary>The text, or its beginning with an ellipsis where it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }
        int kept = text.Length - 1;
        while (kept > 1 && Width(text[..kept], size) + size > width)
        {
            kept--;
        }
        return text[..Math.Max(kept, 0)].TrimEnd() + "…";
    }

    /// <summary>The text broken at its spaces into lines no wider than <paramref name="width"/>; no line for an empty text.</summary>
    public static List<string> Wrap(string text, double size, double width)
    {
        List<string> lines = [];
        string line = "";
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size) > width)
            {
                lines.Add(Fit(line, size, width));
                longer = word;
            }
            line = longer;
        }
        if (line.Length > 0)
        {
            lines.Add(Fit(line, size, width));
        }
        return lines;
    }
}
