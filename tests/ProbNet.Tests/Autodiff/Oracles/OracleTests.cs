using System.Collections.Concurrent;
using ProbNet.OracleRunner;

namespace ProbNet.Tests.Autodiff;

/// <summary>The public oracle files, case by case, through the same runner as on the command line.</summary>
public class OracleTests
{
    // What may be skipped: nothing else may become so unnoticed. Remove a name when the runner can run it.
    private static readonly string[] s_skippedOps =
    [
        "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "im2col", "max_pool1d", "max_pool2d", "avg_pool1d",
        "avg_pool2d", "adaptive_avg_pool2d", "global_avg_pool2d", "upsample_bilinear2d",
    ];

    private static readonly ConcurrentDictionary<string, Dictionary<string, OracleCase>> s_files = new();

    private static readonly Lazy<Dictionary<string, OracleCase>> s_single =
        new(() => OracleFile.Load(PathOf("ops.json"), single: true).Cases.ToDictionary(oracleCase => oracleCase.Id));

    public static TheoryData<string> Ops => [.. Cases("ops.json").Keys];

    public static TheoryData<string> Training => [.. Cases("training.json").Keys];

    public static TheoryData<string> Distributions => [.. Cases("distributions.json").Keys];

    public static TheoryData<string> Divergences => [.. Cases("kl.json").Keys];

    public static TheoryData<string> Bijectors => [.. Cases("bijectors.json").Keys];

