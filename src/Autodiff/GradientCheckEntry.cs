using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>One input's derivative of one order, compared with differences: the worst of the random projections.</summary>
/// <param name="Input">
/// Which input: <c>x0</c>, <c>x1</c> … or the name of a parameter; at order two also <c>v1</c>, the vector of the first order's
/// vector-Jacobian product.
/// </param>
/// <param name="Order">The order of the derivative.</param>
/// <param name="Analytic">The derivative along the random direction by automatic differentiation.</param>
/// <param name="Numeric">The same derivative by differences.</param>
/// <param name="RelativeError">|Analytic − Numeric| relative to the sum of the magnitudes of the terms; NaN if a value is not finite.</param>
/// <param name="Passed">Whether the relative error is within the tolerance.</param>
/// <param name="Problem">What else is wrong, such as a gradient that is not finite; null if nothing is.</param>
public sealed record GradientCheckEntry(
    string Input, int Order, double Analytic, double Numeric, double RelativeError, bool Passed, string? Problem)
{
    /// <summary>One line: the input, the order, both derivatives and the verdict.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Passed ? "ok  " : "FAIL")} order {Order}, {Input}: analytic {Analytic:G10}, numeric {Numeric:G10}, relative error {RelativeError:E1}")
        + (Problem is null ? "" : $"; {Problem}");
}
