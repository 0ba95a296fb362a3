namespace ProbNet.Autodiff;

/// <summary>The constants of a plan, one after another in one segment; equal numbers once.</summary>
internal sealed class ConstantPool
{
    private const int Alignment = 64;

    private readonly Dictionary<GraphNode, Location> _whole = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(DType Type, long Bits), Location> _elements = [];
    private readonly List<(Array Data, long Offset)> _data = [];
    private long _bytes;

    /// <summary>The size of the segment in bytes.</summary>
    public long Bytes => _bytes;

    /// <summary>Where the one element of a uniform constant is.</summary>
    public Location Element(GraphNode constant)
    {
        long bits = Bits(constant);
        if (!_elements.TryGetValue((constant.Type.DType, bits), out Location location))
        {
            _elements[(constant.Type.DType, bits)] = location = Add(constant.Constant!.RawData);
        }

        return location;
    }

    /// <summary>Where all elements of a constant are.</summary>
    public Location Whole(GraphNode constant)
    {
        if (!_whole.TryGetValue(constant, out Location location))
        {
            _whole[constant] = location = Add(Tensor(constant).RawData);
        }

        return location;
    }

    /// <summary>The element of a uniform constant as bits: equal exactly if the numbers are, with the sign of zero.</summary>
    public static long Bits(GraphNode constant) => constant.Constant!.DType == DType.Int64
        ? constant.Constant.Data<long>()[0]
        : BitConverter.DoubleToInt64Bits(constant.Constant.ToScalar());

    /// <summary>A constant as a tensor of its full shape.</summary>
    public static Tensor Tensor(GraphNode constant) => constant.IsUniform
        ? constant.Constant!.Reshape(Shape.Scalar).BroadcastTo(constant.Shape)
        : constant.Constant!;

    /// <summary>The segment.</summary>
    public unsafe byte[] ToMemory()
    {
        byte[] memory = AlignedMemory.Allocate(_bytes);
        foreach ((Array data, long offset) in _data)
        {
            long bytes = Buffer.ByteLength(data);
            fixed (byte* from = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(data))
            {
                Buffer.MemoryCopy(from, AlignedMemory.Start(memory) + offset, bytes, bytes);
            }
        }

        return memory;
    }

    private Location Add(Array data)
    {
        var location = new Location(Location.Constants, _bytes);
        _data.Add((data, _bytes));
        _bytes += (Buffer.ByteLength(data) + Alignment - 1) / Alignment * Alignment;
        return location;
    }
}
