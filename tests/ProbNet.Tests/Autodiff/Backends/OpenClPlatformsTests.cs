using System.Diagnostics;
using System.Globalization;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>What is found on a machine. The first look of a process is its only one, so other machines are tried in processes of their own.</summary>
public class OpenClPlatformsTests
{
    [OpenClFact]
    public void Devices_OfThisMachine_SayWhatTheyAre() => Assert.All(OpenClPlatforms.Devices, device =>
    {
        DeviceInfo info = device.Info;
        Assert.NotEmpty(info.Name);
        Assert.StartsWith("OpenCL ", info.Version, StringComparison.Ordinal);
        Assert.InRange(info.Memory, 1 << 20, long.MaxValue);
        Assert.InRange(info.LargestBuffer, 1 << 20, info.Memory);
        Assert.InRange(info.ComputeUnits, 1, int.MaxValue);

        // The least that OpenCL 1.2 asks of a device in its full profile (table 4.3: CL_DEVICE_LOCAL_MEM_SIZE).
        Assert.InRange(info.LocalMemory, 32 << 10, int.MaxValue);
        Assert.InRange(info.MaxWorkGroup, 1, int.MaxValue);
    });

    [OpenClFact]
    public void DivisionByZero_AfterAKernelHasRun_StillThrows()
    {
        OpenClContext context = OpenClTest.Device.Context;
        using OpenClBuffer z = context.Allocate(4);
        context.Launch(context.Build("__kernel void one(__global int* z) { z[0] = 1; }").Kernel("one"), [z], new WorkSize(1));
        context.Wait();
        Assert.Throws<DivideByZeroException>(() => Divide(1, 0));
        Exception? other = null;
        var thread = new Thread(() => other = Record.Exception(() => Divide(1, 0)));
        thread.Start();
        thread.Join();
        Assert.IsType<DivideByZeroException>(other);
    }

    [Fact]
    public void Devices_NoDriver_AreNone()
    {
        string empty = Directory.CreateTempSubdirectory("probnet").FullName;
        try
        {
            // The loader of Debian reads the first name, the one of Khronos the second.
            (int devices, string absence) = InAnotherProcess(("OCL_ICD_VENDORS", empty), ("OCL_ICD_FILENAMES", ""));
            Assert.Equal(0, devices);
            Assert.Contains("install the device's driver", absence);
        }
        finally
        {
            Directory.Delete(empty);
        }
    }

    [Fact]
    public void Devices_NoLibrary_AreNone()
    {
        (int devices, string absence) = InAnotherProcess((OpenClLibrary.PathVariable, "none"));
        Assert.Equal(0, devices);
        Assert.Equal($"no library with OpenCL 1.2 (looked for none): install the device's driver, or name the library in {OpenClLibrary.PathVariable}", absence);
    }

    [OpenClFact]
    public void Devices_FirstLookFromEightThreads_AreTheSame() => Assert.Equal(OpenClPlatforms.Devices.Count, InAnotherProcess().Devices);

    [Fact]
    public void Exception_OfACall_NamesCallCodeDeviceAndWhatToDo() => Assert.Equal(
        "OpenCL: clBuildProgram for program 7 on Some GPU failed: CL_COMPILER_NOT_AVAILABLE (-3). This driver runs compiled programs only; choose another device.",
        OpenClException.Of("clBuildProgram", "program 7", "Some GPU", -3).Message);

    private static int Divide(int x, int y) => x / y;

    /// <summary>Starts this assembly with <see cref="StartupHook"/>, which counts the devices.</summary>
    private static (int Devices, string Absence) InAnotherProcess(params (string Name, string Value)[] environment)
    {
        string assembly = typeof(OpenClPlatformsTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!, [assembly]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) != "dotnet")
        {
            start.FileName = "dotnet";
        }

        start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
        start.Environment[StartupHook.Variable] = "1";
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n');
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return (int.Parse(lines[0], CultureInfo.InvariantCulture), lines[1].Trim());
    }
}
