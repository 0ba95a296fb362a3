namespace ProbNet.Autodiff;

/// <content>From a call with new shapes to a plan.</content>
public sealed partial class Graph
{
    private CompiledPlan Trace(ReadOnlySpan<Tensor> inputs)
    {
        var symbols = new Tensor[inputs.Length + (_takesKey ? 1 : 0)];
        for (int i = 0; i < inputs.Length; i++)
        {
            symbols[i] = Tensor.Symbol(inputs[i].Shape, inputs[i].DType);
        }

        RandomKey key = default;
        if (_takesKey)
        {
            symbols[^1] = Tensor.Symbol(s_keyType.Shape, s_keyType.DType);
            key = RandomKey.FromSymbol(symbols[^1]);
        }

        using var trace = new Trace();
        Tensor[] results = _function(key, symbols[..inputs.Length]);
        TracedGraph graph = GraphBuilder.Build(symbols, trace, results);
        if (DeviceOf(inputs, trace, graph) is { } device)
        {
            device.Add(this);
            return DevicePlanBuilder.Build(
                device, graph, [.. trace.Updates.Select(update => BlockOn(device, update.Parameters))],
                [.. trace.Writes.Keys.GroupBy(parameter => parameter.DType).Select(group => BlockOn(device, [.. group]))],
                Array.ConvertAll(inputs.ToArray(), input => input.Memory is not null));
        }

        return PlanBuilder.Build(
            graph,
            [.. trace.Updates.Select(update => BlockOf(update.Parameters))],
            [.. trace.Writes.Keys.GroupBy(parameter => parameter.DType).Select(group => BlockOf([.. group]))],
            inputs.Length);
    }

    /// <summary>Where the function runs: where its parameters, arguments and constants live; null for the processor.</summary>
    private static Device? DeviceOf(ReadOnlySpan<Tensor> inputs, Trace trace, TracedGraph graph)
    {
        Device? device = null;
        foreach (Tensor input in inputs)
        {
            Meet(input.Device, input.Memory is null, "an argument");
        }

        foreach (Parameter parameter in trace.Reads)
        {
            Meet(parameter.Device, false, $"parameter '{parameter.Name}'");
        }

        foreach (GraphNode node in graph.Sorted())
        {
            if (node.Constant is { } constant)
            {
                Meet(constant.Device, constant.IsFree || constant.Memory is null, "a constant");
            }
        }

        return device is null || device.IsCpu ? null : device;

        void Meet(Device other, bool isFree, string what)
        {
            if (!isFree && device is not null && other != device)
            {
                throw new DeviceException($"Graph.Compile: {what} lives on {other}, but others live on {device}; move them with To(device).");
            }

            device = isFree ? device : other;
        }
    }

    private DeviceParameterBlock BlockOn(Device device, IReadOnlyList<Parameter> parameters)
    {
        DeviceParameterBlock? block = _deviceBlocks.Find(block => block.Serves(device, parameters));
        if (block is null)
        {
            block = new DeviceParameterBlock(device, parameters);
            _deviceBlocks.Add(block);
        }

        return block;
    }

    /// <summary>The block of parameters that are changed together, shared by all plans: they are the same for every shape of the inputs.</summary>
    private ParameterBlock BlockOf(IReadOnlyList<Parameter> parameters)
    {
        ParameterBlock? block = _blocks.Find(block => block.Serves(parameters));
        if (block is null)
        {
            block = new ParameterBlock(parameters);
            _blocks.Add(block);
        }

        return block;
    }
}
