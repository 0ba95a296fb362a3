using System.Globalization;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>Compares values with a reference and keeps what differs.</summary>
public sealed class Differences
{
    private string? _first;
    private int _count;

    /// <summary>How many numbers have been compared.</summary>
    public int Compared { get; private set; }

    /// <summary>Why the case was compared more loosely than usual; empty if it was not.</summary>
    public string Note { get; set; } = "";

    /// <summary>Compares a tensor with the reference: shape, and every value that the reference defines, |a − b| ≤ absolute + relative·|b|.</summary>
    public void Compare(string what, OracleTensor expected, Tensor actual, double absolute = 1e-10, double relative = 1e-9)
    {
        Compared++;
        if (actual.Shape != expected.Shape)
        {
            Add($"{what}: expected shape {expected.Shape}, got {actual.Shape}");
            return;
        }

        double[] values = actual.ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            if (expected.Data[i] is { } reference)
            {
                Compare(values.Length == 1 ? what : $"{what}[{i}]", reference, values[i], absolute, relative);
            }
        }
    }

    /// <summary>Compares a number with the reference.</summary>
    public void Compare(string what, double expected, double actual, double absolute = 1e-10, double relative = 1e-9)
    {
        Compared++;
        bool equal = expected.Equals(actual) || Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected));
        if (!equal)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{what}: expected {expected:R}, got {actual:R}"));
        }
    }

    /// <summary>Adds a difference of another kind.</summary>
    public void Add(string difference)
    {
        _first ??= difference;
        _count++;
    }

    /// <summary>The first difference, and how many more there are; empty if there is none.</summary>
    public override string ToString() => _count <= 1 ? _first ?? "" : $"{_first} (and {_count - 1} more)";
}
