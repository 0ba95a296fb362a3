namespace ProbNet.Tests.Repository;

/// <summary>A part of a page that is generated and stands between two marks.</summary>
internal static class GeneratedPart
{
    /// <summary>Fails where the page has another text; replaces it where PROBNET_ACCEPT_OUTPUT is 1.</summary>
    /// <param name="page">The page.</param>
    /// <param name="mark">The comment before and behind the text.</param>
    /// <param name="expected">The text.</param>
    /// <param name="filter">Which tests to run to accept another one.</param>
    public static void Check(string page, string mark, string expected, string filter)
    {
        string[] parts = SourceTree.Files.Single(file => file.Path == page).Text.Split(mark);
        Assert.True(parts.Length == 3, $"{page} has no text between two marks {mark}.");
        if (parts[1].Trim() != expected && Environment.GetEnvironmentVariable("PROBNET_ACCEPT_OUTPUT") == "1")
        {
            File.WriteAllText(Path.Combine(SourceTree.Root, page), $"{parts[0]}{mark}\n\n{expected}\n\n{mark}{parts[2]}");
            return;
        }

        Assert.True(
            parts[1].Trim() == expected,
            $"{page} says otherwise between the marks {mark}. If that is meant, accept it: "
            + $"PROBNET_ACCEPT_OUTPUT=1 dotnet test -c Release tests/ProbNet.Tests --filter {filter}\n{expected}");
    }
}
