using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Persistent background threads that share the tiles of a job with the caller. Tiles are claimed through an atomic counter; which thread
/// runs which tile is a matter of chance, so a tile must not depend on it. One job is shared at a time: a second caller, or a job started
/// inside a tile, runs its tiles itself.
/// </summary>
internal static class Workers
{
    /// <summary>How often an idle helper looks for the next job before it parks: some tens of microseconds.</summary>
    private const int LooksBeforeParking = 1_000;

    /// <summary>The same while someone attends: about a millisecond.</summary>
    private const int LooksWhileAttended = 20_000;

    /// <summary>How often a caller looks whether the helpers are done before it lets other threads run.</summary>
    private const int LooksBeforeYielding = 400;

    /// <summary>The sign bit of <see cref="Shared.Entry"/>: no job, or one that nobody may join any more.</summary>
    private const int Closed = int.MinValue;

    private static readonly object s_gate = new();

    private static int s_threads = DefaultThreads();
    private static int s_helpers;
    private static int s_parked;
    private static int s_busy;
    private static int s_attending;

    // The job that is open now.
    private static Shared s_shared = new() { Entry = Closed };
    private static Runner? s_runner;
    private static ExceptionDispatchInfo? s_failure;

    /// <summary>
    /// How many threads a job may use, the caller's included: the environment variable PROBNET_THREADS, or one for each processor.
    /// </summary>
    public static int Threads
    {
        get => Volatile.Read(ref s_threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref s_threads, value);
        }
    }

    /// <summary>
    /// Announces that jobs will follow each other closely: until the result is disposed, idle helpers keep looking for the next one, for about a
    /// millisecond at a time, so that handing a job over takes a microsecond instead of the time it takes to wake a thread. May be nested, and
    /// held by several threads.
    /// </summary>
    public static Attendance Attend()
    {
        Interlocked.Increment(ref s_attending);
        WakeHelpers(Threads - 1);
        return default;
    }

    /// <summary>Runs tiles 0 … <paramref name="count"/> − 1 and returns when all are done. The first exception of a tile comes back here.</summary>
    public static void Run<TJob>(int count, ref TJob job)
        where TJob : struct, ITileJob
    {
        if (count <= 1 || Threads == 1 || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            for (int tile = 0; tile < count; tile++)
            {
                job.Execute(tile);
            }

            return;
        }

        Runner<TJob>.Instance.Job = job;
        s_runner = Runner<TJob>.Instance;
        s_shared.Tiles = count;
        s_failure = null;
        Volatile.Write(ref s_shared.Next, 0);
        Interlocked.Exchange(ref s_shared.Entry, 0);
        WakeHelpers(Math.Min(Threads, count) - 1);
        Drain();

        // Helpers that have not come yet are not waited for.
        if (Interlocked.Or(ref s_shared.Entry, Closed) != 0)
        {
            AwaitHelpers();
        }

        ExceptionDispatchInfo? thrown = s_failure;
        s_failure = null;
        s_runner = null;
        Runner<TJob>.Instance.Job = default;
        Volatile.Write(ref s_busy, 0);
        thrown?.Throw();
    }

    private static void Drain()
    {
        int tile;
        while ((tile = Interlocked.Increment(ref s_shared.Next) - 1) < s_shared.Tiles)
        {
            try
            {
                s_runner!.Execute(tile);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref s_failure, ExceptionDispatchInfo.Capture(e), null);
                Volatile.Write(ref s_shared.Next, s_shared.Tiles);
            }
        }
    }

    private static void AwaitHelpers()
    {
        for (int look = 0; look < LooksBeforeYielding; look++)
        {
            if (Volatile.Read(ref s_shared.Entry) == Closed)
            {
                return;
            }

            Thread.SpinWait(1);
        }

        var wait = default(SpinWait);
        while (Volatile.Read(ref s_shared.Entry) != Closed)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static void WakeHelpers(int wanted)
    {
        if (Volatile.Read(ref s_helpers) < wanted)
        {
            StartHelpers(wanted);
        }

        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref s_parked) > 0)
        {
            lock (s_gate)
            {
                Monitor.PulseAll(s_gate);
            }
        }
    }

    private static void StartHelpers(int wanted)
    {
        lock (s_gate)
        {
            while (s_helpers < wanted)
            {
                int index = ++s_helpers;
                new Thread(() => Help(index)) { IsBackground = true, Name = $"ProbNet worker {index}" }.UnsafeStart();
            }
        }
    }

    private static void Help(int index)
    {
        while (true)
        {
            int looks = 0;
            while (!CanJoin(index))
            {
                if (++looks < LooksBeforeParking || (looks < LooksWhileAttended && IsAttended(index)))
                {
                    Thread.SpinWait(1);
                    continue;
                }

                Park(index);
                looks = 0;
            }

            int seen = Volatile.Read(ref s_shared.Entry);
            if (seen >= 0 && Interlocked.CompareExchange(ref s_shared.Entry, seen + 1, seen) == seen)
            {
                Drain();
                Interlocked.Decrement(ref s_shared.Entry);
            }
        }
    }

    /// <summary>Sleeps until there is a job, or someone begins to attend.</summary>
    private static void Park(int index)
    {
        lock (s_gate)
        {
            Interlocked.Increment(ref s_parked);
            if (!CanJoin(index))
            {
                Monitor.Wait(s_gate);
            }

            Interlocked.Decrement(ref s_parked);
        }
    }

    private static bool IsAttended(int index) => index < Threads && Volatile.Read(ref s_attending) > 0;

    private static bool CanJoin(int index) =>
        Volatile.Read(ref s_shared.Entry) >= 0 && index < Threads && Volatile.Read(ref s_shared.Next) < Volatile.Read(ref s_shared.Tiles);

    private static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("PROBNET_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0
            ? n
            : Environment.ProcessorCount;

    /// <summary>Ends what <see cref="Attend"/> began; to be disposed once.</summary>
    internal readonly struct Attendance : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref s_attending);
    }

    /// <summary>What the threads of a job share, each on a cache line of its own: idle helpers look at one while tiles are claimed from the other.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Shared
    {
        /// <summary>The low bits count the helpers inside; the caller leaves only when they have gone.</summary>
        [FieldOffset(64)]
        public int Entry;

        [FieldOffset(68)]
        public int Tiles;

        [FieldOffset(128)]
        public int Next;
    }

    private abstract class Runner
    {
        public abstract void Execute(int tile);
    }

    /// <summary>One for each type of job, so that a call allocates nothing.</summary>
    private sealed class Runner<TJob> : Runner
        where TJob : struct, ITileJob
    {
        public static readonly Runner<TJob> Instance = new();

        public TJob Job;

        public override void Execute(int tile) => Job.Execute(tile);
    }
}
