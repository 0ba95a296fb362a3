using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

[Collection(nameof(AloneCollection))]
public class WorkersTests
{
    [Fact]
    public void Run_AnyNumberOfTilesAndThreads_RunsEachTileOnce()
    {
        ThreadCounts.With(1, () =>
        {
            foreach (int threads in new[] { 1, 2, 4, 9 })
            {
                Workers.Threads = threads;
                for (int tiles = 0; tiles < 200; tiles++)
                {
                    var job = new CountJob(new int[tiles]);
                    Workers.Run(tiles, ref job);
                    Assert.All(job.Runs, runs => Assert.Equal(1, runs));
                }
            }
        });
    }

    [Fact]
    public void Run_FromManyThreadsAtOnce_RunsEveryTileOfEach()
    {
        ThreadCounts.With(4, () =>
        {
            Parallel.For(0, 64, _ =>
            {
                for (int repeat = 0; repeat < 50; repeat++)
                {
                    var job = new CountJob(new int[17]);
                    Workers.Run(17, ref job);
                    Assert.All(job.Runs, runs => Assert.Equal(1, runs));
                }
            });
        });
    }

    [Fact]
    public void Run_InsideATile_RunsInline()
    {
        ThreadCounts.With(4, () =>
        {
            var job = new NestedJob(new int[8 * 8]);
            Workers.Run(8, ref job);
            Assert.All(job.Runs, runs => Assert.Equal(1, runs));
        });
    }

    [Fact]
    public void Run_TileThatThrows_ThrowsToTheCallerAndLeavesTheWorkersUsable()
    {
        ThreadCounts.With(1, () =>
        {
            foreach (int threads in new[] { 1, 4 })
            {
                Workers.Threads = threads;
                var bad = new ThrowingJob();
                InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Workers.Run(50, ref bad));
                Assert.Equal("tile 7", e.Message);
                var good = new CountJob(new int[50]);
                Workers.Run(50, ref good);
                Assert.All(good.Runs, runs => Assert.Equal(1, runs));
            }
        });
    }

    [Fact]
    public void Run_TilesThatWait_AreSharedAmongThreads()
    {
        ThreadCounts.With(2, () =>
        {
            // Every tile waits until another thread has come to one: without helpers they would wait until the limit.
            var job = new MeetingJob(new CountdownEvent(2), new bool[2]);
            Workers.Run(2, ref job);
            Assert.All(job.Met, Assert.True);
        });
    }

    [Fact]
    public void Run_Attended_SharesTilesAndNests()
    {
        ThreadCounts.With(2, () =>
        {
            using Workers.Attendance outer = Workers.Attend();
            using (Workers.Attend())
            {
                var job = new MeetingJob(new CountdownEvent(2), new bool[2]);
                Workers.Run(2, ref job);
                Assert.All(job.Met, Assert.True);
            }

            var second = new MeetingJob(new CountdownEvent(2), new bool[2]);
            Workers.Run(2, ref second);
            Assert.All(second.Met, Assert.True);
        });
    }

    [Fact]
    public void Threads_BelowOne_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Workers.Threads = 0);

    private readonly struct CountJob(int[] runs) : ITileJob
    {
        public int[] Runs => runs;

        public void Execute(int tile) => Interlocked.Increment(ref runs[tile]);
    }

    private readonly struct NestedJob(int[] runs) : ITileJob
    {
        public int[] Runs => runs;

        public void Execute(int tile)
        {
            var inner = new InnerJob(runs, tile * 8);
            Workers.Run(8, ref inner);
        }
    }

    private readonly struct InnerJob(int[] runs, int first) : ITileJob
    {
        public void Execute(int tile) => Interlocked.Increment(ref runs[first + tile]);
    }

    private readonly struct MeetingJob(CountdownEvent arrivals, bool[] met) : ITileJob
    {
        public bool[] Met => met;

        public void Execute(int tile)
        {
            arrivals.Signal();
            met[tile] = arrivals.Wait(TimeSpan.FromSeconds(30));
        }
    }

    private readonly struct ThrowingJob : ITileJob
    {
        public void Execute(int tile)
        {
            if (tile == 7)
            {
                throw new InvalidOperationException("tile 7");
            }
        }
    }
}
