namespace ProbNet.Tests.Repository;

/// <summary>The files of the repository, found from the test assembly upwards.</summary>
internal static class SourceTree
{
    /// <summary>The libraries, lowest layer first; a library may refer only to those before it. Charts stands alone.</summary>
    public static readonly string[] Layers = ["Autodiff", "Distributions", "Layers", "Inference"];

    public static readonly string[] Libraries = [.. Layers, "Charts"];

    public static string Root { get; } = FindRoot();

    private static readonly string[] s_skippedFolders =
        ["bin", "obj", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];

    private static readonly string[] s_textFiles =
    [
        "", ".cs", ".csproj", ".props", ".targets", ".sln", ".md", ".json", ".yml", ".sh", ".ps1", ".cmd", ".py", ".txt", ".csv", ".svg",
        ".editorconfig", ".gitignore",
    ];

    private static readonly Lazy<SourceFile[]> s_files = new(() => [.. Walk(Root)]);

    /// <summary>All text files, but for what a build or an editor leaves behind.</summary>
    public static IReadOnlyList<SourceFile> Files => s_files.Value;

    /// <summary>The C# files below a folder of the repository, such as "src".</summary>
    public static IEnumerable<SourceFile> CSharp(string folder = "") =>
        Files.Where(file => file.Is(".cs") && file.IsIn(folder));

    /// <summary>The project and property files.</summary>
    public static IEnumerable<SourceFile> Projects => Files.Where(file => file.Is(".csproj") || file.Is(".props") || file.Is(".targets"));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ProbNet.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds ProbNet.sln.");
    }

    private static IEnumerable<SourceFile> Walk(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (s_textFiles.Contains(Path.GetExtension(path)))
            {
                yield return new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path));
            }
        }

        foreach (string child in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(child);
            if (!s_skippedFolders.Contains(name) && (name is ".ci" or ".github" || name[0] != '.'))
            {
                foreach (SourceFile file in Walk(child))
                {
                    yield return file;
                }
            }
        }
    }
}
