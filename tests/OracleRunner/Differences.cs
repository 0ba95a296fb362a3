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
    /// <param name="what">What is compared.</param>
    /// <param name="expected">The reference.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="absolute">The absolute tolerance.</param>
    /// <param name="relative">The relative tolerance.</param>
    /// <param name="known">Of a reference that is known to be wrong, by how much: a value that is within this alone is noted with the reason.</param>
    public void Compare(string what, OracleTensor expected, Tensor actual, double absolute = 1e-10, double relative = 1e-9, ReferenceError? known = null)
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
                bool off = known is not null && !Agrees(reference, values[i], absolute, relative);
                Note = off ? known!.Reason : Note;
                Compare(values.Length == 1 ? what : $"{what}[{i}]", reference, values[i], off ? known!.Absolute : absolute, off ? known!.Relative : relative);
            }
        }
    }

    /// <summary>Compares a number with the reference.</summary>
    public void Compare(string what, double expected, double actual, double absolute = 1e-10, double relative = 1e-9)
    {
        Compared++;
        if (!Agrees(expected, actual, absolute, relative))
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

    private static bool Agrees(double expected, double actual, double absolute, double relative) =>
        expected.Equals(actual) || Math.Abs(actual - expected) <= absolute + (relative * Math.Abs(expected));
}