    /// <summary>The project's own files, with parameters further out: tests/oracles/extreme*.py made them.</summary>
    public static TheoryData<string, string> Extremes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string file in new[] { "extreme.json", "extreme_multivariate.json", "extreme_ops.json", "extreme_kl.json", "extreme_bijectors.json" })
            {
                foreach (string id in Cases(file).Keys)
                {
                    data.Add(file, id);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Extremes))]
    public void Extreme_Case_Agrees(string file, string id) => RequirePassed(file, id);

    [Theory]
    [MemberData(nameof(Ops))]
    public void Ops_Case_Agrees(string id)
    {
        CaseResult result = Cases("ops.json")[id].Run();
        bool mayBeSkipped = s_skippedOps.Contains(id.Split('/')[0]);
        Assert.True(result.Outcome == (mayBeSkipped ? Outcome.Skipped : Outcome.Passed), $"{id}: {result.Outcome}: {result.Message}");
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Ops_CaseInSinglePrecision_Agrees(string id)
    {
        CaseResult result = s_single.Value[id].Run();
        Assert.True(result.Outcome != Outcome.Failed, $"{id}: {result.Outcome}: {result.Message}");
    }

    [Theory]
    [MemberData(nameof(Training))]
    public void Training_Case_Agrees(string id) => RequirePassed("training.json", id);

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Distributions_Case_Agrees(string id) => RequirePassed("distributions.json", id);

    [Theory]
    [MemberData(nameof(Divergences))]
    public void Kl_Case_Agrees(string id) => RequirePassed("kl.json", id);

    [Theory]
    [MemberData(nameof(Bijectors))]
    public void Bijectors_Case_Agrees(string id) => RequirePassed("bijectors.json", id);

    [Fact]
    public void Skipped_Operations_AreExactlyThoseListed() =>
        Assert.Equal(s_skippedOps.Order(), OpTable.Skipped.Keys.Order());

    [Fact]
    public void Names_OfTheSchema_AreAllKnown()
    {
        // SCHEMA.md lists, under "ops:", every name that a file may hold beyond those of ops.json, each with its inputs: "argmin(x) {axis}; …".
        string line = File.ReadLines(PathOf("SCHEMA.md")).Single(text => text.StartsWith("ops: ", StringComparison.Ordinal));
        string[] names = [.. line["ops: ".Length..].Split(';').Select(entry => entry.Split('(')[0].Trim())];
        Assert.True(names.Length >= 40, line);
        Assert.DoesNotContain(names, name => !OpTable.Names.Contains(name) && !OpTable.Skipped.ContainsKey(name));
    }

    [Fact]
    public void Run_WrongReference_FailsWithExpectedAndGot()
    {
        CaseResult result = Single(
            """
            {"id":"a","op":"square","attrs":{},"inputs":[{"name":"x","dtype":"float64","shape":[2],"data":[1,1.5]}],
             "outputs":[{"name":"out","dtype":"float64","shape":[2],"data":[1,2.5]}]}
            """).Run();
        Assert.Equal(new CaseResult("a", Outcome.Failed, "out[1]: expected 2.5, got 2.25"), result);
    }

    [Fact]
    public void Run_WrongProduct_Fails()
    {
        CaseResult result = Single(
            """
            {"id":"a","op":"exp","inputs":[{"name":"x","dtype":"float64","shape":[1],"data":[0]}],
             "outputs":[{"name":"out","dtype":"float64","shape":[1],"data":[1]}],"cotangents":[{"shape":[1],"data":[2]}],"vjp":{"x":{"shape":[1],"data":[3]}}}
            """).Run();
        Assert.Equal(new CaseResult("a", Outcome.Failed, "vjp x: expected 3, got 2"), result);
    }

    [Fact]
    public void Run_NonFiniteAndUndefinedValues_AreUnderstood()
    {
        CaseResult result = Single(
            """
            {"id":"a","op":"log","inputs":[{"name":"x","dtype":"float64","shape":[4],"data":[0,"Infinity",-1,1]}],
             "outputs":[{"name":"out","dtype":"float64","shape":[4],"data":["-Infinity","Infinity","NaN",null]}]}
            """).Run();
        Assert.Equal(new CaseResult("a", Outcome.Passed, ""), result);
    }

    [Theory]
    [InlineData("""{"id":"a","op":"no_such_op","inputs":[],"outputs":[]}""", Outcome.Skipped, "no_such_op")]
    [InlineData("""{"id":"a","something":1},{"id":"b","op":"exp"}""", Outcome.Skipped, "nothing that runs")]
    [InlineData("""{"id":"a","posterior":{}}""", Outcome.Skipped, "sampler")]
    [InlineData("""{"id":"a","op":"exp"}""", Outcome.Failed, "'inputs' is missing")]
    public void Run_CaseThatCannotRun_SaysWhy(string json, Outcome outcome, string part)
    {
        CaseResult result = Single(json).Run();
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(part, result.Message);
    }

    // Norms of [3, -4]: 7, 5, 4 and 3, and 2 elements that are not 0 (torch.linalg.vector_norm's definitions).
    [Theory]
    [InlineData("norm", """ "p":1 """, "[]", "[7]")]
    [InlineData("norm", """ "p":"fro" """, "[]", "[5]")]
    [InlineData("norm", """ "p":"fro","dim":[0],"keepdim":true """, "[1]", "[5]")]
    [InlineData("norm", """ "p":"inf" """, "[]", "[4]")]
    [InlineData("norm", """ "p":"Infinity","axis":0 """, "[]", "[4]")]
    [InlineData("norm", """ "p":"-inf" """, "[]", "[3]")]
    [InlineData("norm", """ "p":0 """, "[]", "[2]")]
    [InlineData("sum", """ "dim":0,"keepdim":true """, "[1]", "[-1]")]
    [InlineData("cumsum", """ "dim":0 """, "[2]", "[3,-1]")]
    [InlineData("cumprod", """ "dim":-1 """, "[2]", "[3,-12]")]
    [InlineData("logcumsumexp", """ "dim":0 """, "[2]", "[3,3.000911466453774]")]
    [InlineData("softmax", "", "[2]", "[0.9990889488055994,0.0009110511944006454]")]
    [InlineData("softmax", """ "dim":0 """, "[2]", "[0.9990889488055994,0.0009110511944006454]")]
    [InlineData("log_softmax", "", "[2]", "[-0.0009114664537742,-7.000911466453774]")]
    [InlineData("flip", """ "dims":[0] """, "[2]", "[-4,3]")]
    public void Run_AttributesInPyTorchsForms_AreUnderstood(string op, string attributes, string shape, string expected)
    {
        CaseResult result = Single(
            $$$"""
            {"id":"a","op":"{{{op}}}","attrs":{{{{attributes}}}},"inputs":[{"name":"x","dtype":"float64","shape":[2],"data":[3,-4]}],
             "outputs":[{"name":"out","dtype":"float64","shape":{{{shape}}},"data":{{{expected}}}}]}
            """).Run();
        Assert.Equal(new CaseResult("a", Outcome.Passed, ""), result);
    }

    [Fact]
    public void Run_PointThatFloat32RoundsToTheEdge_IsLeftOutAndNamed()
    {
        // erfinv(½) = 0.4769362762044699 (ops.json, erfinv/1); the other input is 1 in Float32.
        const string Json =
            """
            {"id":"a","op":"erfinv","inputs":[{"name":"x","dtype":"float64","shape":[2],"data":[0.999999999999,0.5]}],
             "outputs":[{"name":"out","dtype":"float64","shape":[2],"data":[5.042029,WANTED]}]}
            """;
        CaseResult passed = Single(Json.Replace("WANTED", "0.4769362762044699", StringComparison.Ordinal), single: true).Run();
        Assert.Equal(Outcome.Passed, passed.Outcome);
        Assert.Contains("out left out at 0.999999999999,", passed.Message, StringComparison.Ordinal);

        // A wrong reference is not the rounding's doing.
        CaseResult failed = Single(Json.Replace("WANTED", "0.48", StringComparison.Ordinal), single: true).Run();
        Assert.Equal(Outcome.Failed, failed.Outcome);
    }

    [Theory]
    [InlineData("no json", "not JSON")]
    [InlineData("[1]", "no list named 'cases'")]
    [InlineData("""{"cases":[{"op":"exp"}]}""", "has no id")]
    [InlineData("""{"cases":[{"id":"a"},{"id":"a"}]}""", "twice")]
    [InlineData("""{"cases":[]}""", "it holds no cases")]
    [InlineData("""{"cases":[{"id":"a","something":1},{"id":"b"}]}""", "none of its 2 cases has a property that tells a known kind: op, optimizer, dist")]
    public void Load_BadFile_IsRefusedInOneLine(string text, string part)
    {
        OracleFormatException error = Assert.Throws<OracleFormatException>(() => Load(text));
        Assert.Contains(part, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Load_MissingFile_IsRefused() =>
        Assert.Contains("cannot be read", Assert.Throws<OracleFormatException>(() => OracleFile.Load("/no/such/file.json")).Message);

    private static Dictionary<string, OracleCase> Cases(string file) =>
        s_files.GetOrAdd(file, name => OracleFile.Load(PathOf(name)).Cases.ToDictionary(oracleCase => oracleCase.Id));

    private static void RequirePassed(string file, string id)
    {
        CaseResult result = Cases(file)[id].Run();
        Assert.True(result.Outcome == Outcome.Passed, $"{id}: {result.Outcome}: {result.Message}");
    }

    private static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "oracles", file);

    private static OracleCase Single(string json, bool single = false) => Load($$"""{"cases":[{{json}}]}""", single).Cases[0];

    private static OracleFile Load(string text, bool single = false)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            return OracleFile.Load(path, single);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
