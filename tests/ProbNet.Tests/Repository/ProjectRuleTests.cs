using System.Xml.Linq;

namespace ProbNet.Tests.Repository;

/// <summary>What the project files promise: dependencies in one direction, versions in one place, warnings as errors, complete packages.</summary>
public class ProjectRuleTests
{
    // What a user of the packages installs with them.
    private static readonly string[] s_runtimePackages = ["MathNet.Numerics", "System.Numerics.Tensors"];

    public static TheoryData<string> Libraries => [.. SourceTree.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_References_PointDownwards(string library)
    {
        int level = Array.IndexOf(SourceTree.Layers, library);
        foreach (string path in Items(Project(library), "ProjectReference"))
        {
            string reference = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
            int below = Array.IndexOf(SourceTree.Layers, reference.Replace("ProbNet.", "", StringComparison.Ordinal));
            Assert.True(
                below >= 0 && below < level,
                $"{library} refers to {reference}; the order is {string.Join(" <- ", SourceTree.Layers)}, and Charts stands alone.");
        }
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_Packages_AreFew(string library)
    {
        string[] packages = [.. Items(Project(library), "PackageReference")];
        Assert.All(packages, package => Assert.Contains(package, s_runtimePackages));
        Assert.True(library != "Charts" || packages.Length == 0, "Charts depends on nothing.");
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_Project_DescribesItsPackage(string library)
    {
        XDocument project = Project(library);
        Assert.False(string.IsNullOrWhiteSpace(Property(project, "Description")), $"{library} has no Description for its package.");
        XDocument shared = Load("src/Directory.Build.props");
        Assert.Equal("MIT", Property(shared, "PackageLicenseExpression"));
        Assert.Equal("README.md", Property(shared, "PackageReadmeFile"));
        Assert.Equal("snupkg", Property(shared, "SymbolPackageFormat"));
        Assert.Equal("true", Property(shared, "GenerateDocumentationFile"));
    }

    [Fact]
    public void Projects_EveryOne_TreatsWarningsAsErrorsAndIsDeterministic()
    {
        XDocument shared = Load("Directory.Build.props");
        foreach (string property in (string[])["TreatWarningsAsErrors", "Deterministic", "EnforceCodeStyleInBuild"])
        {
            Assert.Equal("true", Property(shared, property));
            Assert.All(
                SourceTree.Projects.Where(file => file.Path != "Directory.Build.props"),
                file => Assert.Null(Property(XDocument.Parse(file.Text), property)));
        }

        Assert.Equal("enable", Property(shared, "Nullable"));
    }

    [Fact]
    public void Projects_EveryPackageVersion_IsInDirectoryPackagesProps()
    {
        foreach (SourceFile file in SourceTree.Projects.Where(file => file.Path != "Directory.Packages.props"))
        {
            Assert.All(
                XDocument.Parse(file.Text).Descendants("PackageReference"),
                item => Assert.True(
                    item.Attribute("Version") is null && item.Attribute("VersionOverride") is null, $"{file.Path}: {item} carries a version."));
        }
    }

    [Fact]
    public void Packages_EveryVersion_IsPinned() => Assert.All(
        Load("Directory.Packages.props").Descendants("PackageVersion"),
        package => Assert.Matches(@"^\d+\.\d+\.\d+$", (string)package.Attribute("Version")!));

    [Fact]
    public void Solution_EveryProject_IsInIt()
    {
        string solution = SourceTree.Files.Single(file => file.Path == "ProbNet.sln").Text.Replace('\\', '/');
        Assert.All(
            SourceTree.Projects.Where(file => file.Is(".csproj") && !file.IsIn("extras/")),
            file => Assert.Contains(file.Path, solution));
    }

    private static XDocument Project(string library) => Load($"src/{library}/ProbNet.{library}.csproj");

    private static XDocument Load(string path) => XDocument.Parse(SourceTree.Files.Single(file => file.Path == path).Text);

    private static IEnumerable<string> Items(XDocument project, string kind) =>
        project.Descendants(kind).Select(item => (string)item.Attribute("Include")!);

    private static string? Property(XDocument project, string name) => project.Descendants(name).FirstOrDefault()?.Value;
}
