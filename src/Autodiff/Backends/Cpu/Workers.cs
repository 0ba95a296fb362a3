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

    /// <summary>The sign bit of <see cref="entry"/>: no job, or one that nobody may join any more.</summary>
    private const int Closed = int.MinValue;

    private static readonly object Gate = new();

    private static int threads = DefaultThreads();
    private static int helpers;
    private static int parked;
    private static int busy;

    // The job that is open now. The low bits of entry count the helpers inside; the caller leaves only when they have gone.
    private static int entry = Closed;
    private static Runner? runner;
    private static int tiles;
    private static int next;
    private static ExceptionDispatchInfo? failure;

    /// <summary>
    /// How many threads a job may use, the caller's included: the environment variable PROBNET_THREADS, or one for each processor.
    /// </summary>
    public static int Threads
    {
        get => Volatile.Read(ref threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref threads, value);
        }
    }

    /// <summary>Runs tiles 0 … <paramref name="count"/> − 1 and returns when all are done. The first exception of a tile comes back here.</summary>
    public static void Run<TJob>(int count, ref TJob job)
        where TJob : struct, ITileJob
    {
        if (count <= 1 || Threads == 1 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            for (int tile = 0; tile < count; tile++)
            {
                job.Execute(tile);
            }

            return;
        }

        Runner<TJob>.Instance.Job = job;
        runner = Runner<TJob>.Instance;
        tiles = count;
        failure = null;
        Volatile.Write(ref next, 0);
        Interlocked.Exchange(ref entry, 0);
        WakeHelpers();
        Drain();

        Interlocked.Or(ref entry, Closed);
        var wait = default(SpinWait);
        while (Volatile.Read(ref entry) != Closed)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        runner = null;
        Runner<TJob>.Instance.Job = default;
        Volatile.Write(ref busy, 0);
        thrown?.Throw();
    }

    private static void Drain()
    {
        int tile;
        while ((tile = Interlocked.Increment(ref next) - 1) < tiles)
        {
            try
            {
                runner!.Execute(tile);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                Volatile.Write(ref next, tiles);
            }
        }
    }

    private static void WakeHelpers()
    {
        int wanted = Math.Min(Threads, tiles) - 1;
        while (helpers < wanted)
        {
            int index = helpers++;
            new Thread(() => Help(index)) { IsBackground = true, Name = $"ProbNet worker {index + 1}" }.Start();
        }

        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref parked) > 0)
        {
            lock (Gate)
            {
                Monitor.PulseAll(Gate);
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
                lock (Gate)
                {
                    Interlocked.Increment(ref parked);
                    while (!CanJoin(index))
                    {
                        Monitor.Wait(Gate);
                    }

                    Interlocked.Decrement(ref parked);
                }
            }

            int seen = Volatile.Read(ref entry);
            if (seen >= 0 && Interlocked.CompareExchange(ref entry, seen + 1, seen) == seen)
            {
                Drain();
                Interlocked.Decrement(ref entry);
            }
        }
    }

    private static bool CanJoin(int index) =>
        index < Threads - 1 && Volatile.Read(ref entry) >= 0 && Volatile.Read(ref next) < Volatile.Read(ref tiles);

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
