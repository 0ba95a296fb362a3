using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProbNet.Tests.Repository;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">Its path from the root, with forward slashes.</param>
/// <param name="Text">What it holds.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<CompilationUnitSyntax> _syntax = new(() =>
        CSharpSyntaxTree.ParseText(Text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

    public string[] Lines { get; } = Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The file as C#.</summary>
    public CompilationUnitSyntax Syntax => _syntax.Value;

    /// <summary>Its name up to the first dot: "Tensor" for "Tensor.Shaping.cs".</summary>
    public string Stem => System.IO.Path.GetFileName(Path).Split('.')[0];

    /// <summary>Whether the path ends so.</summary>
    public bool Is(string ending) => Path.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>Whether the path begins so.</summary>
    public bool IsIn(string folder) => Path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>A finding in the form that editors and terminals turn into a link.</summary>
    public string At(SyntaxNode node, string message) => At(node.GetLocation().GetLineSpan().StartLinePosition.Line, message);

    /// <summary>A finding on a line, counted from 0.</summary>
    public string At(int line, string message) => $"{Path}:{line + 1}: {message}";
}
