namespace ProbNet.Autodiff;

/// <summary>An operation in the middle of a replay that a device has no kernel for: its inputs are copied to the host, and its result back.</summary>
internal sealed class DeviceHostStep(
    Device device, Op op, TensorType[] types, Tensor?[] constants, TensorType type, DeviceLocation[] inputs, DeviceLocation result) : DeviceStep
{
    // Constants do not change: they are copied once.
    private readonly Tensor[] _inputs =
        [.. types.Select((input, i) => new Tensor(input.Shape, input.DType, constants[i]?.RawData ?? input.DType.Allocate(input.Shape.Size)))];
    private readonly Array _result = type.DType.Allocate(type.Shape.Size);

    public override void Run()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            Array values = _inputs[i].RawData;
            if (values.Length > 0 && constants[i] is null)
            {
                BufferSlice from = inputs[i].Slice;
                device.Read(from.Buffer, from.Offset, Elements.Bytes(values, 0, values.Length));
            }
        }

        op.Evaluate(_inputs, _result);
        device.CountHostOperation();
        if (_result.Length > 0)
        {
            BufferSlice to = result.Slice;
            device.Write(to.Buffer, to.Offset, Elements.Bytes(_result, 0, _result.Length));
        }
    }
}
