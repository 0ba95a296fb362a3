using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The functions of OpenCL 1.2, taken at run time from the library that the vendor's driver installs. The names are those of the standard without "cl"
/// (Khronos OpenCL Working Group, The OpenCL Specification 1.2, 2012).
/// </summary>
internal sealed unsafe partial class OpenClLibrary
{
    /// <summary>The environment variable with the path of the library to load and no other; a path where nothing is switches OpenCL off.</summary>
    public const string PathVariable = "PROBNET_OPENCL_LIBRARY";

    public readonly delegate* unmanaged<uint, nint*, uint*, int> GetPlatformIds;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetPlatformInfo;
    public readonly delegate* unmanaged<nint, ulong, uint, nint*, uint*, int> GetDeviceIds;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetDeviceInfo;
    public readonly delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint> CreateContext;
    public readonly delegate* unmanaged<nint, int> ReleaseContext;
    public readonly delegate* unmanaged<nint, nint, ulong, int*, nint> CreateCommandQueue;
    public readonly delegate* unmanaged<nint, int> ReleaseCommandQueue;
    public readonly delegate* unmanaged<nint, ulong, nuint, void*, int*, nint> CreateBuffer;
    public readonly delegate* unmanaged<nint, int> ReleaseMemObject;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> EnqueueWriteBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int> EnqueueReadBuffer;
    public readonly delegate* unmanaged<nint, nint, nint, nuint, nuint, nuint, uint, nint*, nint*, int> EnqueueCopyBuffer;
    public readonly delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int> EnqueueFillBuffer;
    public readonly delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int> EnqueueNdRangeKernel;
    public readonly delegate* unmanaged<nint, uint, nint*, nint*, int> EnqueueMarkerWithWaitList;
    public readonly delegate* unmanaged<nint, int> Flush;
    public readonly delegate* unmanaged<uint, nint*, int> WaitForEvents;
    public readonly delegate* unmanaged<nint, int> ReleaseEvent;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetEventProfilingInfo;
    public readonly delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint> CreateProgramWithSource;
    public readonly delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int> BuildProgram;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetProgramInfo;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int> GetProgramBuildInfo;
    public readonly delegate* unmanaged<nint, int> ReleaseProgram;
    public readonly delegate* unmanaged<nint, byte*, int*, nint> CreateKernel;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, int> SetKernelArg;
    public readonly delegate* unmanaged<nint, uint, nuint, void*, nuint*, int> GetKernelInfo;
    public readonly delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int> GetKernelWorkGroupInfo;
    public readonly delegate* unmanaged<nint, int> ReleaseKernel;

    private static readonly string[] s_candidates =
    [
        "OpenCL.dll", "/System/Library/Frameworks/OpenCL.framework/OpenCL", "libOpenCL.so.1", "libOpenCL.so", "/usr/lib/wsl/lib/libOpenCL.so.1",
    ];

