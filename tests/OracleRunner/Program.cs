using ProbNet.OracleRunner;

if (args.Length == 0 || args[0] is "--help" or "-h")
{
    Console.WriteLine("Usage: OracleRunner [--float32] FILE…");
    Console.WriteLine("Runs files of reference values (tests/oracles/SCHEMA.md) against ProbNet. Exit code 0: all passed, 1: a case failed, 2: bad input, "
        + "3: none failed, but some were skipped.");
    Console.WriteLine("--float32 runs single operations in Float32, at 1e-5·(1 + |expected|).");
    return args.Length == 0 ? 2 : 0;
}

List<OracleFile> files;
try
{
    files = [.. args.Where(argument => argument != "--float32").Select(path => OracleFile.Load(path, args.Contains("--float32")))];
}
catch (OracleFormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

int passed = 0, failed = 0;
List<CaseResult> skipped = [], loose = [];
foreach (OracleCase oracleCase in files.SelectMany(file => file.Cases))
{
    CaseResult result = oracleCase.Run();
    switch (result.Outcome)
    {
        case Outcome.Passed:
            passed++;
            if (result.Message.Length > 0)
            {
                loose.Add(result);
            }

            break;
        case Outcome.Failed:
            failed++;
            Console.WriteLine($"FAILED {result.Id}: {result.Message}");
            break;
        default:
            skipped.Add(result);
            break;
    }
}

PrintGroups("compared loosely", loose);
PrintGroups("skipped", skipped);
Console.WriteLine($"{passed} passed, {failed} failed, {skipped.Count} skipped");
return failed > 0 ? 1 : skipped.Count > 0 ? 3 : 0;

static void PrintGroups(string what, List<CaseResult> results)
{
    foreach (IGrouping<string, CaseResult> reason in results.GroupBy(result => result.Message).OrderByDescending(group => group.Count()))
    {
        Console.WriteLine($"{what} {reason.Count()}: {reason.Key}: {string.Join(", ", reason.Select(result => result.Id))}");
    }
}
