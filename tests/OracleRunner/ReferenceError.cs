namespace ProbNet.OracleRunner;

/// <summary>An operation whose reference values are known to be wrong in their last digits, and the tolerance that allows for it.</summary>
/// <param name="Value">Relative tolerance for values.</param>
/// <param name="Product">Relative tolerance for vector-Jacobian products.</param>
/// <param name="Reason">What is wrong with the reference; printed by the runner.</param>
public sealed record ReferenceError(double Value, double Product, string Reason)
{
    private const double Standard = 1e-9;

    private static readonly Dictionary<string, ReferenceError> s_known = new()
    {
        ["hardsigmoid"] = new(Standard, 1e-7, "PyTorch 1.13's derivative holds 1/6 in single precision, 3e-8 off"),
        ["celu"] = new(Standard, 2e-7, "PyTorch 1.13's derivative holds 1/alpha in single precision, 3e-8 off and more for large |x|"),
        ["erfinv"] = new(1e-6, 5e-5, "PyTorch 1.13 solves erf(y) = x to a rounding of x, which near x = 1 leaves 7 digits of y (against 40 digits of mpmath)"),
    };

    /// <summary>The known error of an operation's reference; the standard tolerances and no reason if there is none.</summary>
    public static ReferenceError Of(string op) => s_known.GetValueOrDefault(op) ?? new(Standard, Standard, "");
}