    private OpenClLibrary(nint library)
    {
        GetPlatformIds = (delegate* unmanaged<uint, nint*, uint*, int>)Export("clGetPlatformIDs");
        GetPlatformInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export("clGetPlatformInfo");
        GetDeviceIds = (delegate* unmanaged<nint, ulong, uint, nint*, uint*, int>)Export("clGetDeviceIDs");
        GetDeviceInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export("clGetDeviceInfo");
        CreateContext = (delegate* unmanaged<nint*, uint, nint*, nint, nint, int*, nint>)Export("clCreateContext");
        ReleaseContext = (delegate* unmanaged<nint, int>)Export("clReleaseContext");
        CreateCommandQueue = (delegate* unmanaged<nint, nint, ulong, int*, nint>)Export("clCreateCommandQueue");
        ReleaseCommandQueue = (delegate* unmanaged<nint, int>)Export("clReleaseCommandQueue");
        CreateBuffer = (delegate* unmanaged<nint, ulong, nuint, void*, int*, nint>)Export("clCreateBuffer");
        ReleaseMemObject = (delegate* unmanaged<nint, int>)Export("clReleaseMemObject");
        EnqueueWriteBuffer = (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)Export("clEnqueueWriteBuffer");
        EnqueueReadBuffer = (delegate* unmanaged<nint, nint, uint, nuint, nuint, void*, uint, nint*, nint*, int>)Export("clEnqueueReadBuffer");
        EnqueueCopyBuffer = (delegate* unmanaged<nint, nint, nint, nuint, nuint, nuint, uint, nint*, nint*, int>)Export("clEnqueueCopyBuffer");
        EnqueueFillBuffer = (delegate* unmanaged<nint, nint, void*, nuint, nuint, nuint, uint, nint*, nint*, int>)Export("clEnqueueFillBuffer");
        EnqueueNdRangeKernel =
            (delegate* unmanaged<nint, nint, uint, nuint*, nuint*, nuint*, uint, nint*, nint*, int>)Export("clEnqueueNDRangeKernel");
        EnqueueMarkerWithWaitList = (delegate* unmanaged<nint, uint, nint*, nint*, int>)Export("clEnqueueMarkerWithWaitList");
        Flush = (delegate* unmanaged<nint, int>)Export("clFlush");
        WaitForEvents = (delegate* unmanaged<uint, nint*, int>)Export("clWaitForEvents");
        ReleaseEvent = (delegate* unmanaged<nint, int>)Export("clReleaseEvent");
        GetEventProfilingInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export("clGetEventProfilingInfo");
        CreateProgramWithSource = (delegate* unmanaged<nint, uint, byte**, nuint*, int*, nint>)Export("clCreateProgramWithSource");
        BuildProgram = (delegate* unmanaged<nint, uint, nint*, byte*, nint, nint, int>)Export("clBuildProgram");
        GetProgramInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export("clGetProgramInfo");
        GetProgramBuildInfo = (delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int>)Export("clGetProgramBuildInfo");
        ReleaseProgram = (delegate* unmanaged<nint, int>)Export("clReleaseProgram");
        CreateKernel = (delegate* unmanaged<nint, byte*, int*, nint>)Export("clCreateKernel");
        SetKernelArg = (delegate* unmanaged<nint, uint, nuint, void*, int>)Export("clSetKernelArg");
        GetKernelInfo = (delegate* unmanaged<nint, uint, nuint, void*, nuint*, int>)Export("clGetKernelInfo");
        GetKernelWorkGroupInfo = (delegate* unmanaged<nint, nint, uint, nuint, void*, nuint*, int>)Export("clGetKernelWorkGroupInfo");
        ReleaseKernel = (delegate* unmanaged<nint, int>)Export("clReleaseKernel");

        nint Export(string name) => NativeLibrary.GetExport(library, name);
    }

    /// <summary>Loads the first library that is there and has OpenCL 1.2; null where none is, with the reason.</summary>
    public static OpenClLibrary? Load(out string absence)
    {
        KeepDivisionByZero();
        string? only = Environment.GetEnvironmentVariable(PathVariable);
        string[] candidates = string.IsNullOrEmpty(only) ? s_candidates : [only];
        foreach (string path in candidates)
        {
            if (!NativeLibrary.TryLoad(path, out nint library))
            {
                continue;
            }

            try
            {
                absence = "";
                return new OpenClLibrary(library);
            }
            catch (EntryPointNotFoundException)
            {
                // A library from before OpenCL 1.2, or not one of OpenCL.
                NativeLibrary.Free(library);
            }
        }

        absence = $"no library with OpenCL 1.2 (looked for {string.Join(", ", candidates)}): install the device's driver, or name the library in {PathVariable}";
        return null;
    }

    /// <summary>
    /// PoCL handles SIGFPE for the whole process, after which an integer division by zero in C# ends it instead of throwing. It reads this variable from the
    /// native environment, which Environment.SetEnvironmentVariable does not change, when the first platform is asked for.
    /// </summary>
    private static void KeepDivisionByZero()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            _ = SetEnvironment("POCL_SIGFPE_HANDLER", "0", overwrite: 1);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // No C library under this name: no PoCL built against it either.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
