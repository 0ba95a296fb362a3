using System.Collections.Concurrent;
using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Keeps the buffers of a device for the next use, in classes of sizes, under a budget of bytes. The garbage collector does not see a device's memory: of
/// tensors that nobody holds any more, it would leave thousands of buffers unreleased. So the pool asks for a collection whenever the rented bytes have grown
/// by half the budget since the last one, and for more thorough ones when the budget is reached.
/// </summary>
internal sealed class DeviceMemoryPool : IDisposable
{
    /// <summary>The smallest buffer, in bytes.</summary>
    private const long Smallest = 256;

    private readonly Func<long, IDeviceBuffer> _allocate;
    private readonly string _device;
    private readonly long _largest;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Stack<IDeviceBuffer>> _free = [];
    private readonly HashSet<IDeviceBuffer> _rented = new(ReferenceEqualityComparer.Instance);

    // Any thread adds, finalizers too, so neither side may wait for a lock of the other.
    private readonly ConcurrentQueue<IDeviceBuffer> _returned = new();

    private long _budget;
    private long _live;
    private long _held;
    private long _peak;
    private long _liveAtCollection;
    private bool _isDisposed;

    /// <param name="allocate">New memory of a device; throws <see cref="DeviceMemoryException"/> where there is none left.</param>
    /// <param name="device">The device's name, for messages.</param>
    /// <param name="budget">The most bytes to hold, rented and kept together; see <see cref="DefaultBudget"/>.</param>
    /// <param name="largest">The most bytes of one buffer.</param>
    public DeviceMemoryPool(Func<long, IDeviceBuffer> allocate, string device, long budget, long largest = long.MaxValue)
    {
        _allocate = allocate;
        _device = device;
        _largest = largest;
        Budget = budget;
    }

