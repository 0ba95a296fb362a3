namespace ProbNet.OracleRunner;

/// <summary>
/// By how much a reference is known to be wrong: |a − b| ≤ absolute + relative·|b|. Only what SCHEMA.md's tolerance does not cover is compared so, and named by the runner.
/// </summary>
/// <param name="Absolute">The absolute part.</param>
/// <param name="Relative">The relative part.</param>
/// <param name="Reason">What is wrong with the reference; printed by the runner.</param>
public sealed record ReferenceError(double Absolute, double Relative, string Reason)
{
    private const string Inverse = "PyTorch 1.13 solves erf(y) = x to a rounding of x, which near x = 1 leaves 7 digits of y (against 40 digits of mpmath)";

    private static readonly Dictionary<string, ReferenceError> s_values = new() { ["erfinv"] = new(1e-10, 1e-6, Inverse) };

    private static readonly Dictionary<string, ReferenceError> s_products = new()
    {
        ["hardsigmoid"] = new(1e-10, 1e-7, "PyTorch 1.13's derivative holds 1/6 in single precision, 3e-8 off"),
        ["celu"] = new(1e-10, 2e-7, "PyTorch 1.13's derivative holds 1/alpha in single precision, 3e-8 off and more for large |x|"),
        ["erfinv"] = new(1e-10, 5e-5, Inverse),
    };

    /// <summary>
    /// Of derivatives in concentrations, which hold ψ′: PyTorch 1.13's asymptotic series ends early, off by 2e-10 at 2 and by 1.5e-9 at ½ (against mpmath; the derivatives
    /// in 40 digits stand in extreme_kl.json).
    /// </summary>
    public static ReferenceError Trigamma { get; } = new(1e-8, 1e-9, "PyTorch 1.13's trigamma, and so the derivative in a concentration, is up to 2e-9 off");

    /// <summary>The known error of the values of an operation's reference; null if there is none.</summary>
    public static ReferenceError? OfValue(string op) => s_values.GetValueOrDefault(op);

    /// <summary>The known error of the vector-Jacobian products of an operation's reference; null if there is none.</summary>
    public static ReferenceError? OfProduct(string op) => s_products.GetValueOrDefault(op);
}
