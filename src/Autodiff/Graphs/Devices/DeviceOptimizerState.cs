using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// What an optimizer keeps on a device for a block of parameters: its buffers, and cells with the decision about a step and the sums since they were last taken.
/// Shared by all plans that step the block. While steps run here, the optimizer's own arrays are behind; they are brought up to date when somebody asks for them.
/// </summary>
internal sealed class DeviceOptimizerState : IStateMirror
{
    /// <summary>Σ g², and Σ g² of gradients limited one by one.</summary>
    public const int Square = 0, LimitedSquare = 1;

    /// <summary>Whether a step has been refused since the sums were taken; then none is taken any more.</summary>
    public const int Bad = 2;

    /// <summary>Steps that were taken, and the sums of their losses, weighted, and gradient norms.</summary>
    public const int Steps = 3, Losses = 4, Norms = 5;

    /// <summary>How many steps had been taken before the one that was refused, its loss and its gradient norm.</summary>
    public const int BadStep = 6, BadLoss = 7, BadNorm = 8;

    /// <summary>Whether this step is taken: 1 or 0; and the factor of its gradients.</summary>
    public const int Taken = 9, Factor = 10;

    /// <summary>
    /// The first weight that it would have made infinite or NaN: weight i of the layout is 1 + ⌊i/<see cref="CellRange"/>⌋ and the rest; 0 and 0 if there is none. Two
    /// cells, since one of Float32 does not count so far.
    /// </summary>
    public const int Broken = 11, BrokenRest = 12;

    /// <summary>The base in which <see cref="Broken"/> counts.</summary>
    public const int CellRange = 1 << 16;

    private const int Count = 16;

    private readonly Device _device;
    private readonly Optimizer _optimizer;
    private readonly FlatLayout _layout;
    private readonly DeviceSegment _cells;
    private readonly byte[] _bytes;
    private bool _isLoaded;
    private long _asked;

    public DeviceOptimizerState(Device device, Optimizer optimizer, FlatLayout layout)
    {
        (_device, _optimizer, _layout) = (device, optimizer, layout);
        CellType = device.Info.HasFloat64 ? DType.Float64 : DType.Float32;
        _bytes = new byte[Count * CellType.ByteSize()];
        _cells = new DeviceSegment(device.Allocate(_bytes.Length));
        Clear();
    }

    /// <summary>Float64 where the device has it.</summary>
    public DType CellType { get; }

    /// <summary>The optimizer's buffers, in the layout of the block.</summary>
    public List<DeviceSegment> Buffers { get; } = [];

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => _optimizer;

    /// <summary>The memory of the cells, so many times: a kernel's views say which cell is which.</summary>
    public IEnumerable<DeviceLocation> Cells(int times) => Enumerable.Repeat(new DeviceLocation(_cells, 0), times);

    /// <summary>Brings the optimizer's buffers here, if they are not: from its own arrays, after what is elsewhere has been brought to these.</summary>
    public void Load()
    {
        if (_isLoaded)
        {
            return;
        }

        _optimizer.Pull();
        ParameterState all = _optimizer.FlatAll(_layout);
        for (int i = Buffers.Count; i < all.BufferCount; i++)
        {
            Buffers.Add(new DeviceSegment(_device.Allocate((long)_layout.Length * _layout.DType.ByteSize())));
        }

        for (int i = 0; i < Buffers.Count; i++)
        {
            _device.Write(Buffers[i].Start.Buffer, 0, BytesOf(all, i));
        }

        _isLoaded = true;
        _optimizer.Add(this);
    }

    /// <summary>Notes that a guarded step has been asked for, and counted by the optimizer.</summary>
    public void CountAsked() => _asked++;

    public void Pull()
    {
        if (!_isLoaded)
        {
            return;
        }

        ParameterState all = _optimizer.FlatAll(_layout);
        for (int i = 0; i < Buffers.Count; i++)
        {
            _device.Read(Buffers[i].Start.Buffer, 0, BytesOf(all, i));
        }

        _isLoaded = false;
    }

    public void Drop() => _isLoaded = false;

    /// <summary>The sums since they were last taken; steps that were refused are no longer counted by the optimizer. Waits for the device.</summary>
    public UpdateTotals TakeTotals()
    {
        _device.Read(_cells.Start.Buffer, 0, _bytes);
        var totals = new UpdateTotals(
            (long)At(Steps), At(Losses), At(Norms), At(Bad) > 0 ? ((long)At(BadStep), At(BadLoss), At(BadNorm)) : null,
            At(Broken) > 0 ? _layout.ParameterAt((((int)At(Broken) - 1) * CellRange) + (int)At(BrokenRest)) : null);
        if (totals.Bad is not null)
        {
            _optimizer.Uncount(_layout, _asked - totals.Steps);
        }

        _asked = 0;
        Clear();
        return totals;
    }

    private double At(int cell) => CellType == DType.Float64 ? BitConverter.ToDouble(_bytes, cell * 8) : BitConverter.ToSingle(_bytes, cell * 4);

    private void Clear()
    {
        Array.Clear(_bytes);
        _device.Write(_cells.Start.Buffer, 0, _bytes);
    }

    private Span<byte> BytesOf(ParameterState all, int buffer) => _layout.DType == DType.Float32
        ? MemoryMarshal.AsBytes(all.Buffer<float>(buffer))
        : MemoryMarshal.AsBytes(all.Buffer<double>(buffer));
}
