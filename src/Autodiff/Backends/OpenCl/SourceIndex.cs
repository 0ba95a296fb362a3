namespace ProbNet.Autodiff;

/// <summary>
/// Prints where the elements of views are: the indices along the axes of a <see cref="SourceSpace"/>, and from them a position for each view. Views that walk alike
/// share their positions. Divisions are by multiplication with a reciprocal that the host finds.
/// </summary>
internal sealed class SourceIndex
{
    private readonly SourceWriter _writer;
    private readonly SourceSpace _space;
    private readonly string[] _axes;
    private readonly int[] _class;
    private readonly Dictionary<(int Class, int Axis), string> _strides = [];
    private readonly Dictionary<int, (string Length, string Factor, string Shift)> _divisors = [];

    public SourceIndex(SourceWriter writer, SourceSpace space)
    {
        _writer = writer;
        _space = space;
        _axes = new string[space.Rank];
        Array.Fill(_axes, "0");
        _class = [.. space.Strides.Select(strides => Array.FindIndex(space.Strides, other => other.AsSpan().SequenceEqual(strides)))];
    }

    /// <summary>The index along an original axis that stayed apart.</summary>
    public string Axis(int original) => _space.AxisOf(original) is var axis and >= 0 ? _axes[axis] : "0";

    /// <summary>Prints the indices along some axes from the number of an element among them, a variable.</summary>
    public void Split(string number, ReadOnlySpan<int> axes)
    {
        for (int i = axes.Length - 1; i > 0; i--)
        {
            int axis = axes[i];
            if (!_divisors.TryGetValue(axis, out (string Length, string Factor, string Shift) divisor))
            {
                (uint factor, int shift) = Reciprocal(_space.Lengths[axis]);
                divisor = (_writer.Size(_space.Lengths[axis]), _writer.Factor(factor), _writer.Size(shift));
                _divisors.Add(axis, divisor);
            }

            string axisText = SourceText.Number(axis);
            _writer.Line($"int q{axisText} = (int)(mul_hi((uint){number}, {divisor.Factor}) >> {divisor.Shift});");
            _writer.Line($"int x{axisText} = {number} - q{axisText} * {divisor.Length};");
            _axes[axis] = "x" + axisText;
            number = "q" + axisText;
        }

        if (axes.Length > 0)
        {
            _axes[axes[0]] = number;
        }
    }

    /// <summary>
    /// Prints, for some views, the part of their positions that comes from some axes, added to the parts that an earlier call printed.
    /// </summary>
    /// <param name="views">The first view and the one behind the last.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="prefix">The letter of the names.</param>
    /// <param name="before">The letter of the parts to add to; none for the first.</param>
    public void Positions((int From, int To) views, ReadOnlySpan<int> axes, string prefix, string? before = null)
    {
        var printed = new HashSet<int>();
        for (int view = views.From; view < views.To; view++)
        {
            int of = _class[view];
            if (!printed.Add(of))
            {
                continue;
            }

            var terms = new List<string>();
            if (before is not null)
            {
                terms.Add(before + SourceText.Number(of));
            }

            foreach (int axis in axes)
            {
                if (_space.Strides[of][axis] is var stride and not 0)
                {
                    terms.Add(stride == 1 ? _axes[axis] : $"{_axes[axis]} * {Stride(of, axis, stride)}");
                }
            }

            _writer.Line($"int {prefix}{SourceText.Number(of)} = {(terms.Count == 0 ? "0" : string.Join(" + ", terms))};");
        }
    }

    /// <summary>The name of a view's position.</summary>
    public string Position(int view, string prefix) => prefix + SourceText.Number(_class[view]);

    /// <summary>
    /// The factor f and the shift s with i/d = (i·f) / 2³² / 2ˢ for all i below 2³¹ (Granlund and Montgomery 1994, "Division by invariant integers using multiplication").
    /// </summary>
    private static (uint Factor, int Shift) Reciprocal(int divisor)
    {
        if (divisor < 2)
        {
            return (0, 0);
        }

        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)divisor - 1);
        return ((uint)((1UL << (31 + bits)) / (ulong)divisor + 1), bits - 1);
    }

    private string Stride(int of, int axis, int stride)
    {
        if (!_strides.TryGetValue((of, axis), out string? name))
        {
            name = _writer.Stride(stride);
            _strides.Add((of, axis), name);
        }

        return name;
    }
}
