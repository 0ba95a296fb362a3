namespace ProbNet.Autodiff;

/// <summary>
/// A graph ready to run on a device: kernels that are queued in order, without waiting for the device. One call at a time uses its memory; a call allocates nothing on the
/// host but the results it returns.
/// </summary>
internal sealed class DevicePlan : CompiledPlan
{
    private readonly DeviceSegment _staging;
    private readonly byte[] _bytes;
    private readonly Lock _gate = new();
    private readonly Tensor[] _arguments;
    private readonly bool[] _onDevice;

    // Scalar results come through here.
    private readonly byte[] _number = new byte[8];

    public DevicePlan(Device device, DeviceSegment staging, long stagingBytes, TensorType[] inputs, bool[] onDevice)
    {
        _onDevice = onDevice;
        Device = device;
        _staging = staging;
        _bytes = new byte[checked((int)Math.Max(1, stagingBytes))];
        _arguments = new Tensor[inputs.Length];
        if (inputs.Length > onDevice.Length)
        {
            _arguments[^1] = new Tensor(inputs[^1].Shape, inputs[^1].DType, new long[2]);
        }

        _staging.Bind(device.Allocate(_bytes.Length));
    }

    public override Device Device { get; }

    /// <summary>The segments of the inputs, and where each lies among what comes from the host.</summary>
    public required DeviceSegment[] InputSegments { get; init; }

    public required long[] InputOffsets { get; init; }

    public required HostStep[] HostSteps { get; init; }

    public required DeviceStep[] Steps { get; init; }

    /// <summary>The types of the results, and where they are.</summary>
    public required (TensorType Type, DeviceLocation Location)[] Results { get; init; }

    /// <summary>Parameters that are read, but not changed, and their segments.</summary>
    public required (Parameter Parameter, DeviceSegment Segment)[] Parameters { get; init; }

    /// <summary>The blocks of the parameters that are changed.</summary>
    public required DeviceParameterBlock[] Blocks { get; init; }

    public required DeviceUpdate[] Updates { get; init; }

    /// <summary>Old values that are put aside before anything changes.</summary>
    public required (DeviceLocation From, DeviceLocation To, long Bytes)[] Aside { get; init; }

    /// <summary>What is written to parameters: from where, to where, and how many bytes.</summary>
    public required (DeviceLocation From, DeviceLocation To, long Bytes)[] Writes { get; init; }

    /// <summary>Checks of the host's arguments that no kernel can make.</summary>
    public required Action<Tensor[]>[] Checks { get; init; }

    public override bool ChangesState => Blocks.Length > 0;

    protected override bool IsOnDevice(int input) => _onDevice[input];

    protected override IEnumerable<Parameter> Read => [.. Parameters.Select(parameter => parameter.Parameter), .. Blocks.SelectMany(block => block.Layout.Parameters)];

    public override Tensor[] Call(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        lock (_gate)
        {
            Queue(key, inputs);
            var results = new Tensor[Results.Length];
            for (int i = 0; i < results.Length; i++)
            {
                (TensorType type, DeviceLocation location) = Results[i];
                long bytes = (long)type.Shape.Size * type.DType.ByteSize();
                DeviceMemory copy = Device.Allocate(bytes);
                if (bytes > 0)
                {
                    BufferSlice from = location.Slice;
                    Device.Backend.Copy(from.Buffer, from.Offset, copy.Buffer, 0, bytes);
                }

                results[i] = new Tensor(type.Shape, type.DType, copy);
            }

            Change(ref outcome);
            return results;
        }
    }

    public override double Number(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        RequireNumber(Results.Length == 0 ? null : Results[0].Type);
        lock (_gate)
        {
            Queue(key, inputs);
            (TensorType type, DeviceLocation location) = Results[0];
            BufferSlice at = location.Slice;
            Device.Read(at.Buffer, at.Offset, _number.AsSpan(0, type.DType.ByteSize()));
            Change(ref outcome);
            return type.DType switch
            {
                DType.Float32 => BitConverter.ToSingle(_number),
                DType.Float64 => BitConverter.ToDouble(_number),
                DType.Int32 => BitConverter.ToInt32(_number),
                DType.Int64 => BitConverter.ToInt64(_number),
                _ => _number[0],
            };
        }
    }

    public override void Step(RandomKey key, ReadOnlySpan<Tensor> inputs, ref UpdateOutcome? outcome)
    {
        lock (_gate)
        {
            Queue(key, inputs);
            Change(ref outcome);
        }
    }

    private void Queue(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        foreach (DeviceParameterBlock block in Blocks)
        {
            block.Load();
        }

        foreach ((Parameter parameter, DeviceSegment segment) in Parameters)
        {
            segment.Bind(parameter.Current.MemoryOn(Device));
        }

        Bring(key, inputs);
        foreach (DeviceStep step in Steps)
        {
            step.Run();
        }
    }

    /// <summary>Brings the arguments: those of the device are read where they are, all others are copied at once.</summary>
    private void Bring(RandomKey key, ReadOnlySpan<Tensor> inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            _arguments[i] = inputs[i];
            if (inputs[i].Memory is { } memory)
            {
                InputSegments[i].Bind(memory);
                continue;
            }

            InputSegments[i].Bind(_staging, InputOffsets[i]);
            Array values = inputs[i].RawData;
            Elements.Bytes(values, 0, values.Length).CopyTo(_bytes.AsSpan((int)InputOffsets[i]));
        }

        if (InputCount < Inputs.Length)
        {
            InputSegments[^1].Bind(_staging, InputOffsets[^1]);
            Span<byte> bits = _bytes.AsSpan((int)InputOffsets[^1]);
            BitConverter.TryWriteBytes(bits, key.Key);
            BitConverter.TryWriteBytes(bits[8..], key.Stream);
            long[] own = _arguments[^1].Data<long>();
            (own[0], own[1]) = ((long)key.Key, (long)key.Stream);
        }

        foreach (Action<Tensor[]> check in Checks)
        {
            check(_arguments);
        }

        foreach (HostStep step in HostSteps)
        {
            step.Run(_arguments, HostSteps, _bytes);
        }

        if (_bytes.Length > 1)
        {
            Device.Write(_staging.Start.Buffer, 0, _bytes);
        }
    }

    // Old values are read before anything changes.
    private void Change(ref UpdateOutcome? outcome)
    {
        foreach (DeviceUpdate update in Updates)
        {
            update.Collect();
        }

        Copy(Aside);
        foreach (DeviceUpdate update in Updates)
        {
            update.Run(ref outcome);
            update.Block.Advance();
        }

        Copy(Writes);
        for (int i = Updates.Length; i < Blocks.Length; i++)
        {
            Blocks[i].Advance();
        }

        Release();
    }

    // All is queued, in order: what the plan does not own may be released, and not only when it is called again.
    private void Release()
    {
        for (int i = 0; i < InputCount; i++)
        {
            _arguments[i] = null!;
            InputSegments[i].Release();
        }

        foreach ((Parameter _, DeviceSegment segment) in Parameters)
        {
            segment.Release();
        }
    }

    private void Copy((DeviceLocation From, DeviceLocation To, long Bytes)[] copies)
    {
        foreach ((DeviceLocation from, DeviceLocation to, long bytes) in copies)
        {
            if (bytes > 0)
            {
                BufferSlice source = from.Slice, target = to.Slice;
                Device.Backend.Copy(source.Buffer, source.Offset, target.Buffer, target.Offset, bytes);
            }
        }
    }
}
