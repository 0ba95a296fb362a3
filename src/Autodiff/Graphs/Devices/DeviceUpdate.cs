namespace ProbNet.Autodiff;

/// <summary>
/// An optimizer's step at the end of a replay on a device: the norm of the gradients, whether the step is taken, and the new weights, without waiting for
/// the device. An optimizer that has no rule for single elements steps on the host.
/// </summary>
internal sealed class DeviceUpdate
{
    private readonly Device _device;
    private readonly TracedUpdate _update;
    private readonly DeviceParameterBlock _block;
    private readonly DeviceOptimizerState _state;
    private readonly DeviceSegment _gradients;
    private readonly (DeviceLocation From, DeviceLocation To, long Bytes)[] _copies;
    private readonly DeviceLocation? _loss;
    private readonly Dictionary<UpdateRule, DeviceKernelStep> _rules = [];
    private readonly DeviceKernelStep? _norm, _decide;
    private readonly double[] _weight;

    /// <summary>Prepares the kernels.</summary>
    /// <param name="device">The device.</param>
    /// <param name="update">The step.</param>
    /// <param name="block">The weights.</param>
    /// <param name="gradients">The gradients, in the layout of the block; zeros between them.</param>
    /// <param name="copies">Gradients that lie elsewhere, where they go, and their size in bytes.</param>
    /// <param name="loss">Where the guard's loss is.</param>
    public DeviceUpdate(
        Device device, TracedUpdate update, DeviceParameterBlock block, DeviceSegment gradients, (DeviceLocation, DeviceLocation, long)[] copies, DeviceLocation? loss)
    {
        (_device, _update, _block, _gradients, _copies, _loss) = (device, update, block, gradients, copies, loss);
        _state = block.StateOf(update.Optimizer);
        _weight = [update.Guard?.Weight ?? 1];
        if (update.Guard is { } guard)
        {
            _norm = Compile(UpdatePrograms.Norms(block.Layout, _state.CellType, guard), [new(gradients, 0), .. _state.Cells(2)]);
            _decide = Compile(UpdatePrograms.Decide(block.Layout.DType, _state.CellType, guard), [loss!.Value, .. _state.Cells(UpdatePrograms.DecisionBuffers)]);
        }
    }

    /// <summary>Takes the step.</summary>
    /// <param name="outcome">Set by a step on the host; on the device it is known later, from <see cref="DeviceOptimizerState.TakeTotals"/>.</param>
    public void Run(ref UpdateOutcome? outcome)
    {
        foreach ((DeviceLocation from, DeviceLocation to, long bytes) in _copies)
        {
            BufferSlice source = from.Slice, target = to.Slice;
            _device.Backend.Copy(source.Buffer, source.Offset, target.Buffer, target.Offset, bytes);
        }

        if (_update.Optimizer.NextFlat(_block.Layout) is not { } step)
        {
            outcome = _block.ElementBytes == 4
                ? HostUpdate.Run<float>(_device, _update, _block, _gradients, _loss)
                : HostUpdate.Run<double>(_device, _update, _block, _gradients, _loss);
            return;
        }

        _state.Load(step.Rule.Buffers);
        _norm?.Run();
        _decide?.Run(_weight);
        if (!_rules.TryGetValue(step.Rule, out DeviceKernelStep? kernel))
        {
            IEnumerable<DeviceLocation> buffers = _state.Buffers.Take(step.Rule.Buffers).Select(buffer => new DeviceLocation(buffer, 0)).Prepend(new(_block.Segment, 0));
            _rules[step.Rule] = kernel = Compile(
                UpdatePrograms.Step(_block.Layout, step.Rule, _state.CellType, _update.Guard),
                [.. buffers, new(_gradients, 0), .. _state.Cells(_update.Guard is null ? 0 : 2), .. buffers]);
        }

        kernel.Run(step.Rule.Arguments(step.Numbers));
    }

    private DeviceKernelStep Compile(Kernel kernel, DeviceLocation[] buffers) => new(
        _device,
        _device.Compile(kernel) ?? throw new DeviceException($"Graph.Compile: {_device} cannot run the kernel {kernel.Name} of {_update.Optimizer.GetType().Name}."),
        buffers);
}
