namespace ProbNet.Charts;

/// <summary>
/// The colour of a series: the hues of Okabe and Ito, "Color Universal Design" (2008), which stay distinct under the common forms of
/// colour blindness. Each is drawn in a lighter or darker shade where the page's light or dark background needs it: the contrast
/// to the background is at least 3:1 (WCAG 2.1, criterion 1.4.11).
/// </summary>
public enum Hue
{
    /// <summary>
    /// Chosen by the chart: the next hue in turn; a band takes the hue of the line that follows it (or of the last line, where none
    /// follows); the first scatter of a chart that has other layers of data is drawn in ink.
    /// </summary>
    Auto,

    /// <summary>Blue.</summary>
    Blue,

    /// <summary>Vermillion, an orange red.</summary>
    Vermillion,

    /// <summary>Bluish green.</summary>
    Green,

    /// <summary>Reddish purple.</summary>
    Purple,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Sky blue.</summary>
    SkyBlue,

    /// <summary>The colour of the text: near black on a light page, near white on a dark one.</summary>
    Ink,

    /// <summary>A quiet grey, for references.</summary>
    Gray,
}
