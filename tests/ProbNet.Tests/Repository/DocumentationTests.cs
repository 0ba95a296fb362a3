using System.Text.RegularExpressions;

namespace ProbNet.Tests.Repository;

/// <summary>
/// Holds the README and docs/ to the code. A <c>csharp</c> block is a program that is compiled and run; <c>csharp continues</c> goes on with the
/// one before; <c>text output</c> after it is what it prints, <c>text output about</c> where training makes the numbers uncertain;
/// <c>csharp src/…/File.cs</c> is an excerpt that must stand in that file.
/// </summary>
[Collection(nameof(AloneCollection))]
public class DocumentationTests
{
    private static readonly SourceFile[] s_pages = 
        [.. SourceTree.Files.Where(file => file.Is(".md") && (!file.Path.Contains('/') || file.IsIn("docs/")))];

    public static TheoryData<string> Programs => [.. s_pages.SelectMany(Snippet.In).Select(snippet => snippet.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_OfAPage_CompilesRunsAndPrintsWhatThePageSays(string name)
    {
        Snippet snippet = s_pages.SelectMany(Snippet.In).Single(candidate => candidate.Name == name);

        string output = snippet.Run();

        bool agree = snippet.ExpectedOutput.Length == 0 || Snippet.Agree(snippet.ExpectedOutput, output, snippet.IsAbout);
        if (!agree && Environment.GetEnvironmentVariable("PROBNET_ACCEPT_OUTPUT") == "1")
        {
            string path = Path.Combine(SourceTree.Root, name.Split(':')[0]);
            File.WriteAllText(path, snippet.Accept(File.ReadAllText(path), output));
            return;
        }

        Assert.True(
            agree,
            $"{name} prints something else than the page says. The page:\n{snippet.ExpectedOutput}\nThe program:\n{output}\n"
            + "If that is meant, accept it: PROBNET_ACCEPT_OUTPUT=1 dotnet test -c Release tests/ProbNet.Tests --filter DocumentationTests");
    }

    [Fact]
    public void Readme_Programs_AreThere() => Assert.NotEmpty(Snippet.In(s_pages.Single(page => page.Path == "README.md")));

    [Fact]
    public void Readme_TestCommand_IsWhatTheGateRuns()
    {
        const string command = "dotnet test -c Release";
        Assert.Contains($"\n    {command}\n", s_pages.Single(page => page.Path == "README.md").Text, StringComparison.Ordinal);
        Assert.Contains($"\n{command} ", SourceTree.Files.Single(file => file.Path == ".ci/run").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Excerpt_OfAPage_StandsInItsFile()
    {
        foreach (MarkdownBlock block in s_pages.SelectMany(MarkdownBlock.In)
            .Where(block => block.Language == "csharp" && block.Attribute is not ("" or "continues")))
        {
            SourceFile? source = SourceTree.Files.SingleOrDefault(file => file.Path == block.Attribute);
            Assert.True(source is not null, $"{block.Path}:{block.Line}: there is no file {block.Attribute}.");
            string whole = Squeeze(source.Text);
            int at = 0;
            foreach (string part in Regex.Split(block.Text, @"^[ \t]*(?:// )?…[ \t]*$", RegexOptions.Multiline).Select(Squeeze))
            {
                at = whole.IndexOf(part, at, StringComparison.Ordinal);
                Assert.True(at >= 0, $"{block.Path}:{block.Line}: this is no longer in {block.Attribute} (in this order):\n{part}");
                at += part.Length;
            }
        }

        static string Squeeze(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    [Fact]
    public void Link_OfAPage_LeadsSomewhere()
    {
        foreach (SourceFile page in s_pages)
        {
            // Without what is in code, where brackets mean something else.
            string prose = Regex.Replace(page.Text, @"^```.*?^```|`[^`\n]*`", "", RegexOptions.Multiline | RegexOptions.Singleline);
            foreach (Match link in Regex.Matches(prose, @"\]\(([^)\s#]+)(#[^)\s]*)?\)"))
            {
                string target = link.Groups[1].Value;
                string path = Path.Combine(SourceTree.Root, Path.GetDirectoryName(page.Path)!, target);
                Assert.True(target.Contains("://", StringComparison.Ordinal) || Path.Exists(path), $"{page.Path}: the link to {target} leads nowhere.");
            }
        }
    }

    [Theory]
    [InlineData("mean [1.001, 2]", "mean [1.002, 2]", true)]
    [InlineData("mean [1.001, 2]", "mean [1.2, 2]", false)]
    [InlineData("mean 1", "mean  1\n", true)]
    [InlineData("mean 1", "median 1", false)]
    [InlineData("a 1e-3", "a 0.001", true)]
    [InlineData("a", "a b", false)]
    [InlineData("rmse 1.0", "rmse 1.2", true, true)]
    [InlineData("rmse 1.0", "rmse 1.5", false, true)]
    public void Agree_Outputs_ComparesWordsAndNumbers(string expected, string actual, bool agree, bool about = false) =>
        Assert.Equal(agree, Snippet.Agree(expected, actual, about));

    [Fact]
    public void Run_BrokenProgram_NamesPageAndLine()
    {
        Snippet snippet = Snippet.In(new(
            "page.md", "text\n\n```csharp\nusing System.Text;\nint a = 1;\n```\n\n```csharp continues\nConsole.WriteLine(a + b);\n```\n"))[0];

        string message = Assert.ThrowsAny<Exception>(() => snippet.Run()).Message;

        Assert.Contains("page.md:9: CS0103", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accept_NewOutput_StandsInPlaceOfTheOld()
    {
        const string page = "```csharp\n```\n```text output\na\nb\n```\nprose\n```csharp continues\n```\n```text output\nc\n```\n";

        Assert.Equal(page.Replace("a\nb", "1\n2").Replace("c\n`", "3\n`"), Snippet.In(new("page.md", page))[0].Accept(page, "1\n2\n3\n"));
    }

    [Fact]
    public void Run_ProgramInTwoBlocks_ReturnsWhatItPrints()
    {
        Snippet snippet = Snippet.In(new(
            "page.md",
            "```csharp\nint a = 1;\n```\n```csharp continues\nusing System.Text;\nConsole.WriteLine(new StringBuilder().Append(a));\n```\n"))[0];

        Assert.Equal("1" + Environment.NewLine, snippet.Run());
    }
}
