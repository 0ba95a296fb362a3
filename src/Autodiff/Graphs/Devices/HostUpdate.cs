using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>The step of an optimizer without a rule for single elements: weights and gradients are copied to the host, and the weights back.</summary>
internal static class HostUpdate
{
    /// <summary>Takes the step.</summary>
    public static unsafe UpdateOutcome Run<T>(Device device, TracedUpdate update, DeviceParameterBlock block, DeviceSegment gradients, DeviceLocation? loss)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FlatLayout layout = block.Layout;
        T[] weights = new T[layout.Length], slopes = new T[layout.Length], result = new T[layout.Length], cell = new T[1];
        device.Read(block.Segment.Start.Buffer, 0, MemoryMarshal.AsBytes(weights.AsSpan()));
        device.Read(gradients.Start.Buffer, 0, MemoryMarshal.AsBytes(slopes.AsSpan()));
        device.CountHostOperation();
        double value = double.NaN, norm = double.NaN;
        if (update.Guard is { } guard)
        {
            BufferSlice at = loss!.Value.Slice;
            device.Read(at.Buffer, at.Offset, MemoryMarshal.AsBytes(cell.AsSpan()));
            value = double.CreateTruncating(cell[0]);
            norm = GradientClipping.Prepare<T>(slopes, guard.ClipValue, guard.ClipNorm);
            if (!double.IsFinite(value) || !double.IsFinite(norm))
            {
                return new(null, value, norm);
            }
        }

        bool finite;
        fixed (T* w = weights, g = slopes, r = result)
        {
            finite = update.Optimizer.StepFlat(layout, w, g, r).IsFinite;
        }

        if (!finite && update.Guard is not null)
        {
            int broken = Enumerable.Range(0, layout.Parameters.Count)
                .First(i => !TensorPrimitives.IsFiniteAll<T>(result.AsSpan(layout.Offsets[i], layout.Parameters[i].Shape.Size)));
            return new(layout.Parameters[broken], value, norm);
        }

        device.Write(block.Segment.Start.Buffer, 0, MemoryMarshal.AsBytes(result.AsSpan()));
        return new(null, value, norm);
    }
}
