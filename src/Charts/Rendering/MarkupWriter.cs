using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProbNet.Charts;

/// <summary>
/// Builds XML and HTML text from interpolated strings: what stands in a hole is escaped if it is text, and written with at most one
/// decimal, in the invariant culture, if it is a coordinate. Markup comes only from the literal parts and from <see cref="Markup"/>.
/// </summary>
internal sealed class MarkupWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Appends literal markup with escaped holes.</summary>
    public MarkupWriter Write([InterpolatedStringHandlerArgument("")] ref Handler handler) => this;

    public override string ToString() => text.ToString();

    private void AppendEscaped(string? value)
    {
        if (value is null)
        {
            return;
        }
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                text.Append(c).Append(value[++i]);
                continue;
            }
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\'' => text.Append("&#39;"),
                // XML 1.0 has no way to write these characters, not even as references.
                _ when char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' || (c < ' ' && c is not ('\t' or '\n' or '\r')) => text.Append('\uFFFD'),
                _ => text.Append(c),
            };
        }
    }

    private void AppendCoordinate(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"A chart tried to draw at the coordinate {value}; this is a defect of the chart library."));
        }
        // Adding zero turns a negative zero into a positive one.
        text.Append(CultureInfo.InvariantCulture, $"{Math.Round(value, 1) + 0.0:0.#}");
    }

    /// <summary>Receives the parts of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Handler
    {
        private readonly MarkupWriter writer;

        public Handler(int literalLength, int formattedCount, MarkupWriter writer)
        {
            this.writer = writer;
            writer.text.EnsureCapacity(writer.text.Length + literalLength + (8 * formattedCount));
        }

        public void AppendLiteral(string value) => writer.text.Append(value);

        public void AppendFormatted(string? value) => writer.AppendEscaped(value);

        public void AppendFormatted(Markup value) => writer.text.Append(value.Text);

        public void AppendFormatted(double value) => writer.AppendCoordinate(value);

        public void AppendFormatted(int value) => writer.text.Append(CultureInfo.InvariantCulture, $"{value}");
    }
}
