using System.Runtime.InteropServices;
using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Sets how many threads jobs may use. That is the whole process's, and a job shares its tiles only while no other does: only tests in the <see cref="AloneCollection"/> may do
/// it, which a house rule holds.
/// </summary>
internal static class ThreadCounts
{
    /// <summary>The result of a function on so many threads.</summary>
    public static T With<T>(int threads, Func<T> function)
    {
        int before = Workers.Threads;
        try
        {
            Workers.Threads = threads;
            return function();
        }
        finally
        {
            Workers.Threads = before;
        }
    }

    /// <summary>Runs an action on so many threads.</summary>
    public static void With(int threads, Action action) => With(threads, () =>
    {
        action();
        return 0;
    });

    /// <summary>Fails if a function has other bits on two or on four threads than on one.</summary>
    public static void AssertSameBits<T>(Func<T[]> function)
        where T : unmanaged
    {
        T[] alone = With(1, function);
        foreach (int threads in (int[])[2, 4])
        {
            T[] shared = With(threads, function);
            Assert.Equal(alone.Length, shared.Length);
            int first = MemoryMarshal.AsBytes(alone.AsSpan()).CommonPrefixLength(MemoryMarshal.AsBytes(shared.AsSpan())) / Marshal.SizeOf<T>();
            Assert.True(first == alone.Length, $"On {threads} threads element {first} of {alone.Length} is {Element(shared, first)}, on one {Element(alone, first)}.");
        }

        static string Element(T[] values, int at) => string.Join(", ", values.Skip(at).Take(1));
    }
}
