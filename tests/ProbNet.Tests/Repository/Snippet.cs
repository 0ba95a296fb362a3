using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProbNet.Tests.Repository;

/// <summary>
/// A program in a Markdown file: a <c>csharp</c> block and the <c>csharp continues</c> blocks that go on with it. It is compiled as the Program.cs
/// of a console project with a reference to ProbNet would be.
/// </summary>
internal sealed partial class Snippet
{
    /// <summary>The implicit usings of Microsoft.NET.Sdk.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // Rounding differs between processors, and training is chaotic: it multiplies what differs.
    private const double Tolerance = 0.01;
    private const double TrainedTolerance = 0.2;
    private const double TrainedNoise = 0.05;

    private static readonly CSharpParseOptions s_language = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly Lazy<MetadataReference[]> s_references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("ProbNet.Tests", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))]);

    private readonly List<MarkdownBlock> _blocks = [];
    private readonly List<MarkdownBlock> _outputs = [];

    /// <summary>The base library and ProbNet.</summary>
    public static IReadOnlyList<MetadataReference> References => s_references.Value;

    /// <summary>What the program must print, from the <c>text output</c> blocks that follow it; empty if it is not told.</summary>
    public string ExpectedOutput => string.Concat(_outputs.Select(block => block.Text + "\n"));

    /// <summary>Whether the numbers in it come from a training, from a <c>text output about</c> block.</summary>
    public bool IsAbout => _outputs.Any(block => block.Attribute == "output about");

    /// <summary>Where it stands: "README.md:24".</summary>
    public string Name => $"{_blocks[0].Path}:{_blocks[0].Line}";

    /// <summary>The programs of a file.</summary>
    public static IReadOnlyList<Snippet> In(SourceFile file)
    {
        var snippets = new List<Snippet>();
        foreach (MarkdownBlock block in MarkdownBlock.In(file))
        {
            if (block is { Language: "csharp", Attribute: "" })
            {
                snippets.Add(new Snippet());
                snippets[^1]._blocks.Add(block);
            }
            else if (block is { Language: "csharp", Attribute: "continues" })
            {
                snippets[^1]._blocks.Add(block);
            }
            else if (block is { Language: "text", Attribute: "output" or "output about" })
            {
                snippets[^1]._outputs.Add(block);
            }
        }

        return snippets;
    }

    /// <summary>Compiles the program, runs it in an empty folder and returns what it wrote to the console.</summary>
    public string Run()
    {
        using var image = new MemoryStream();
        Compile(image);
        var context = new AssemblyLoadContext(Name, isCollectible: true);
        MethodInfo main = context.LoadFromStream(image).EntryPoint!;

        string folder = Directory.CreateTempSubdirectory("probnet-snippet").FullName, before = Environment.CurrentDirectory;
        TextWriter console = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        try
        {
            Environment.CurrentDirectory = folder;
            Console.SetOut(output);
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, main.GetParameters().Length == 0 ? [] : [Array.Empty<string>()], null);
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
            context.Unload();
        }

        return output.ToString();
    }

    /// <summary>The text of the page with this output in place of the one that it tells, line for line.</summary>
    public string Accept(string page, string output)
    {
        string[] lines = page.Split('\n'), printed = output.ReplaceLineEndings("\n").Split('\n');
        int next = 0;
        foreach (MarkdownBlock block in _outputs)
        {
            for (int i = 0; i < block.Text.Split('\n').Length && next < printed.Length; i++)
            {
                lines[block.Line - 1 + i] = printed[next++];
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Whether two outputs agree word by word, and number by number within a tolerance.</summary>
    public static bool Agree(string expected, string actual, bool about = false)
    {
        string[] left = Words(expected), right = Words(actual);
        return left.Length == right.Length && left.Zip(right).All(pair => pair.First == pair.Second || AreClose(Number(pair.First), Number(pair.Second)));

        // Numbers stand apart from the brackets and commas around them.
        static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

        static double Number(string word) =>
            double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

        bool AreClose(double a, double b) =>
            Math.Abs(a - b) <= ((about ? TrainedTolerance : Tolerance) * Math.Max(Math.Abs(a), Math.Abs(b))) + (about ? TrainedNoise : 0);
    }

    private void Compile(Stream image)
    {
        var usings = new StringBuilder();
        var body = new StringBuilder();
        foreach (MarkdownBlock block in _blocks)
        {
            // A block may begin with usings of its own, which C# wants before everything else.
            SyntaxList<UsingDirectiveSyntax> directives = CSharpSyntaxTree.ParseText(block.Text, s_language).GetCompilationUnitRoot().Usings;
            int split = directives.Count == 0 ? 0 : directives.FullSpan.End;
            usings.Append(CultureInfo.InvariantCulture, $"#line {block.Line} \"{block.Path}\"\n{block.Text[..split]}\n");
            int line = block.Line + block.Text[..split].Count(c => c == '\n');
            body.Append(CultureInfo.InvariantCulture, $"#line {line} \"{block.Path}\"\n{block.Text[split..]}\n");
        }

        CSharpCompilation compilation = CSharpCompilation.Create(
            $"snippet-{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, s_language), CSharpSyntaxTree.ParseText($"{usings}{body}", s_language)],
            s_references.Value,
            new CSharpCompilationOptions(
                OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        var result = compilation.Emit(image);
        Diagnostic[] problems = [.. result.Diagnostics.Where(problem => problem.Severity >= DiagnosticSeverity.Warning)];
        Assert.True(problems.Length == 0, $"{Name} does not compile cleanly:\n{string.Join('\n', problems.Select(Show))}");
        image.Position = 0;
    }

    private static string Show(Diagnostic problem)
    {
        FileLinePositionSpan at = problem.Location.GetMappedLineSpan();
        return $"{at.Path}:{at.StartLinePosition.Line + 1}: {problem.Id}: {problem.GetMessage(CultureInfo.InvariantCulture)}";
    }

    [GeneratedRegex(@"-?\d+(\.\d+)?([eE][-+]?\d+)?|[^\s\d]+")]
    private static partial Regex Word();
}
