namespace ProbNet.Autodiff;

/// <summary>An operation in the middle of a replay that a device has no kernel for: its inputs are copied to the host, and its result back.</summary>
internal sealed class DeviceHostStep(Device device, Op op, TensorType[] types, TensorType type, DeviceLocation[] inputs, DeviceLocation result) : DeviceStep
{
    private readonly Tensor[] _inputs = Array.ConvertAll(types, input => new Tensor(input.Shape, input.DType, input.DType.Allocate(input.Shape.Size)));
    private readonly Array _result = type.DType.Allocate(type.Shape.Size);

    public override void Run()
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            Array values = _inputs[i].RawData;
            if (values.Length > 0)
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
