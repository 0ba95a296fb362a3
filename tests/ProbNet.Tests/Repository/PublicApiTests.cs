using System.Reflection;

namespace ProbNet.Tests.Repository;

/// <summary>
/// Compares the public API with PublicApi/*.txt, so that no commit changes it unseen. A change that is meant is accepted by running these tests
/// once with the environment variable PROBNET_ACCEPT_API=1, and committing the files.
/// </summary>
public class PublicApiTests
{
    public static TheoryData<string> Libraries => [.. SourceTree.Libraries];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_PublicApi_IsAsRecorded(string library)
    {
        string path = Path.Combine(SourceTree.Root, "tests", "ProbNet.Tests", "Repository", "PublicApi", $"ProbNet.{library}.txt");
        string actual = PublicApiText.Of(Assembly.Load($"ProbNet.{library}"));
        if (Environment.GetEnvironmentVariable("PROBNET_ACCEPT_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }

        string recorded = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        Assert.True(
            recorded == actual,
            $"The public API of ProbNet.{library} has changed ('-' recorded, '+' now):\n{Difference(recorded, actual)}\n"
            + "If that is meant, accept it and commit the files: PROBNET_ACCEPT_API=1 dotnet test -c Release tests/ProbNet.Tests --filter PublicApi");
    }

    [Fact]
    public void Difference_ChangedMember_ShowsBothWithTheirType() => Assert.Equal(
        "  class A\n-     int B()\n+     long B()",
        Difference("class A\n    int B()\n    int C()\n", "class A\n    long B()\n    int C()\n"));

    [Fact]
    public void Of_ThisAssembly_ShowsWhatACallerCanSee()
    {
        string text = PublicApiText.Of(typeof(PublicApiTests).Assembly);

        Assert.Contains("abstract class PublicApiTests.Sample<T> : IComparable<int> where T : class, new()\n", text, StringComparison.Ordinal);
        foreach (string member in (string[])
        [
            "const double Half = 0.5",
            "protected new(string? name = null)",
            "required int Count { get; init; }",
            "T this[int i] { get; protected set; }",
            "static long op_Implicit(PublicApiTests.Sample<T> x)",
            "abstract (int Index, T? Value) Find<U>(params int[] axes) where U : struct",
            "virtual bool Try(ReadOnlySpan<char> text, out Dictionary<string, object?> value, DayOfWeek day = DayOfWeek.Friday)",
            "int CompareTo(int other)",
        ])
        {
            Assert.Contains($"\n    {member}\n", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Unseen", text, StringComparison.Ordinal);
    }

    /// <summary>Lines that only one text has, below the type that they belong to.</summary>
    private static string Difference(string before, string after)
    {
        var lines = new List<string>();
        foreach ((string type, string member, char mark) in Missing(before, after, '-').Concat(Missing(after, before, '+'))
            .OrderBy(line => line.Type, StringComparer.Ordinal))
        {
            if (!lines.Contains("  " + type) && member != type)
            {
                lines.Add("  " + type);
            }

            lines.Add($"{mark} {member}");
        }

        return string.Join('\n', lines);
    }

    private static IEnumerable<(string Type, string Member, char Mark)> Missing(string from, string other, char mark)
    {
        HashSet<(string Type, string Member)> known = [.. Members(other)];
        return Members(from).Where(line => !known.Contains(line)).Select(line => (line.Type, line.Member, mark));
    }

    private static IEnumerable<(string Type, string Member)> Members(string text)
    {
        string type = "";
        foreach (string line in text.Split('\n').Where(line => line.Length > 0))
        {
            type = line[0] == ' ' ? type : line;
            yield return (type, line);
        }
    }

    /// <summary>Something of everything that can stand in a public API.</summary>
    public abstract class Sample<T> : IComparable<int>
        where T : class, new()
    {
        public const double Half = 0.5;

        protected Sample(string? name = null) => Unseen(name);

        public required int Count { get; init; }

        public T this[int i]
        {
            get => new();
            protected set => Unseen(value);
        }

        public static implicit operator long(Sample<T> x) => x.Count;

        public abstract (int Index, T? Value) Find<U>(params int[] axes)
            where U : struct;

        public virtual bool Try(ReadOnlySpan<char> text, out Dictionary<string, object?> value, DayOfWeek day = DayOfWeek.Friday)
        {
            value = [];
            return day == 0;
        }

        public int CompareTo(int other) => 0;

        internal static void Unseen(object? x) => GC.KeepAlive(x);
    }
}
