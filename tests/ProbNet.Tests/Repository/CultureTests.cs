using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProbNet.Tests.Repository;

/// <summary>
/// Finds numbers that the libraries would write in the culture of the machine, where 0.5 may read 0,5: interpolated strings with a real number that no
/// invariant culture formats. The compiler does not warn of them.
/// </summary>
public class CultureTests
{
    public static TheoryData<string> Libraries => [.. SourceTree.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_EveryInterpolatedNumber_IsInvariant(string library)
    {
        string[] findings = [.. Findings($"ProbNet.{library}", SourceTree.CSharp($"src/{library}/"))];
        Assert.True(findings.Length == 0, $"{findings.Length} findings:\n{string.Join('\n', findings)}");
    }

    [Theory]
    [InlineData("string s = $\"{0.5}\";", 1)]
    [InlineData("double? x = 0.5; string s = $\"{x:G3}\";", 1)]
    [InlineData("void F<T>(T x) where T : struct { string s = $\"{x}\"; }", 1)]
    [InlineData("string s = \"a\" + $\"b\" + $\"{1f}\";", 1)]
    [InlineData("string s = FormattableString.Invariant($\"{0.5}\");", 0)]
    [InlineData("string s = string.Create(System.Globalization.CultureInfo.InvariantCulture, $\"{0.5}\" + $\"{0.5}\");", 0)]
    [InlineData("string s = $\"{3} {\"text\"}\";", 0)]
    public void Findings_Program_CountsNumbersInTheMachinesCulture(string text, int expected) =>
        Assert.Equal(expected, Findings("Sample", [new("A.cs", text)]).Count());

    private static IEnumerable<string> Findings(string assembly, IEnumerable<SourceFile> files)
    {
        var sources = files.ToDictionary(file => file.Syntax.SyntaxTree);
        CSharpCompilation compilation = CSharpCompilation.Create(
            assembly,
            sources.Keys.Append(CSharpSyntaxTree.ParseText(Snippet.ImplicitUsings, new CSharpParseOptions(LanguageVersion.Preview))),
            Snippet.References.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != assembly),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        foreach ((SyntaxTree tree, SourceFile file) in sources)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (InterpolatedStringExpressionSyntax text in tree.GetRoot().DescendantNodes().OfType<InterpolatedStringExpressionSyntax>())
            {
                InterpolationSyntax? number = text.Contents.OfType<InterpolationSyntax>().FirstOrDefault(hole => IsReal(model.GetTypeInfo(hole.Expression).Type));
                if (number is not null && Converted(model, text)?.SpecialType == SpecialType.System_String)
                {
                    yield return file.At(number, $"{number} is written in the culture of the machine; wrap the string in FormattableString.Invariant(...).");
                }
            }
        }
    }

    /// <summary>What the whole expression becomes: strings that are added up are converted together.</summary>
    private static ITypeSymbol? Converted(SemanticModel model, ExpressionSyntax text)
    {
        while (text.Parent is BinaryExpressionSyntax sum && sum.IsKind(SyntaxKind.AddExpression))
        {
            text = sum;
        }

        return model.GetTypeInfo(text).ConvertedType;
    }

    private static bool IsReal(ITypeSymbol? type) => type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
        ? IsReal(nullable.TypeArguments[0])
        : type?.SpecialType is SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
            || type is ITypeParameterSymbol { HasReferenceTypeConstraint: false };
}
