namespace ProbNet.Tests.Repository;

/// <summary>Holds every file of the repository to <see cref="HouseRules"/>, and each rule to a file that breaks it.</summary>
public class HouseRuleTests
{
    [Fact]
    public void Library_EveryFile_HasOnePublicTypeOfItsName() => AssertNone(SourceTree.CSharp("src/"), HouseRules.OnePublicTypeAFile);

    [Fact]
    public void Library_EveryFile_IsInTheNamespaceOfItsLibrary() => AssertNone(SourceTree.CSharp("src/"), HouseRules.OneNamespaceALibrary);

    [Fact]
    public void Library_EveryFile_HidesNoRandomnessClockOrCulture() => AssertNone(SourceTree.CSharp("src/"), HouseRules.NoHiddenInput);

    [Fact]
    public void CSharp_EveryFile_IsShort() => AssertNone(SourceTree.CSharp(), HouseRules.ShortFile);

    [Fact]
    public void CSharp_EveryLine_IsShort() => AssertNone(SourceTree.CSharp(), HouseRules.ShortLines);

    [Fact]
    public void CSharp_EveryFile_IsFinished() => AssertNone(SourceTree.CSharp(), HouseRules.NothingUnfinished);

    [Fact]
    public void CSharp_EveryFile_HasNoBanner() => AssertNone(SourceTree.CSharp(), HouseRules.NoBanner);

    [Fact]
    public void Repository_EverySuppression_HasAReason() => AssertNone(SourceTree.Files, HouseRules.SuppressionsHaveReasons);

    [Fact]
    public void Repository_NoFile_HoldsAPathOfAMachine() => AssertNone(SourceTree.Files, HouseRules.NoMachinePath);

    [Fact]
    public void Tests_ThatSetTheNumberOfThreads_RunAlone() => AssertNone(SourceTree.CSharp("tests/ProbNet.Tests/"), HouseRules.ThreadsAreSetAlone);

    [Theory]
    [InlineData("Workers.Threads", " = 1;")]
    [InlineData("ThreadCounts", ".With(1, Compute);")]
    public void ThreadsAreSetAlone_BesideOthers_IsFound(string start, string end)
    {
        AssertFound(HouseRules.ThreadsAreSetAlone, "A.cs", start + end);
        Assert.Empty(HouseRules.ThreadsAreSetAlone(new("A.cs", "[Collection(nameof(AloneCollection))] class A { void B() { " + start + end + " } }")));
    }

    [Theory]
    [InlineData("A.cs", "namespace N; public class A; public class B;")]
    [InlineData("A.cs", "namespace N; public class B;")]
    [InlineData("A.cs", "namespace N; public delegate void B();")]
    [InlineData("A.cs", "namespace N; internal class B;")]
    [InlineData("AOfU.cs", "namespace N; public class A<T>;")]
    public void OnePublicTypeAFile_BrokenFile_IsFound(string path, string text) => AssertFound(HouseRules.OnePublicTypeAFile, path, text);

    [Theory]
    [InlineData("A.cs", "namespace N; public class A { public class B; }")]
    [InlineData("A.cs", "namespace N; internal struct K; public class A<T>;")]
    [InlineData("AOfTU.cs", "namespace N; public class A<T, U>;")]
    [InlineData("A.Part.cs", "namespace N; public partial class A;")]
    [InlineData("Usings.cs", "global using System;")]
    public void OnePublicTypeAFile_GoodFile_Passes(string path, string text) => Assert.Empty(HouseRules.OnePublicTypeAFile(new(path, text)));

    [Theory]
    [InlineData("namespace ProbNet.Layers.Heads; class A;")]
    [InlineData("namespace ProbNet.Layers { class A; }")]
    [InlineData("class A;")]
    public void OneNamespaceALibrary_BrokenFile_IsFound(string text) => AssertFound(HouseRules.OneNamespaceALibrary, "src/Layers/Heads/A.cs", text);

    [Theory]
    [InlineData("var r = new Random();")]
    [InlineData("double x = Random.Shared.NextDouble();")]
    [InlineData("System.Random r = new(3);")]
    [InlineData("var t = DateTime.UtcNow;")]
    [InlineData("var t = Stopwatch.StartNew();")]
    [InlineData("long t = Environment.TickCount64;")]
    [InlineData("var c = CultureInfo.CurrentCulture;")]
    public void NoHiddenInput_BrokenFile_IsFound(string text) => AssertFound(HouseRules.NoHiddenInput, "A.cs", text);

    [Fact]
    public void NoHiddenInput_CommentOrLongerName_Passes() =>
        Assert.Empty(HouseRules.NoHiddenInput(new("A.cs", "/* never DateTime.Now */ RandomKey key = RandomKey.FromSeed(0);")));

    [Theory]
    [InlineData("throw new NotImplemented", "Exception();")]
    [InlineData("// TO", "DO later")]
    public void NothingUnfinished_BrokenFile_IsFound(string start, string end) => AssertFound(HouseRules.NothingUnfinished, "A.cs", start + end);

    [Theory]
    [InlineData("#pragma warning", " disable CA1000")]
    [InlineData("#nullable", " disable")]
    [InlineData("    <No", "Warn>CA1000</NoWarn>")]
    [InlineData("[Suppress", "Message(\"a\", \"b\")]")]
    public void SuppressionsHaveReasons_NoReason_IsFound(string start, string end)
    {
        AssertFound(HouseRules.SuppressionsHaveReasons, "A.cs", start + end);
        Assert.Empty(HouseRules.SuppressionsHaveReasons(new("A.cs", "// The kernel reads past the span.\n" + start + end)));
    }

    [Theory]
    [InlineData("see /wo", "rk/data.csv")]
    [InlineData("\"/tm", "p/a\"")]
    [InlineData("C:", @"\Users\me")]
    [InlineData("../sha", "red/x.json")]
    public void NoMachinePath_BrokenFile_IsFound(string start, string end) => AssertFound(HouseRules.NoMachinePath, "a.md", start + end);

    [Fact]
    public void NoBanner_BrokenFile_IsFound() => AssertFound(HouseRules.NoBanner, "A.cs", "    // " + new string('-', 20));

    [Fact]
    public void ShortFile_OneLineTooMany_IsFound()
    {
        string full = string.Concat(Enumerable.Repeat("//\n", HouseRules.MaxLines));
        Assert.Empty(HouseRules.ShortFile(new("A.cs", full)));
        AssertFound(HouseRules.ShortFile, "A.cs", full + "//\n");
    }

    [Fact]
    public void ShortLines_OneCharacterTooMany_IsFound() => AssertFound(HouseRules.ShortLines, "A.cs", new string('a', HouseRules.MaxLineLength + 1));

    private static void AssertFound(Func<SourceFile, IEnumerable<string>> rule, string path, string text) => Assert.NotEmpty(rule(new(path, text)));

    private static void AssertNone(IEnumerable<SourceFile> files, Func<SourceFile, IEnumerable<string>> rule)
    {
        SourceFile[] checkedFiles = [.. files];
        Assert.NotEmpty(checkedFiles);
        string[] findings = [.. checkedFiles.SelectMany(rule)];
        Assert.True(findings.Length == 0, $"{findings.Length} findings:\n{string.Join('\n', findings)}");
    }
}
