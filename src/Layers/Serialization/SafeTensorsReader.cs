using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>An open safetensors file whose header has been checked; the data of each tensor are read when asked for.</summary>
internal sealed class SafeTensorsReader : IDisposable
{
    private const string NoSuchFile = "this is no safetensors file";

    private readonly FileStream _file;
    private readonly long _dataStart;

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="InvalidDataException">The file breaks a rule of the format.</exception>
    public SafeTensorsReader(string path)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("SafeTensors: the format is little-endian, and this machine is not.");
        }

        Path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            Header = ReadHeader(out _dataStart);
        }
        catch (InvalidDataException e)
        {
            _file.Dispose();
            throw new InvalidDataException($"SafeTensors: {path}: {e.Message}.", e);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string Path { get; }

    public SafeTensorsHeader Header { get; }

    /// <summary>The data of one tensor.</summary>
    public Tensor Read(SafeTensorsEntry entry)
    {
        Array data = entry.DType.Allocate(entry.Shape.Size);
        _file.Position = _dataStart + entry.Offset;
        _file.ReadExactly(Bytes(data));
        if (data is bool[] flags && Bytes(flags).IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and int bad)
        {
            throw new InvalidDataException($"SafeTensors: {Path}: element {bad} of tensor \"{entry.Name}\" of type BOOL is neither 0 nor 1.");
        }

        return new Tensor(entry.Shape, entry.DType, data);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The memory of an array of one of the tensors' element types.</summary>
    internal static Span<byte> Bytes(Array data) => data switch
    {
        float[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        double[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        int[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        long[] x => MemoryMarshal.AsBytes(x.AsSpan()),
        _ => MemoryMarshal.AsBytes(((bool[])data).AsSpan()),
    };

    private SafeTensorsHeader ReadHeader(out long dataStart)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        if (_file.Length < prefix.Length)
        {
            throw new InvalidDataException($"{NoSuchFile}: it has {_file.Length} bytes, fewer than the {prefix.Length} that give the header's length");
        }

        _file.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long rest = _file.Length - prefix.Length;
        if (length > (ulong)rest || length > int.MaxValue)
        {
            // A header that begins as one belongs to a file that was cut off.
            string kind = rest > 0 && _file.ReadByte() == '{' ? "" : $"{NoSuchFile}: ";
            throw new InvalidDataException($"{kind}its header claims {length} bytes, but only {rest} follow");
        }

        byte[] header = new byte[length];
        _file.ReadExactly(header);
        if (header is not [(byte)'{', ..])
        {
            throw new InvalidDataException($"{NoSuchFile}: its header does not begin with '{{'");
        }

        dataStart = prefix.Length + (long)length;
        return SafeTensorsHeader.Parse(header, rest - (long)length);
    }
}
