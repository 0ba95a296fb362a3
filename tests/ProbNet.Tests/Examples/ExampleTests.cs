namespace ProbNet.Tests.Examples;

/// <summary>The tests of one example, in a folder of their own.</summary>
public abstract class ExampleTests(string assembly) : IDisposable
{
    /// <summary>Where the program runs and writes.</summary>
    protected string Folder { get; } = Directory.CreateTempSubdirectory("probnet-example").FullName;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected (int ExitCode, string Output, string Error) Run(params string[] arguments) => ExampleProgram.Run(assembly, Folder, arguments);

    /// <summary>Bad input: one line on the error output, exit code 2, nothing written.</summary>
    protected void Refused(string reason, params string[] arguments)
    {
        string[] before = Directory.GetFiles(Folder);
        (int exitCode, string output, string error) = Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(reason, error);
        Assert.Equal(before, Directory.GetFiles(Folder));
    }
}