    /// <summary>The most bytes that the pool holds, rented and kept together. Making it smaller takes nothing back that is rented.</summary>
    public long Budget
    {
        get => Volatile.Read(ref _budget);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, Smallest);
            Volatile.Write(ref _budget, value);
        }
    }

    /// <summary>Bytes of the buffers that are rented.</summary>
    public long LiveBytes => Volatile.Read(ref _live);

    /// <summary>Bytes of the buffers that are kept for the next use.</summary>
    public long PooledBytes => Math.Max(Volatile.Read(ref _held) - Volatile.Read(ref _live), 0);

    /// <summary>The most bytes that were rented at once.</summary>
    public long PeakBytes => Volatile.Read(ref _peak);

    /// <summary>
    /// Three quarters of the memory of a device of its own, since a screen and other programs share it. A processor's memory is the machine's: a quarter of it,
    /// and at most 1 GiB.
    /// </summary>
    public static long DefaultBudget(DeviceKind kind, long memory) =>
        Math.Max(kind == DeviceKind.Cpu ? Math.Min(memory / 4, 1L << 30) : memory / 4 * 3, Smallest);

    /// <summary>
    /// The size of the buffers that serve a request: 256 bytes at least, then four steps to each power of two, so that at most a quarter is more than asked for.
    /// </summary>
    public static long SizeClass(long bytes)
    {
        if (bytes <= Smallest)
        {
            return Smallest;
        }

        long step = 1L << (BitOperations.Log2((ulong)(bytes - 1)) - 2);
        return (bytes + step - 1) / step * step;
    }

    /// <summary>A buffer of at least so many bytes with undefined contents.</summary>
    /// <remarks>It may wait for finalizers, so the caller must hold no lock that one of them takes.</remarks>
    /// <exception cref="DeviceMemoryException">Neither the budget nor the driver has room for it, after all that is garbage was collected.</exception>
    public IDeviceBuffer Rent(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        long budget = Budget;
        if (bytes > Math.Min(_largest, budget))
        {
            throw new DeviceMemoryException(FormattableString.Invariant(
                $"{_device}: a tensor of {bytes} bytes is larger than {Limit(bytes)}; split it, or use a smaller batch."));
        }

        // A class is not larger than what the device and the budget allow, where the bytes themselves fit.
        long size = Math.Min(SizeClass(bytes), Math.Max(Math.Min(_largest, budget), Smallest));
        if (GrewSinceCollection(size, budget))
        {
            // Its finalizers run while this thread goes on: what they return is found at one of the next calls.
            GC.Collect(1);
        }

        for (var effort = Effort.None; effort <= Effort.EmptyPool; effort++)
        {
            MakeRoom(effort, size);
            if (TryRent(size, budget) is { } buffer)
            {
                return buffer;
            }
        }

        throw new DeviceMemoryException(FormattableString.Invariant(
            $"{_device}: no memory for {bytes} bytes: {LiveBytes} are in use, {PooledBytes} kept for reuse, the budget is {budget}. ")
            + "Use a smaller batch, keep fewer tensors alive on the device, or raise the budget.");
    }

    /// <summary>Takes a buffer back that nobody uses any more. It waits for nothing, so that a finalizer may call it.</summary>
    public void Return(IDeviceBuffer buffer)
    {
        Interlocked.Add(ref _live, -buffer.Bytes);
        _returned.Enqueue(buffer);
    }

    /// <summary>Gives the buffers that are kept for reuse back to the driver.</summary>
    public void Trim()
    {
        lock (_gate)
        {
            Drain();
            FreeUntil(long.MaxValue);
        }
    }

    /// <summary>Gives everything back, also what is still rented, which may be returned later but not used.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Drain();
            FreeUntil(long.MaxValue);
            foreach (IDeviceBuffer buffer in _rented)
            {
                buffer.Dispose();
            }

            _rented.Clear();
        }
    }

    private string Limit(long bytes) => bytes > _largest
        ? FormattableString.Invariant($"the largest buffer of this device, {_largest} bytes")
        : FormattableString.Invariant($"the budget of this device, {Budget} bytes");

    /// <summary>
    /// Whether the rented bytes have grown by half the budget since the last collection. Not sooner: a tensor that is in use at two collections is old to the
    /// collector, and found only by a full one. What is returned by hand does not grow: a compiled step never collects.
    /// </summary>
    private bool GrewSinceCollection(long size, long budget)
    {
        lock (_gate)
        {
            long live = LiveBytes;
            _liveAtCollection = Math.Min(_liveAtCollection, live);
            if (live + size - _liveAtCollection <= budget / 2)
            {
                return false;
            }

            _liveAtCollection = live;
            return true;
        }
    }

    /// <summary>One step of what makes room. It collects outside the lock: a finalizer that runs meanwhile may wait for a thread that rents.</summary>
    private void MakeRoom(Effort effort, long size)
    {
        switch (effort)
        {
            case Effort.None:
                return;
            case Effort.AwaitFinalizers:
                GC.WaitForPendingFinalizers();
                break;
            case Effort.CollectYoung:
                GC.Collect(1);
                GC.WaitForPendingFinalizers();
                break;
            case Effort.CollectAll:
                GC.Collect();
                GC.WaitForPendingFinalizers();
                break;
        }

        lock (_gate)
        {
            Drain();
            if (effort == Effort.EmptyPool)
            {
                FreeUntil(long.MaxValue);
            }
            else if (!HasFree(size))
            {
                FreeUntil(_held + size - Budget);
            }
        }
    }

    private IDeviceBuffer? TryRent(long size, long budget)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Drain();

            // What was kept under a larger budget.
            FreeUntil(_held - budget);
            IDeviceBuffer buffer;
            if (HasFree(size))
            {
                buffer = _free[size].Pop();
            }
            else if (_held + size > budget)
            {
                return null;
            }
            else
            {
                try
                {
                    buffer = _allocate(size);
                }
                catch (DeviceMemoryException)
                {
                    return null;
                }

                _held += buffer.Bytes;
            }

            _rented.Add(buffer);
            long live = Interlocked.Add(ref _live, buffer.Bytes);
            _peak = Math.Max(_peak, live);
            return buffer;
        }
    }

    private bool HasFree(long size) => _free.TryGetValue(size, out Stack<IDeviceBuffer>? stack) && stack.Count > 0;

    private void Drain()
    {
        while (_returned.TryDequeue(out IDeviceBuffer? buffer))
        {
            if (!_rented.Remove(buffer))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"{_device}: a buffer of {buffer.Bytes} bytes was returned to a pool from which it is not rented: returned twice, or to the wrong pool."));
            }

            if (!_free.TryGetValue(buffer.Bytes, out Stack<IDeviceBuffer>? stack))
            {
                stack = new Stack<IDeviceBuffer>();
                _free.Add(buffer.Bytes, stack);
            }

            stack.Push(buffer);
        }
    }

    /// <summary>Frees kept buffers until so many bytes are free, or all are.</summary>
    private void FreeUntil(long bytes)
    {
        foreach (Stack<IDeviceBuffer> stack in _free.Values)
        {
            while (bytes > 0 && stack.TryPop(out IDeviceBuffer? buffer))
            {
                bytes -= buffer.Bytes;
                _held -= buffer.Bytes;
                buffer.Dispose();
            }
        }
    }

    /// <summary>What is done to find room, in this order.</summary>
    private enum Effort
    {
        /// <summary>Only take in what was returned.</summary>
        None,

        /// <summary>Free buffers of other sizes.</summary>
        FreeKept,

        /// <summary>Let the last collection's finalizers end: a collection too soon makes old what would have died young.</summary>
        AwaitFinalizers,

        /// <summary>Collect what died young.</summary>
        CollectYoung,

        /// <summary>Collect all.</summary>
        CollectAll,

        /// <summary>Free all that is kept, for a driver that refuses within the budget.</summary>
        EmptyPool,
    }
}
