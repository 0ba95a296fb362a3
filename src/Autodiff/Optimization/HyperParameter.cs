using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>Range checks for the numbers that optimizers, schedules and clipping take.</summary>
internal static class HyperParameter
{
    public static double NonNegative(double value, string owner, string name) =>
        value >= 0 && double.IsFinite(value) ? value : throw OutOfRange(value, owner, name, "it must be finite and not negative");

    public static double Positive(double value, string owner, string name) =>
        value > 0 && double.IsFinite(value) ? value : throw OutOfRange(value, owner, name, "it must be finite and positive");

    /// <summary>A decay rate or momentum, in [0, 1).</summary>
    public static double BelowOne(double value, string owner, string name) =>
        value is >= 0 and < 1 ? value : throw OutOfRange(value, owner, name, "it must be in [0, 1)");

    public static double UnitInterval(double value, string owner, string name) =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(value, owner, name, "it must be in [0, 1]");

    public static long AtLeast(long least, long value, string owner, string name) =>
        value >= least ? value : throw OutOfRange(value, owner, name, $"it must be at least {least}");

    private static ArgumentOutOfRangeException OutOfRange(double value, string owner, string name, string rule) =>
        new(name, value, string.Create(CultureInfo.InvariantCulture, $"{owner}: {name} is {value:R}; {rule}."));
}
