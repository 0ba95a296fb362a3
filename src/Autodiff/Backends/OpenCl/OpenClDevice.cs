using System.Globalization;
using System.Text;

namespace ProbNet.Autodiff;

/// <summary>One device of an OpenCL driver: what it can do, and the context in which it runs.</summary>
internal sealed unsafe class OpenClDevice
{
    private const ulong CpuType = 2;
    private const ulong GpuType = 4;

    private readonly Lock _gate = new();
    private OpenClContext? _context;

    private OpenClDevice(OpenClLibrary library, nint platform, nint id)
    {
        Library = library;
        Platform = platform;
        Id = id;
        Info = new DeviceInfo(
            Text(0x102B),
            Text(0x102C),
            Text(0x102F),
            KindOf(Number<ulong>(0x1000)),
            Memory: (long)Math.Min(Number<ulong>(0x101F), long.MaxValue),
            LargestBuffer: (long)Math.Min(Number<ulong>(0x1010), long.MaxValue),
            LocalMemory: (int)Math.Min(Number<ulong>(0x1023), int.MaxValue),
            MaxWorkGroup: (int)Math.Min(Number<nuint>(0x1004), int.MaxValue),
            ComputeUnits: (int)Number<uint>(0x1002),
            HasFloat64: HasDoubles());
        bool isLittleEndian = Number<uint>(0x1026) != 0;
        bool isAvailable = Number<uint>(0x1027) != 0;
        bool hasCompiler = Number<uint>(0x1028) != 0;
        IsUsable = isLittleEndian && isAvailable && hasCompiler && HasVersion12(Info.Version);
    }

    public OpenClLibrary Library { get; }

    public nint Platform { get; }

    public nint Id { get; }

    public DeviceInfo Info { get; }

    public string Name => Info.Name;

    /// <summary>The device's context, made at the first use; every user of the device shares it.</summary>
    /// <exception cref="OpenClException">The driver refuses it; the next use tries again.</exception>
    public OpenClContext Context
    {
        get
        {
            lock (_gate)
            {
                return _context ??= new OpenClContext(this);
            }
        }
    }

    private bool IsUsable { get; }

    /// <summary>Reads a device's properties; null for one that has no compiler or no OpenCL 1.2, is not available, or does not answer.</summary>
    public static OpenClDevice? TryRead(OpenClLibrary library, nint platform, nint id)
    {
        try
        {
            var device = new OpenClDevice(library, platform, id);
            return device.IsUsable ? device : null;
        }
        catch (OpenClException)
        {
            return null;
        }
    }

    public override string ToString() => $"{Name} ({Info.Version})";

    /// <summary>"OpenCL 1.2 …" or later: the form is fixed by the standard.</summary>
    private static bool HasVersion12(string version)
    {
        string[] words = version.Split(' ');
        return words.Length > 1 && System.Version.TryParse(words[1], out System.Version? number) && number >= new System.Version(1, 2);
    }

    private static DeviceKind KindOf(ulong type) =>
        (type & GpuType) != 0 ? DeviceKind.Gpu : (type & CpuType) != 0 ? DeviceKind.Cpu : DeviceKind.Accelerator;

    /// <summary>A driver without doubles may refuse the question.</summary>
    private bool HasDoubles()
    {
        ulong abilities = 0;
        return Library.GetDeviceInfo(Id, 0x1032, sizeof(ulong), &abilities, null) == OpenClStatus.Success && abilities != 0;
    }

    private T Number<T>(uint property)
        where T : unmanaged
    {
        T value = default;
        Check(Library.GetDeviceInfo(Id, property, (nuint)sizeof(T), &value, null), property);
        return value;
    }

    private string Text(uint property)
    {
        nuint bytes = 0;
        Check(Library.GetDeviceInfo(Id, property, 0, null, &bytes), property);
        var text = new byte[bytes];
        fixed (byte* first = text)
        {
            Check(Library.GetDeviceInfo(Id, property, bytes, first, null), property);
        }

        return Encoding.UTF8.GetString(text).TrimEnd('\0').Trim();
    }

    private static void Check(int status, uint property)
    {
        if (status != OpenClStatus.Success)
        {
            throw OpenClException.Of("clGetDeviceInfo", "property 0x" + property.ToString("X", CultureInfo.InvariantCulture), "", status);
        }
    }
}
