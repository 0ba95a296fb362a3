using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The right operand of a product as <see cref="MatMulTile"/> reads it: panels of two registers of columns, and a last one of one or two
/// registers, in which whole registers can be read although columns may be missing.
/// </summary>
internal readonly unsafe struct RightPanels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many panels there are, the last included.</summary>
    public required int Count { get; init; }

    /// <summary>The first panel, if it is not the last.</summary>
    public required T* Start { get; init; }

    /// <summary>From a panel to the next.</summary>
    public required nint PanelStride { get; init; }

    /// <summary>From a row of a panel to the next.</summary>
    public required nint RowStride { get; init; }

    public required T* Last { get; init; }

    public required nint LastRowStride { get; init; }

    /// <summary>Registers of the last panel: 1 or 2.</summary>
    public required int LastVectors { get; init; }

    /// <summary>Lanes of the last register that are columns.</summary>
    public required int LastLanes { get; init; }

    /// <summary>Panels of an operand that lies packed: each is contiguous, [<paramref name="depth"/>, width].</summary>
    public static RightPanels<T> Packed<V>(T* packed, int n, int depth)
        where V : unmanaged, ILanes<V, T> => Over<V>(packed, n, (nint)depth * 2 * V.Count, 2 * V.Count, null, 0);

    /// <summary>
    /// Panels of an operand whose rows, <paramref name="stride"/> elements apart, are contiguous; if its last panel does not fill its
    /// registers, a padded copy of it, [depth, width], must be given.
    /// </summary>
    public static RightPanels<T> InPlace<V>(T* start, int n, nint stride, T* padded)
        where V : unmanaged, ILanes<V, T> => Over<V>(start, n, 2 * V.Count, stride, padded, stride);

    /// <summary>Columns before the last panel.</summary>
    public static int WholeColumns<V>(int n)
        where V : unmanaged, ILanes<V, T> => (n - 1) / (2 * V.Count) * (2 * V.Count);

    /// <summary>Registers of the last panel of <paramref name="n"/> columns.</summary>
    public static int VectorsOfLast<V>(int n)
        where V : unmanaged, ILanes<V, T> => n - WholeColumns<V>(n) > V.Count ? 2 : 1;

    /// <summary>The rows from <paramref name="row"/> on of the panels from <paramref name="panel"/> on, <paramref name="count"/> of them.</summary>
    public RightPanels<T> From<V>(int row, int panel, int count)
        where V : unmanaged, ILanes<V, T>
    {
        bool ends = panel + count == Count;
        T* start = Start + (panel * PanelStride) + (row * RowStride);
        return new()
        {
            Count = count,
            Start = start,
            PanelStride = PanelStride,
            RowStride = RowStride,
            Last = ends ? Last + (row * LastRowStride) : start + ((count - 1) * PanelStride),
            LastRowStride = ends ? LastRowStride : RowStride,
            LastVectors = ends ? LastVectors : 2,
            LastLanes = ends ? LastLanes : V.Count,
        };
    }

    private static RightPanels<T> Over<V>(T* start, int n, nint panelStride, nint rowStride, T* padded, nint inPlaceStride)
        where V : unmanaged, ILanes<V, T>
    {
        int whole = WholeColumns<V>(n), vectors = VectorsOfLast<V>(n);
        return new()
        {
            Count = (whole / (2 * V.Count)) + 1,
            Start = start,
            PanelStride = panelStride,
            RowStride = rowStride,
            Last = padded != null ? padded : start + (whole / (2 * V.Count) * panelStride),
            LastRowStride = padded != null || inPlaceStride == 0 ? vectors * V.Count : inPlaceStride,
            LastVectors = vectors,
            LastLanes = n - whole - ((vectors - 1) * V.Count),
        };
    }
}
