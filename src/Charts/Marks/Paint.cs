using System.Globalization;

namespace ProbNet.Charts;

/// <summary>The paint of a mark once the chart has settled it.</summary>
/// <param name="Hue">The hue; never <see cref="Hue.Auto"/>.</param>
/// <param name="Style">How lines are stroked.</param>
/// <param name="FillOpacity">The opacity of the mark's area.</param>
/// <param name="KeyOpacity">The opacity of the legend's sign, which for nested bands is that of the layers together.</param>
internal readonly record struct Paint(Hue Hue, LineStyle Style, double FillOpacity, double KeyOpacity)
{
    /// <summary>Attributes that stroke with the hue.</summary>
    public Markup Stroke => Attributes("l", "stroke");

    /// <summary>Attributes that fill with the hue.</summary>
    public Markup Fill => Attributes("f", "fill");

    /// <summary>The dash pattern, or nothing for a solid line.</summary>
    public Markup Dashes => new(Style switch
    {
        LineStyle.Dashed => " stroke-dasharray=\"7 5\"",
        LineStyle.Dotted => " stroke-dasharray=\"0.1 4.5\"",
        _ => "",
    });

    public static Markup Opacity(double opacity) => new(string.Create(CultureInfo.InvariantCulture, $" fill-opacity=\"{opacity:0.##}\""));

    private Markup Attributes(string classPrefix, string property) =>
        new(string.Create(CultureInfo.InvariantCulture, $"class=\"{classPrefix}{(int)Hue}\" {property}=\"{Theme.Color(Hue, dark: false)}\""));
}
