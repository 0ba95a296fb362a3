namespace ProbNet.Tests.Autodiff;

internal static class SpecialAssert
{
    /// <summary>
    /// |actual − expected| ≤ tolerance · |expected|: relative, so that tails and values near a zero of the function count in full.
    /// </summary>
    public static void Close(double expected, double actual, double tolerance)
    {
        bool close = expected.Equals(actual) || expected == actual || Math.Abs(actual - expected) <= tolerance * Math.Abs(expected);
        Assert.True(close, FormattableString.Invariant(
            $"expected {expected:R}, got {actual:R}: relative error {Math.Abs(actual / expected - 1):E2}, allowed {tolerance:E2}"));
    }
}
