using System.Globalization;
using System.Runtime.ExceptionServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Persistent background threads that share the tiles of a job with the caller. Tiles are claimed through an atomic counter; which thread
/// runs which tile is a matter of chance, so a tile must not depend on it. One job is shared at a time: a second caller, or a job started
/// inside a tile, runs its tiles itself.
/// </summary>
internal static class Workers
{
    /// <summary>How long an idle helper watches for the next job before it parks; waking a parked thread costs more than this.</summary>
    private const int SpinsBeforeParking = 200;

    /// <summary>The sign bit of <see cref="s_entry"/>: no job, or one that nobody may join any more.</summary>
    private const int Closed = int.MinValue;

    private static readonly object s_gate = new();

    private static int s_threads = DefaultThreads();
    private static int s_helpers;
    private static int s_parked;
    private static int s_busy;

    // The job that is open now. The low bits of entry count the helpers inside; the caller leaves only when they have gone.
    private static int s_entry = Closed;
    private static Runner? s_runner;
    private static int s_tiles;
    private static int s_next;
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
        s_tiles = count;
        s_failure = null;
        Volatile.Write(ref s_next, 0);
        Interlocked.Exchange(ref s_entry, 0);
        WakeHelpers();
        Drain();

        Interlocked.Or(ref s_entry, Closed);
        var wait = default(SpinWait);
        while (Volatile.Read(ref s_entry) != Closed)
        {
            wait.SpinOnce(sleep1Threshold: -1);
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
        while ((tile = Interlocked.Increment(ref s_next) - 1) < s_tiles)
        {
            try
            {
                s_runner!.Execute(tile);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref s_failure, ExceptionDispatchInfo.Capture(e), null);
                Volatile.Write(ref s_next, s_tiles);
            }
        }
    }

    private static void WakeHelpers()
    {
        int wanted = Math.Min(Threads, s_tiles) - 1;
        while (s_helpers < wanted)
        {
            int index = s_helpers++;
            new Thread(() => Help(index)) { IsBackground = true, Name = $"ProbNet worker {index + 1}" }.Start();
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

    private static void Help(int index)
    {
        while (true)
        {
            for (int spin = 0; spin < SpinsBeforeParking && !CanJoin(index); spin++)
            {
                Thread.SpinWait(20);
            }

            if (!CanJoin(index))
            {
                lock (s_gate)
                {
                    Interlocked.Increment(ref s_parked);
                    while (!CanJoin(index))
                    {
                        Monitor.Wait(s_gate);
                    }

                    Interlocked.Decrement(ref s_parked);
                }
            }

            int seen = Volatile.Read(ref s_entry);
            if (seen >= 0 && Interlocked.CompareExchange(ref s_entry, seen + 1, seen) == seen)
            {
                Drain();
                Interlocked.Decrement(ref s_entry);
            }
        }
    }

    private static bool CanJoin(int index) =>
        index < Threads - 1 && Volatile.Read(ref s_entry) >= 0 && Volatile.Read(ref s_next) < Volatile.Read(ref s_tiles);

    private static int DefaultThreads() =>
        int.TryParse(Environment.GetEnvironmentVariable("PROBNET_THREADS"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0
            ? n
            : Environment.ProcessorCount;

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
