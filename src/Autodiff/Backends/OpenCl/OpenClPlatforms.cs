namespace ProbNet.Autodiff;

/// <summary>The devices of all OpenCL drivers on this machine.</summary>
internal static unsafe class OpenClPlatforms
{
    private const ulong AllTypes = 0xFFFFFFFF;

    // The first enumeration of a process is not safe between threads: the loader shows one of them no device.
    private static readonly Lazy<(IReadOnlyList<OpenClDevice> Devices, string Absence)> s_found = new(Find);

    /// <summary>
    /// The devices that can compile and run a program, graphics processors first, then accelerators, then processors, each in the order of the drivers; empty
    /// where there is none.
    /// </summary>
    public static IReadOnlyList<OpenClDevice> Devices => s_found.Value.Devices;

    /// <summary>Why <see cref="Devices"/> is empty and what to do, as a part of a sentence; empty where it is not.</summary>
    public static string Absence => s_found.Value.Absence;

    private static (IReadOnlyList<OpenClDevice> Devices, string Absence) Find()
    {
        if (OpenClLibrary.Load(out string absence) is not { } library)
        {
            return ([], absence);
        }

        nint[] platforms = Platforms(library, out int status);
        OpenClDevice[] devices = [.. platforms.SelectMany(platform => DevicesOf(library, platform)).OrderBy(device => device.Info.Kind switch
        {
            DeviceKind.Gpu => 0,
            DeviceKind.Accelerator => 1,
            _ => 2,
        })];
        if (devices.Length == 0)
        {
            absence = platforms.Length == 0
                ? $"clGetPlatformIDs finds no driver: {OpenClStatus.Name(status)}.{OpenClStatus.Advice(-1001).TrimEnd('.')}"
                : "the drivers that are installed show no device with OpenCL 1.2 and a compiler (PoCL shows none where it cannot write its cache: "
                    + "set POCL_CACHE_DIR to a folder that can be written)";
        }

        return (devices, absence);
    }

    private static nint[] Platforms(OpenClLibrary library, out int status)
    {
        uint count = 0;
        status = library.GetPlatformIds(0, null, &count);
        if (status != OpenClStatus.Success || count == 0)
        {
            return [];
        }

        var platforms = new nint[count];
        fixed (nint* first = platforms)
        {
            status = library.GetPlatformIds(count, first, null);
        }

        return status == OpenClStatus.Success ? platforms : [];
    }

    private static OpenClDevice[] DevicesOf(OpenClLibrary library, nint platform)
    {
        uint count = 0;
        if (library.GetDeviceIds(platform, AllTypes, 0, null, &count) != OpenClStatus.Success || count == 0)
        {
            return [];
        }

        var ids = new nint[count];
        fixed (nint* first = ids)
        {
            if (library.GetDeviceIds(platform, AllTypes, count, first, null) != OpenClStatus.Success)
            {
                return [];
            }
        }

        return [.. ids.Select(id => OpenClDevice.TryRead(library, platform, id)).OfType<OpenClDevice>()];
    }
}
