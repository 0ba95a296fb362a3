namespace ProbNet.Autodiff;

/// <summary>An operation as kernels that a device has made ready.</summary>
internal sealed class CompiledOp
{
    private readonly TensorType _type;
    private readonly LoweredOp _lowered;
    private readonly IDeviceKernel[] _kernels;

    private readonly int _numbers;

    private CompiledOp(TensorType type, LoweredOp lowered, IDeviceKernel[] kernels, int numbers) =>
        (_type, _lowered, _kernels, _numbers) = (type, lowered, kernels, numbers);

    /// <summary>The kernels of an operation; null if it goes through the host.</summary>
    public static CompiledOp? TryCompile(Device device, Op op, EagerCall call, TensorType type)
    {
        LoweredOp? form = op is ElementwiseOp elementwise ? elementwise.ToKernels(call.Types, type, call.Numbers) : op.ToKernels(call.Types, type);
        if (form is not { } lowered)
        {
            return null;
        }

        var kernels = new IDeviceKernel[lowered.Calls.Count];
        for (int i = 0; i < kernels.Length; i++)
        {
            if (device.Compile(lowered.Calls[i].Kernel) is not { } kernel)
            {
                return null;
            }

            kernels[i] = kernel;
        }

        return new(type, lowered, kernels, call.Numbers);
    }

    /// <summary>Computes the result.</summary>
    public DeviceMemory Run(Device device, Tensor[] inputs)
    {
        var memory = new DeviceMemory[inputs.Length + 1 + _lowered.Temporaries.Count];
        Span<double> numbers = stackalloc double[3];
        int count = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if ((_numbers >> i & 1) != 0)
            {
                numbers[count++] = inputs[i].ToScalar();
            }
            else
            {
                memory[i] = inputs[i].MemoryOn(device);
            }
        }

        memory[inputs.Length] = Allocate(device, _type);
        for (int i = 0; i < _lowered.Temporaries.Count; i++)
        {
            memory[inputs.Length + 1 + i] = Allocate(device, _lowered.Temporaries[i]);
        }

        Span<BufferSlice> buffers = new BufferSlice[_lowered.Calls.Count == 0 ? 0 : _lowered.Calls.Max(call => call.Operands.Count)];
        for (int i = 0; i < _kernels.Length; i++)
        {
            IReadOnlyList<int> operands = _lowered.Calls[i].Operands;
            for (int k = 0; k < operands.Count; k++)
            {
                buffers[k] = memory[operands[k]].Slice;
            }

            double[] own = _lowered.Calls[i].Numbers;
            device.Launch(_kernels[i], buffers[..operands.Count], own.Length > 0 ? own : numbers[..count]);
        }

        // The queue runs in order, so memory that is released now may be given to a later kernel; it must not be released before the launch.
        GC.KeepAlive(memory);
        return memory[inputs.Length];
    }

    private static DeviceMemory Allocate(Device device, TensorType type) => device.Allocate((long)type.Shape.Size * type.DType.ByteSize());
}
