using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="ReduceKernel"/>. There are two forms. In the form of items, a work item computes one result, or on a processor a block of neighbouring ones; in
/// the form of groups, which graphics processors take for long rows, a work group computes one result: its items take every 64th or 256th element and meet in a
/// tree in local memory. Where there are few results of many elements, the elements are cut into chunks whose states go to scratch memory, and a second stage brings
/// them together. All cuts depend on the sizes alone.
/// </summary>
internal sealed partial class OpenClSourceReduce
{
    /// <summary>The states that a processor's work item keeps side by side, so that it computes them in vectors.</summary>
    private const int Lanes = 16;

    private const int ItemsOfAGroup = 64;

    private readonly ReduceKernel _kernel;
    private readonly OpenClBackendStyle _style;
    private readonly int _localMemory;
    private readonly View[] _views;
    private readonly SourceSpace _space;
    private readonly int _firstReduced;
    private readonly int _firstInner;
    private readonly long _results;
    private readonly long _inner;
    private readonly long _elements;
    private readonly int _chunks;
    private readonly int _chunkLength;

    private OpenClSourceReduce(ReduceKernel kernel, OpenClBackendStyle style, DeviceInfo device)
    {
        _kernel = kernel;
        _style = style;
        _localMemory = device.LocalMemory;
        int end = kernel.FirstReduced + kernel.ReducedCount;
        var isApart = new bool[kernel.Lengths.Length + 1];
        OpenClSourceMap.MarkIndexed(kernel.Program, isApart);
        MarkIndexedByFinish(isApart);
        isApart[kernel.FirstReduced] = true;
        isApart[end] = true;
        _views = [.. kernel.Inputs, .. kernel.Written, .. kernel.FinishInputs.Select(WithReduced), .. kernel.Outputs.Select(WithReduced)];
        _space = SourceSpace.Of(kernel.Lengths, _views, isApart);
        _firstReduced = _space.Firsts.Count(first => first < kernel.FirstReduced);
        _firstInner = _space.Firsts.Count(first => first < end);
        _elements = _space.Count(_firstReduced.._firstInner);
        _inner = _space.Count(_firstInner..);
        _results = _space.Count(.._firstReduced) * _inner;
        _chunks = Chunks();
        _chunkLength = Ceiling(Ceiling((int)_elements, _chunks), Lanes) * Lanes;
    }

    private bool IsProcessor => _style == OpenClBackendStyle.Processor;

    /// <summary>Whether a processor's item takes neighbouring results and not neighbouring elements side by side.</summary>
    private bool IsInColumns => IsProcessor && _inner >= Lanes / 2;

    private bool IsInGroups => !IsProcessor && _elements > ItemsOfAGroup && _inner < ItemsOfAGroup / 2;

    public static OpenClBackendPlan Print(ReduceKernel kernel, OpenClBackendStyle style, DeviceInfo device)
    {
        var printer = new OpenClSourceReduce(kernel, style, device);
        if (printer._results == 0)
        {
            return new([]);
        }

        OpenClBackendStage first = printer.IsInGroups ? printer.PrintGroups() : printer.PrintItems();
        return printer._chunks == 1 ? OpenClBackendPlan.Of(first) : new([first, printer.PrintCombination()], printer.ScratchBytes());
    }

    private static int Ceiling(long count, int of) => (int)((count + of - 1) / of);

    /// <summary>The stride of a view of the axes that are left, along all axes.</summary>
    private View WithReduced(View view) => view with
    {
        Strides = [.. view.Strides[.._kernel.FirstReduced], .. new int[_kernel.ReducedCount], .. view.Strides[_kernel.FirstReduced..]],
    };

    private int WithReduced(int axis) => axis < _kernel.FirstReduced ? axis : axis + _kernel.ReducedCount;

    private void MarkIndexedByFinish(bool[] isApart)
    {
        foreach (KernelInstruction instruction in _kernel.Finish.Instructions)
        {
            if (instruction.Op == KernelOp.Index)
            {
                isApart[WithReduced(instruction.A)] = true;
                isApart[WithReduced(instruction.A) + 1] = true;
            }
        }
    }

    /// <summary>Enough chunks to keep the device busy, long enough to be worth a second stage.</summary>
    private int Chunks()
    {
        (int wanted, int shortest) = IsProcessor ? (256, 4096) : IsInGroups ? (1024, 2048) : (1 << 15, 128);
        long useful = _results == 0 ? 1 : Math.Min(Ceiling(wanted, (int)Math.Min(_results, wanted)), _elements / shortest);
        int chunks = (int)Math.Clamp(useful, 1, 256);
        return chunks == 1 ? 1 : Ceiling(_elements, Ceiling(Ceiling(_elements, chunks), Lanes) * Lanes);
    }

    private SourceReduction[] Reductions(SourceWriter writer) =>
        [.. _kernel.Reductions.Select((kind, r) => new SourceReduction(writer, kind, _kernel.Program.OutputTypes[r]))];

    /// <summary>The bytes of all states, each part from a multiple of 64 on.</summary>
    private long ScratchBytes() => Parts().Select(part => Padded(part.Bytes)).Sum();

    private long Padded(int bytes) => OpenClSourceMap.RoundUp(bytes * _chunks * _results, 64);

    private IEnumerable<(string Type, int Bytes)> Parts()
    {
        foreach (SourceReduction reduction in Reductions(new SourceWriter("")))
        {
            yield return (reduction.Value, reduction.ValueBytes);
            if (reduction.Second is { } second)
            {
                yield return (second, reduction.SecondBytes);
            }
        }
    }
}
