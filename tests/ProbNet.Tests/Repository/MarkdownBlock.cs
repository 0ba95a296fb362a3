namespace ProbNet.Tests.Repository;

/// <summary>A fenced block of a Markdown file.</summary>
/// <param name="Path">The file, from the root of the repository.</param>
/// <param name="Line">The line of its first line of text, counted from 1.</param>
/// <param name="Language">The first word after the fence.</param>
/// <param name="Attribute">The rest of the line of the fence.</param>
/// <param name="Text">What it holds.</param>
internal sealed record MarkdownBlock(string Path, int Line, string Language, string Attribute, string Text)
{
    /// <summary>The blocks of a file, in order.</summary>
    public static IEnumerable<MarkdownBlock> In(SourceFile file)
    {
        for (int i = 0; i < file.Lines.Length; i++)
        {
            if (!file.Lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                continue;
            }

            string[] info = file.Lines[i][3..].Trim().Split(' ', 2);
            int start = i + 1;
            for (i = start; i < file.Lines.Length && !file.Lines[i].StartsWith("```", StringComparison.Ordinal); i++)
            {
            }

            yield return new(file.Path, start + 1, info[0], info.Length > 1 ? info[1].Trim() : "", string.Join('\n', file.Lines[start..i]));
        }
    }
}
