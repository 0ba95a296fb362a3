namespace ProbNet.Charts;

/// <summary>Settles the hue, the stroke and the opacity of every layer of a chart.</summary>
internal static class PaintShop
{
    private const double BandOpacity = 0.25;
    private const double AreaOpacity = 0.15;

    public static Paint[] Mix(IReadOnlyList<Mark> marks)
    {
        Hue[] hues = new Hue[marks.Count];
        LineStyle[] styles = [.. marks.Select(m => m.Style)];
        bool dataIsInk = marks.Any(m => m.Role is HueRole.Series or HueRole.Companion || m is HeatMark);
        int next = 0;
        for (int i = 0; i < marks.Count; i++)
        {
            Mark mark = marks[i];
            hues[i] = mark.RequestedHue;
            if (hues[i] != Hue.Auto)
            {
                continue;
            }
            if (mark.Role == HueRole.Reference)
            {
                hues[i] = Hue.Gray;
            }
            else if (mark.Role == HueRole.Data && dataIsInk)
            {
                hues[i] = Hue.Ink;
                dataIsInk = false;
            }
            else if (mark.Role != HueRole.Companion)
            {
                hues[i] = Theme.Cycle[next % Theme.Cycle.Length];
                // The second turn of the hues is told from the first by its stroke.
                styles[i] = next >= Theme.Cycle.Length && mark.Style == LineStyle.Solid ? LineStyle.Dashed : mark.Style;
                next++;
            }
        }
        for (int i = 0; i < marks.Count; i++)
        {
            if (hues[i] == Hue.Auto)
            {
                int owner = Owner(marks, i);
                hues[i] = owner < 0 ? Theme.Cycle[0] : hues[owner];
            }
        }
        return [.. marks.Select((mark, i) => new Paint(hues[i], styles[i], Opacity(mark, marks), KeyOpacity(mark, hues[i], marks, hues)))];
    }

    /// <summary>The series that a band belongs to: the next one, else the last one before, else none (−1).</summary>
    private static int Owner(IReadOnlyList<Mark> marks, int band)
    {
        for (int i = band + 1; i < marks.Count; i++)
        {
            if (marks[i].Role == HueRole.Series)
            {
                return i;
            }
        }
        for (int i = band - 1; i >= 0; i--)
        {
            if (marks[i].Role == HueRole.Series)
            {
                return i;
            }
        }
        return -1;
    }

    private static double Opacity(Mark mark, IReadOnlyList<Mark> marks) => mark switch
    {
        BandMark => BandOpacity,
        BarsMark => marks.Count(m => m is BarsMark) > 1 ? 0.5 : 0.75,
        _ => AreaOpacity,
    };

    /// <summary>
    /// What the legend shows. A band inside k wider ones of its hue is seen with k + 1 layers of tint: 1 − (1 − opacity)^(k + 1).
    /// </summary>
    private static double KeyOpacity(Mark mark, Hue hue, IReadOnlyList<Mark> marks, Hue[] hues)
    {
        if (mark is not BandMark band)
        {
            return Opacity(mark, marks);
        }
        int wider = marks.Where((m, i) => hues[i] == hue && m is BandMark other && other.MeanWidth > band.MeanWidth).Count();
        return 1 - Math.Pow(1 - BandOpacity, wider + 1);
    }
}
