using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ProbNet.Tests.Repository;

/// <summary>The rules of CONTRIBUTING.md that a program can check in one file. Each returns its findings, none for a file that follows it.</summary>
internal static class HouseRules
{
    public const int MaxLines = 400;
    public const int MaxLineLength = 180;

    // Spelled in two halves, so that this file follows its own rule.
    private static readonly Regex s_unfinished = new(@"\b(NotImplemented" + @"Exception|TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X)\b");

    private static readonly Regex s_machinePath = new(
        @"(?<![\w.$}~-])/(tm" + @"p|wo" + @"rk|ho" + @"me|ro" + @"ot|Use" + @"rs|mnt)/|\b[A-Z]:\\|\.\./sha" + @"red\b", RegexOptions.IgnoreCase);

    private static readonly Regex s_suppression = new(
        "#pragma warning" + " disable|#nullable" + @" disable|\[(assembly: )?Suppress" + "Message|<No" + "Warn>|<WarningsNot" + "AsErrors>");

    private static readonly Regex s_quietSeverity = new(@"severity\s*=\s*(none|silent)");

    private static readonly Regex s_threads = new(@"\bWorkers\.Threads = |\bThreadCounts\.\w");

    private static readonly Regex s_banner = new(@"^\s*(//\s*[-=*#~_]{4,}|#region\b|#endregion\b)");

    /// <summary>Types and members that make a result depend on something that its caller does not see.</summary>
    private static readonly Dictionary<string, string> s_hidden = new()
    {
        ["Random"] = "draw from a RandomKey that the caller passes",
        ["RandomNumberGenerator"] = "draw from a RandomKey that the caller passes",
        ["Stopwatch"] = "the clock belongs to the caller",
        ["DateTime"] = "the clock belongs to the caller",
        ["DateTimeOffset"] = "the clock belongs to the caller",
        ["TimeProvider"] = "the clock belongs to the caller",
        ["TickCount"] = "the clock belongs to the caller",
        ["TickCount64"] = "the clock belongs to the caller",
        ["NewGuid"] = "draw from a RandomKey that the caller passes",
        ["CurrentCulture"] = "use CultureInfo.InvariantCulture",
        ["CurrentUICulture"] = "use CultureInfo.InvariantCulture",
    };

    public static IEnumerable<string> OnePublicTypeAFile(SourceFile file)
    {
        MemberDeclarationSyntax[] types = [.. file.Syntax.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax).Cast<MemberDeclarationSyntax>()];
        MemberDeclarationSyntax[] publicTypes = [.. types.Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword))];
        if (publicTypes.Length > 1)
        {
            yield return file.At(publicTypes[1], $"{publicTypes.Length} public types in one file; give {NameOf(publicTypes[1])} its own.");
        }

        MemberDeclarationSyntax[] named = publicTypes.Length > 0 ? publicTypes : types;
        if (named.Length > 0 && !named.Any(type => FileNames(type).Contains(file.Stem)))
        {
            string names = string.Join(" or ", FileNames(named[0]).Select(name => name + ".cs"));
            yield return file.At(named[0], $"the type {NameOf(named[0])} is not in a file of its name; name the file {names}.");
        }
    }

    public static IEnumerable<string> OneNamespaceALibrary(SourceFile file)
    {
        string expected = $"ProbNet.{file.Path.Split('/')[1]}";
        BaseNamespaceDeclarationSyntax[] spaces = [.. file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>()];
        if (spaces.Length == 1 && spaces[0] is FileScopedNamespaceDeclarationSyntax && spaces[0].Name.ToString() == expected)
        {
            yield break;
        }

        // A file of assembly attributes or global usings has no namespace to get wrong.
        if (spaces.Length > 0 || file.Syntax.Members.Count > 0)
        {
            yield return file.At(file.Syntax.Members[0], $"the file must begin with: namespace {expected};");
        }
    }

    public static IEnumerable<string> NoHiddenInput(SourceFile file) =>
        from name in file.Syntax.DescendantNodes(descendIntoTrivia: false).OfType<IdentifierNameSyntax>()
        where s_hidden.ContainsKey(name.Identifier.ValueText)
        select file.At(name, $"{name.Identifier.ValueText} hides an input: {s_hidden[name.Identifier.ValueText]}.");

    public static IEnumerable<string> NothingUnfinished(SourceFile file) =>
        Matches(file, s_unfinished, "finish it, or throw an exception that says what to do instead");

    public static IEnumerable<string> NoMachinePath(SourceFile file) =>
        Matches(file, s_machinePath, "a path of one machine; make it relative to the repository");

    public static IEnumerable<string> NoBanner(SourceFile file) => Matches(file, s_banner, "a banner or region; split the file instead");

    public static IEnumerable<string> ShortFile(SourceFile file)
    {
        if (file.Lines.Length > MaxLines)
        {
            yield return file.At(MaxLines, $"{file.Lines.Length} lines; at most {MaxLines}. Split the file by what its parts do.");
        }
    }

    public static IEnumerable<string> ShortLines(SourceFile file) =>
        from line in Enumerable.Range(0, file.Lines.Length)
        where file.Lines[line].Length > MaxLineLength
        select file.At(line, $"{file.Lines[line].Length} characters; at most {MaxLineLength}.");

    public static IEnumerable<string> SuppressionsHaveReasons(SourceFile file)
    {
        for (int i = 0; i < file.Lines.Length; i++)
        {
            string line = file.Lines[i];
            if ((s_suppression.IsMatch(line) || (file.Is(".editorconfig") && s_quietSeverity.IsMatch(line)))
                && !HasReason(line) && (i == 0 || !HasReason(file.Lines[i - 1])))
            {
                yield return file.At(i, "a warning is switched off without a reason; write the reason on this line or the one before.");
            }
        }

        static bool HasReason(string line) => Regex.IsMatch(line, @"//\s*\w|<!--\s*\w|^\s*#\s+\w|Justification\s*=");
    }

    /// <summary>The number of threads is the whole process's: tests set it through one helper, and only where nothing runs beside them.</summary>
    public static IEnumerable<string> ThreadsAreSetAlone(SourceFile file) =>
        file.Is("/ThreadCounts.cs") || file.Text.Contains("nameof(AloneCollection)", StringComparison.Ordinal)
            ? []
            : Matches(file, s_threads, "sets the number of threads beside other tests; use ThreadCounts in a class of the AloneCollection");

    private static IEnumerable<string> Matches(SourceFile file, Regex pattern, string advice) =>
        from line in Enumerable.Range(0, file.Lines.Length)
        let match = pattern.Match(file.Lines[line])
        where match.Success
        select file.At(line, $"'{match.Value.Trim()}': {advice}.");

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax function ? function.Identifier.ValueText : ((BaseTypeDeclarationSyntax)type).Identifier.ValueText;

    /// <summary>Ensemble.cs; a generic type that shares its name with another is in EnsembleOfTOut.cs.</summary>
    private static string[] FileNames(MemberDeclarationSyntax type)
    {
        string name = NameOf(type);
        TypeParameterListSyntax? parameters =
            (type as TypeDeclarationSyntax)?.TypeParameterList ?? (type as DelegateDeclarationSyntax)?.TypeParameterList;
        return parameters is null ? [name] : [name, $"{name}Of{string.Concat(parameters.Parameters.Select(p => p.Identifier.ValueText))}"];
    }
}
