namespace ProbNet.Autodiff;

/// <summary>
/// An optimizer's step at the end of a replay on a device: the norm of the gradients, whether the step is taken, and the new weights, without waiting for
/// the device. An optimizer that has no rule for single elements steps on the host.
/// </summary>
internal sealed class DeviceUpdate
{
    private readonly Device _device;
    private readonly TracedUpdate _update;
    private readonly DeviceOptimizerState _state;
    private readonly DeviceSegment _gradients;
    private readonly (DeviceLocation From, DeviceLocation To, long Bytes)[] _copies;
    private readonly DeviceLocation? _loss;
    private readonly Dictionary<UpdateRule, (DeviceKernelStep? Check, DeviceKernelStep Step)> _rules = [];
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
        (_device, _update, Block, _gradients, _copies, _loss) = (device, update, block, gradients, copies, loss);
        _state = block.StateOf(update.Optimizer);
        _weight = [update.Guard?.Weight ?? 1];
        if (update.Guard is { } guard)
        {
            _norm = Compile(UpdatePrograms.Norms(block.Layout, _state.CellType, guard), [new(gradients, 0), .. _state.Cells(2)]);
            _decide = Compile(UpdatePrograms.Decide(block.Layout.DType, _state.CellType, guard), [loss!.Value, .. _state.Cells(UpdatePrograms.DecisionBuffers)]);
        }
    }

    /// <summary>The weights.</summary>
    public DeviceParameterBlock Block { get; }

    /// <summary>Brings the gradients together, before any weight changes: a gradient may be another parameter.</summary>
    public void Collect()
    {
        foreach ((DeviceLocation from, DeviceLocation to, long bytes) in _copies)
        {
            if (bytes > 0)
            {
                BufferSlice source = from.Slice, target = to.Slice;
                _device.Backend.Copy(source.Buffer, source.Offset, target.Buffer, target.Offset, bytes);
            }
        }
    }

    /// <summary>Takes the step.</summary>
    /// <param name="outcome">Set by a step on the host; on the device it is known later, from <see cref="DeviceOptimizerState.TakeTotals"/>.</param>
    public void Run(ref UpdateOutcome? outcome)
    {
        _state.Load();
        if (_update.Optimizer.NextFlat(Block.Layout) is not { } step)
        {
            outcome = Block.ElementBytes == 4
                ? HostUpdate.Run<float>(_device, _update, Block, _gradients, _loss)
                : HostUpdate.Run<double>(_device, _update, Block, _gradients, _loss);
            return;
        }

        _state.CountAsked();
        if (!_rules.TryGetValue(step.Rule, out (DeviceKernelStep? Check, DeviceKernelStep Step) kernels))
        {
            _rules[step.Rule] = kernels = Kernels(step.Rule);
        }

        double[] numbers = step.Rule.Arguments(step.Numbers);
        _norm?.Run();
        _decide?.Run(_weight);
        kernels.Check?.Run(numbers);
        kernels.Step.Run(numbers);
    }

    private (DeviceKernelStep? Check, DeviceKernelStep Step) Kernels(UpdateRule rule)
    {
        DeviceLocation[] values = [new(Block.Segment, 0), .. _state.Buffers.Take(rule.Buffers).Select(buffer => new DeviceLocation(buffer, 0))];
        DeviceLocation[] read = [.. values, new(_gradients, 0), .. _state.Cells(_update.Guard is null ? 0 : 2)];
        return (
            _update.Guard is { } guard ? Compile(UpdatePrograms.Check(Block.Layout, rule, _state.CellType, guard), [.. read, .. _state.Cells(UpdatePrograms.CheckBuffers)]) : null,
            Compile(UpdatePrograms.Step(Block.Layout, rule, _state.CellType, _update.Guard), [.. read, .. values]));
    }

    private DeviceKernelStep Compile(Kernel kernel, DeviceLocation[] buffers) => new(
        _device,
        _device.Compile(kernel) ?? throw new DeviceException($"Graph.Compile: {_device} cannot run the kernel {kernel.Name} of {_update.Optimizer.GetType().Name}."),
        buffers,
        []);
}
