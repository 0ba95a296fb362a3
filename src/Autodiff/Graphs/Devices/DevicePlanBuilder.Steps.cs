using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <content>From groups to kernels.</content>
internal sealed partial class DevicePlanBuilder
{
    private void AddSteps(DeviceGroup group)
    {
        switch (group.Kind)
        {
            case DeviceGroupKind.Map: AddMap(group); break;
            case DeviceGroupKind.Reduce: AddReduce(group); break;
            case DeviceGroupKind.Product: AddProduct(group); break;
            case DeviceGroupKind.Single: AddSingle(group.Anchor!); break;
            default: AddHost(group.Anchor!); break;
        }
    }

    // Every part computes only what its outputs need, and has no more arguments than any driver takes.
    private void AddMap(DeviceGroup group)
    {
        const int most = 24;
        foreach (GraphNode[] stored in Stored(group.Elements).Chunk(most))
        {
            var program = new GroupProgram(_fusion);
            program.Add(group.Elements);
            KernelProgram built = program.Build(stored);
            Layout whole = Layout.Of(group.Space);
            Layout[] layouts = [.. program.Inputs.Select(input => input.Layout), .. stored.Select(_ => whole)];
            (ImmutableArray<int> lengths, View[] views) = Spaces.Merge(group.Space, layouts);
            int inputs = program.Inputs.Count;
            Launch(
                new MapKernel(NameOf(group), built, lengths, [.. views[..inputs]], [.. views[inputs..]]),
                [.. program.Inputs.Select(input => Memory(input.Base)), .. stored.Select(node => _locations[node])], program.Numbers);
        }
    }

    private void AddReduce(DeviceGroup group)
    {
        var program = new GroupProgram(_fusion);
        program.Add(group.Elements);
        GraphNode[] written = Stored(group.Elements);
        var finish = new GroupProgram(_fusion, program);
        foreach ((GraphNode node, ReductionForm form) in group.Reductions)
        {
            program.AddOutput(node.Inputs[0], form);
            finish.AddInput(node, form.Kind is Reduction.ArgMin or Reduction.ArgMax ? DType.Int64 : program.LastOutputType, form);
        }

        int reductions = group.Reductions.Count;
        finish.Add(group.Finish);
        GraphNode[] outputs = Stored([.. group.Reductions.Select(reduction => reduction.Node), .. group.Finish]);
        View whole = Layout.Of(group.Space).View, left = Layout.Of(group.Reduced).View;
        Launch(
            new ReduceKernel(
                NameOf(group), program.Build(written), [.. group.Space.ToArray()], group.FirstReduced, group.ReducedCount,
                [.. program.Inputs.Select(input => input.Layout.View)], [.. group.Reductions.Select(reduction => reduction.Form.Kind)], [.. written.Select(_ => whole)],
                finish.Build(outputs), [.. finish.Inputs.Skip(reductions).Select(input => input.Layout.View)], [.. outputs.Select(_ => left)]),
            [
                .. program.Inputs.Select(input => Memory(input.Base)), .. written.Select(node => _locations[node]),
                .. finish.Inputs.Skip(reductions).Select(input => Memory(input.Base)), .. outputs.Select(node => _locations[node]),
            ],
            program.Numbers);
    }

    private void AddProduct(DeviceGroup group)
    {
        GraphNode node = group.Anchor!;
        var product = (MatMul)node.Op!;
        var space = Shape.Create([node.Shape[..^2].Size, node.Shape[-2], node.Shape[-1]]);
        var finish = new GroupProgram(_fusion);
        finish.AddInput(node, node.Type.DType);
        finish.Add(group.Elements);
        GraphNode[] outputs = Stored([node, .. group.Elements]);
        GraphNode left = node.Inputs[0], right = node.Inputs[1];
        Launch(
            new MatrixProductKernel(
                NameOf(group), node.Type.DType, space[0], space[1], space[2], left.Shape[product.TransposeLeft ? -2 : -1], product.TransposeLeft, product.TransposeRight,
                Step(left), Step(right), finish.Build(outputs), [.. finish.Inputs.Skip(1).Select(input => Spread(input.Layout, space).View)],
                [.. outputs.Select(_ => Layout.Of(space).View)]),
            [Whole(left), Whole(right), .. finish.Inputs.Skip(1).Select(input => Memory(input.Base)), .. outputs.Select(output => _locations[output])],
            finish.Numbers);

        static long Step(GraphNode operand) => operand.Shape[..^2].Size == 1 ? 0 : (long)operand.Shape[-2] * operand.Shape[-1];
    }

    // A layout without axes of length 1 over [batch, rows, columns], of which the batch may be several axes that lie as one, or are copied as one.
    private static Layout Spread(Layout layout, Shape space)
    {
        int[] strides = new int[3];
        int axis = layout.Shape.Rank - 1;
        for (int i = 2; i >= 0; i--)
        {
            if (space[i] == 1)
            {
                continue;
            }

            strides[i] = layout.Strides[axis];
            axis--;
        }

        return new(space, layout.Offset, strides);
    }

    private void AddSingle(GraphNode node)
    {
        LoweredOp lowered = DeviceFusion.Lowered(node)!;
        var kernels = new List<IDeviceKernel>();
        foreach (KernelCall call in lowered.Calls)
        {
            if (_device.Compile(call.Kernel) is not { } kernel)
            {
                AddHost(node);
                return;
            }

            kernels.Add(kernel);
        }

        var operands = new List<DeviceLocation>(node.Inputs.Select(Whole)) { _locations[node] };
        operands.AddRange(lowered.Temporaries.Select(type => new DeviceLocation(_arena, _values.Append((long)type.Shape.Size * type.DType.ByteSize()))));
        for (int i = 0; i < kernels.Count; i++)
        {
            _steps.Add(new DeviceKernelStep(_device, kernels[i], [.. lowered.Calls[i].Operands.Select(operand => operands[operand])], lowered.Calls[i].Numbers));
        }
    }

    private void AddHost(GraphNode node) => _steps.Add(new DeviceHostStep(
        _device, node.Op!, [.. node.Inputs.Select(input => new TensorType(input.Shape, input.Type.DType))],
        [.. node.Inputs.Select(input => input.Kind == NodeKind.Constant ? ConstantPool.Tensor(input) : null)], node.Type, [.. node.Inputs.Select(Whole)], _locations[node]));

    private static string NameOf(DeviceGroup group)
    {
        string[] names = [.. group.Nodes.Select(node => node.Op!.Name)];
        return string.Join('+', names.Length <= 6 ? names : [.. names[..5], FormattableString.Invariant($"{names.Length - 5} more")]);
    }
}
