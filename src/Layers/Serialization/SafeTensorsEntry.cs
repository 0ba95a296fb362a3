using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What the header of a safetensors file says of one tensor.</summary>
/// <param name="Name">The name.</param>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Offset">Where its bytes start, counted from the end of the header.</param>
internal sealed record SafeTensorsEntry(string Name, DType DType, Shape Shape, long Offset)
{
    /// <summary>Its length in bytes.</summary>
    public long ByteLength => (long)Shape.Size * DType.ByteSize();
}
