using System.Reflection;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Distributions;

/// <summary>The tables of the page on distributions are what the families say of themselves.</summary>
public class DistributionTableTests
{
    private const string Page = "docs/distributions.md", Numbers = "<!-- families of numbers -->", Vectors = "<!-- families of vectors -->";

    [Fact]
    public void Page_TablesOfFamilies_AreThoseOfTheLibrary()
    {
        string text = SourceTree.Files.Single(file => file.Path == Page).Text;
        string expected = Between(Between(text, Numbers, OfNumbers()), Vectors, OfVectors());
        if (text != expected && Environment.GetEnvironmentVariable("PROBNET_ACCEPT_OUTPUT") == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, Page), expected);
            return;
        }

        Assert.True(
            text == expected,
            $"{Page} has other tables than the library. If that is meant, accept them: "
            + "PROBNET_ACCEPT_OUTPUT=1 dotnet test -c Release tests/ProbNet.Tests --filter DistributionTable");
    }

    private static string Between(string text, string mark, string table)
    {
        string[] parts = text.Split(mark);
        Assert.True(parts.Length == 3, $"{Page} has a table between two marks {mark}.");
        return $"{parts[0]}{mark}\n\n{table}\n\n{mark}{parts[2]}";
    }

    private static string OfNumbers()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<Type, Family> family in Families.All.GroupBy(family => Generic(family.Batch().GetType())))
        {
            Univariate[] members = [.. family.SelectMany(f => f.Points.Select(p => f.Create(Array.ConvertAll(p, value => Tensor.Scalar(value, DType.Float64)))))];
            string[] cells =
            [
                Name(family.Key), Supports(members), Parameters(members),
                Kinds(members.Select(d => d.Mean().Kind)), Kinds(members.Select(d => d.Variance().Kind)), Kinds(members.Select(d => d.Entropy().Kind)),
                Kinds(members.Select(d => d.QuantileEvidence)), Kinds(members.Select(d => d.CrpsEvidence)), Kinds(members.Select(d => d.Kl(d).Kind)),
                Fits(family.Key), Draws(family.Key, members),
            ];
            rows[cells[0]] = Row(cells);
        }

        return string.Join('\n',
            "| family | support | parameters | mean | variance | entropy | quantile | CRPS | KL | fit | draws |", "|---|---|---|---|---|---|---|---|---|---|---|",
            string.Join('\n', rows.Values));
    }

    private static string OfVectors()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<Type, MultivariateCase> family in MultivariateCases.All.GroupBy(item => Generic(item.Create(item.Parameters).GetType())))
        {
            Distribution[] members = [.. family.Select(item => item.Create(item.Parameters))];
            string[] cells =
            [
                Name(family.Key), Supports(members), Parameters(members), Kinds(members.Select(d => d.Mean().Kind)), Kinds(members.Select(d => d.Variance().Kind)),
                Kinds(members.Select(d => d.Entropy().Kind)), Kinds(members.Select(d => d.Kl(d).Kind)), Draws(family.Key, members),
            ];
            rows[cells[0]] = Row(cells);
        }

        return string.Join('\n',
            "| family | support | parameters | mean | variance | entropy | KL | draws |", "|---|---|---|---|---|---|---|---|", string.Join('\n', rows.Values));
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells)} |";

    private static Type Generic(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static string Name(Type type) => type.IsGenericType ? $"`{type.Name.Split('`')[0]}<T>`" : $"`{type.Name}`";

    // What is made of other distributions has their support and their parameters.
    // The number of classes is that of the members.
    private static string Supports(Distribution[] members) => Made(members[0]) ? "X's"
        : members[0] is Categorical ? "{0, …, K − 1}"
        : string.Join(" or ", members.Select(d => d.Support.Name).Distinct()).Replace("|", "\\|");

    private static string Parameters(Distribution[] members) => Made(members[0]) ? "X's" : string.Join(
        " or ", members.Select(d => string.Join(", ", d.Parameters.Select(p => p.Name))).Distinct());

    private static bool Made(Distribution distribution) => distribution.GetType().IsGenericType || distribution is TransformedDistribution or TransformedVector;

    private static string Kinds(IEnumerable<Evidence> kinds) => string.Join(" or ", kinds.Distinct().Order().Select(kind => kind switch
    {
        Evidence.Exact => "exact",
        Evidence.Numeric => "numeric",
        _ => "Monte Carlo",
    }));

    private static string Fits(Type family)
    {
        bool own = typeof(Fit).GetMethods(BindingFlags.Public | BindingFlags.Static).Any(method => method.Name == family.Name);
        return own || (!family.IsGenericType && (bool)typeof(Fit).GetMethod(nameof(Fit.Knows))!.MakeGenericMethod(family).Invoke(null, null)!) ? "yes" : "–";
    }

    private static string Draws(Type family, Distribution[] members)
    {
        Assert.True(Samplers.All.TryGetValue(family, out string? how), $"Samplers does not say how {family.Name} draws.");
        return $"{how}{(Array.Exists(members, d => d.AsReparameterized() is not null) ? ", differentiable" : "")}";
    }
}
