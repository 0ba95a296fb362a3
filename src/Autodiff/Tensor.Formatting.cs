using System.Globalization;
using System.Text;

namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    private const int EdgeItems = 3;
    private const int FullItems = 64;

    private string DebuggerText => IsSymbolic || Size > 8 ? $"{DType} {Shape}" : ToString();

    /// <summary>The values as nested brackets, long axes shortened in the middle, then type and shape.</summary>
    public override string ToString()
    {
        if (IsSymbolic)
        {
            return $"{DType} {Shape}, a symbol";
        }

        var text = new StringBuilder();
        Append(text, 0, 0);
        return text.Append(CultureInfo.InvariantCulture, $" ({DType} {Shape})").ToString();
    }

    private void Append(StringBuilder text, int axis, int offset)
    {
        if (axis == Rank)
        {
            text.Append(ElementText(offset));
            return;
        }

        int length = Shape[axis], stride = Shape[(axis + 1)..].Size;
        bool shorten = Size > FullItems && length > 2 * EdgeItems;
        text.Append('[');
        for (int i = 0; i < length; i++)
        {
            if (i > 0)
            {
                text.Append(axis == Rank - 1 ? ", " : "," + Environment.NewLine + new string(' ', axis + 1));
            }

            if (shorten && i == EdgeItems)
            {
                text.Append('…');
                i = length - EdgeItems - 1;
                continue;
            }

            Append(text, axis + 1, offset + (i * stride));
        }

        text.Append(']');
    }

    private string ElementText(int offset) => RawData switch
    {
        float[] x => x[offset].ToString("G6", CultureInfo.InvariantCulture),
        double[] x => x[offset].ToString("G6", CultureInfo.InvariantCulture),
        int[] x => x[offset].ToString(CultureInfo.InvariantCulture),
        long[] x => x[offset].ToString(CultureInfo.InvariantCulture),
        bool[] x => x[offset] ? "true" : "false",
        _ => "?",
    };
}
