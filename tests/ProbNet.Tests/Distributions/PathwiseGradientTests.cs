using System.Globalization;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family with differentiable draws: their mean gradient is that of the expectation, and is known well enough to tell.</summary>
public class PathwiseGradientTests
{
    [Theory]
    [MemberData(nameof(Families.Reparameterized), MemberType = typeof(Families))]
    public void RSample_PathwiseGradient_IsTheDerivativeOfTheExpectation(string name) => Assert.All(
        PathwiseGradient.Of(name),
        g => Assert.True(Math.Abs(g.MonteCarlo - g.Exact) <= g.Tolerance, FormattableString.Invariant($"{name}: pathwise {g.MonteCarlo} ± {g.Error}, exact {g.Exact}: {g}")));

    [Theory]
    [MemberData(nameof(Families.Reparameterized), MemberType = typeof(Families))]
    public void RSample_StandardErrorOfItsGradient_IsSmallEnoughToSeeATenth(string name) => Assert.All(
        PathwiseGradient.Of(name).GroupBy(g => (g.Parameter, g.Point)),
        group => Assert.True(group.Min(g => g.LeastDefect) <= PathwiseGradient.MostDefect, $"{name}: {string.Join("; ", group)}"));

    [Fact]
    public void Page_TableOfGradients_IsWhatTheDrawsGive()
    {
        IEnumerable<string> rows = Families.WithPaths.Order(StringComparer.Ordinal)
            .SelectMany(name => PathwiseGradient.Of(name).GroupBy(g => g.Parameter).Select(group => Row(name, [.. group])));
        GeneratedPart.Check(
            "docs/pathwise-gradients.md", "<!-- pathwise gradients -->",
            "| family | parameter | g | exact | through draws | standard error | least defect seen |\n|---|---|---|---:|---:|---:|---:|\n" + string.Join('\n', rows),
            "PathwiseGradient");
    }

    // The numbers of the first point, with the function that sees more; the least defect is that of the worst point.
    private static string Row(string family, PathwiseGradient[] all)
    {
        PathwiseGradient shown = all.Where(g => g.Point == 0).MinBy(g => g.LeastDefect)!;
        double least = all.GroupBy(g => g.Point).Max(point => point.Min(g => g.LeastDefect));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {family} | {shown.Parameter} | {shown.Function} | {shown.Exact:G4} | {shown.MonteCarlo:G4} | {Small(shown.Error, Math.Abs(shown.Exact))} | {100 * least:F2} % |");
    }

    // What rounding has a part in is not told.
    private static string Small(double error, double scale) => error > 1e-6 * scale
        ? error.ToString("G2", CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"below {1e-6 * scale:G1}");
}
