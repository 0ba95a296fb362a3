using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>What is compiled when, together with what, and for how long it is kept.</summary>
public sealed class OpenClFunctionsTests : IDisposable
{
    private readonly OpenClContext? _context = OpenClTest.Skip is null ? new(OpenClTest.Device) : null;

    private OpenClContext Context => _context!;

    public void Dispose() => _context?.Dispose();

    [OpenClFact]
    public void Get_SameText_IsTheSameFunctionAndCompilesNothing()
    {
        OpenClFunction function = Context.Functions.Get(Adding(1));
        Assert.Same(function, Context.Functions.Get(Adding(1)));
        Assert.NotSame(function, Context.Functions.Get(Adding(2)));
        Assert.Equal(0, Context.Counters.Programs);
    }

    [OpenClFact]
    public void Kernel_OfSeveralAskedFor_CompilesThemTogether()
    {
        OpenClFunction[] functions = [.. Enumerable.Range(1, 5).Select(i => Context.Functions.Get(Adding(i)))];
        Assert.All(functions, (function, i) => Assert.Equal(i + 1, Result(Context.Functions.Kernel(function))));
        Assert.Equal(1, Context.Counters.Programs);
        Assert.Equal(6, Result(Context.Functions.Kernel(Context.Functions.Get(Adding(6)))));
        Assert.Equal(2, Context.Counters.Programs);
    }

    [OpenClFact]
    public void Kernel_OneOfSeveralBroken_NamesItAndRunsTheOthers()
    {
        OpenClFunction good = Context.Functions.Get(Adding(1)), broken = Context.Functions.Get(Text("z[0] = missing;")), other = Context.Functions.Get(Adding(2));
        Assert.Equal(1, Result(Context.Functions.Kernel(good)));
        Assert.Contains("missing", Assert.Throws<OpenClException>(() => Context.Functions.Kernel(broken)).Message);
        Assert.Equal(2, Result(Context.Functions.Kernel(other)));
    }

    [OpenClFact]
    public void Get_MoreTextsThanAreKept_GivesTheProgramsBack()
    {
        var functions = new OpenClFunctions(Context, "", mostKept: 3);
        OpenClFunction kept = functions.Get(Adding(0));
        OpenClKernel first = functions.Kernel(kept);
        CompileSome(functions);
        Assert.Equal(11, Context.Counters.Programs);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        // The last three or fewer are known, and the first one is in use.
        Assert.InRange(Context.LivePrograms, 1, 4);
        Assert.Equal(0, Result(first));
        Assert.NotSame(kept, functions.Get(Adding(0)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompileSome(OpenClFunctions functions)
    {
        for (int i = 1; i <= 10; i++)
        {
            _ = functions.Kernel(functions.Get(Adding(i)));
        }
    }

    private static OpenClText Adding(int value) => Text($"z[0] += {value};");

    private static OpenClText Text(string statement) =>
        new("__kernel void ", "add", $"(__global int* z)\n{{\n    {statement}\n}}\n", new HashSet<string>());

    private int Result(OpenClKernel kernel)
    {
        using OpenClBuffer z = Context.Allocate(sizeof(int));
        var bytes = new byte[sizeof(int)];
        Context.Write(z, 0, bytes);
        Context.Launch(kernel, [z], new WorkSize(1));
        Context.Read(z, 0, bytes);
        return BitConverter.ToInt32(bytes);
    }
}
