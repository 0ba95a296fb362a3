using System.Text;

namespace ProbNet.Charts;

/// <summary>
/// The colours and the style sheet. Marks carry their light colour in an attribute, for renderers that know no style sheets, and a
/// class whose rules give both schemes: a rule wins over an attribute.
/// </summary>
internal static class Theme
{
    public const string Background = "#ffffff";
    public const string DarkBackground = "#0d1117";

    /// <summary>The hues that series take in turn.</summary>
    public static readonly Hue[] Cycle = [Hue.Blue, Hue.Vermillion, Hue.Green, Hue.Purple, Hue.Orange, Hue.SkyBlue];

    private const string Font =
        "font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:12px;font-variant-numeric:tabular-nums";

    /// <summary>The colour of a hue as #rrggbb.</summary>
    public static string Color(Hue hue, bool dark) => (hue, dark) switch
    {
        (Hue.Blue, false) => "#0072b2",
        (Hue.Blue, true) => "#4a9fe0",
        (Hue.Vermillion, false) => "#d55e00",
        (Hue.Vermillion, true) => "#f07c2e",
        (Hue.Green, false) => "#008f68",
        (Hue.Green, true) => "#1fbf8f",
        (Hue.Purple, false) => "#b95f93",
        (Hue.Purple, true) => "#d98bb8",
        (Hue.Orange, false) => "#bd8200",
        (Hue.Orange, true) => "#f0b429",
        (Hue.SkyBlue, false) => "#3393c9",
        (Hue.SkyBlue, true) => "#8fd0f7",
        (Hue.Gray, false) => "#6e7781",
        (Hue.Gray, true) => "#8b949e",
        (_, false) => "#1f2328",
        (_, true) => "#e6edf3",
    };

    /// <summary>The rules for every chart on a page; all are confined to the class <c>pn</c>.</summary>
    public static string StyleSheet { get; } = Build();

    private static string Build()
    {
        StringBuilder css = new();
        css.Append(".pn{").Append(Font).Append('}');
        css.Append(".pn .title{font-weight:600}");
        css.Append(".pn .grid,.pn .zero,.pn .axis{fill:none}");
        Scheme(css, dark: false);
        css.Append("@media(prefers-color-scheme:dark){");
        Scheme(css, dark: true);
        css.Append('}');
        return css.ToString();
    }

    private static void Scheme(StringBuilder css, bool dark)
    {
        string ink = Color(Hue.Ink, dark);
        css.Append(".pn .bg{fill:").Append(dark ? DarkBackground : Background).Append('}');
        css.Append(".pn .halo{stroke:").Append(dark ? DarkBackground : Background).Append('}');
        css.Append(".pn text{fill:").Append(ink).Append('}');
        css.Append(".pn .tick text,.pn .quiet{fill:").Append(dark ? "#9da7b1" : "#57606a").Append('}');
        css.Append(".pn .grid{stroke:").Append(dark ? "#21262d" : "#e7ebef").Append('}');
        css.Append(".pn .zero{stroke:").Append(dark ? "#484f58" : "#bcc4cc").Append('}');
        css.Append(".pn .axis{stroke:").Append(dark ? "#6e7681" : "#8c959f").Append('}');
        foreach (Hue hue in Enum.GetValues<Hue>())
        {
            if (hue != Hue.Auto)
            {
                string color = Color(hue, dark);
                css.Append(".pn .l").Append((int)hue).Append("{stroke:").Append(color).Append('}');
                css.Append(".pn .f").Append((int)hue).Append("{fill:").Append(color).Append('}');
            }
        }
    }
}
