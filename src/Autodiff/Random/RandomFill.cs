using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Fills spans from a key. Element i depends on the key and i alone, never on the other elements or on the number of threads: parts may be
/// filled in any order,
/// each with the index of its first element as <c>offset</c>. Word w of a key is word w mod 4 of its Philox block w / 4.
/// </summary>
internal static partial class RandomFill
{
    /// <summary>Elements that are mapped while their bits are still in the L1 cache.</summary>
    private const int Chunk = 2048;

    /// <summary>Elements that one thread takes at a time, worth some ten microseconds.</summary>
    private const int Tile = 2 * Chunk;

    /// <summary>Raw words.</summary>
    public static void Bits(RandomKey key, Span<uint> destination, long offset = 0)
    {
        CheckOffset(offset);
        ulong block = (ulong)offset / 4;
        int skip = (int)(offset % 4);
        if (skip > 0 && !destination.IsEmpty)
        {
            int count = Math.Min(4 - skip, destination.Length);
            Partial(key, block++, skip, destination[..count]);
            destination = destination[count..];
        }

        int whole = destination.Length & ~3;
        Philox.Fill(key.Key, block, key.Stream, destination[..whole]);
        if (whole < destination.Length)
        {
            Partial(key, block + (ulong)(whole / 4), 0, destination[whole..]);
        }
    }

    /// <summary>Uniform on [0, 1), 24 bits for float and 53 for double.</summary>
    public static void Uniform<T>(RandomKey key, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<RandomMaps.Uniform, T>(key, destination, offset);

    /// <summary>Uniform on (0, 1), symmetric, 23 bits for float and 52 for double.</summary>
    public static void UniformOpen<T>(RandomKey key, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<RandomMaps.UniformOpen, T>(key, destination, offset);

    /// <summary>Standard normal, by the inverse error function; |x| up to 6.3 for float and 8.2 for double.</summary>
    public static void Normal<T>(RandomKey key, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<RandomMaps.Normal, T>(key, destination, offset);

    /// <summary>Exponential of rate 1; never 0.</summary>
    public static void Exponential<T>(RandomKey key, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<RandomMaps.Exponential, T>(key, destination, offset);

    /// <summary>Standard Gumbel (maximum): location 0, scale 1.</summary>
    public static void Gumbel<T>(RandomKey key, Span<T> destination, long offset = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Map<RandomMaps.Gumbel, T>(key, destination, offset);

    private static unsafe void Map<K, T>(RandomKey key, Span<T> destination, long offset)
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckOffset(offset);
        fixed (T* start = destination)
        {
            var job = new MapJob<K, T>(key, start, destination.Length, offset);
            int tiles = (destination.Length + Tile - 1) / Tile;
            if (tiles < 3)
            {
                for (int tile = 0; tile < tiles; tile++)
                {
                    job.Execute(tile);
                }
            }
            else
            {
                Workers.Run(tiles, ref job);
            }
        }
    }

    private static void Partial(RandomKey key, ulong block, int skip, Span<uint> destination)
    {
        Span<uint> words = stackalloc uint[4];
        Philox.Fill(key.Key, block, key.Stream, words);
        words.Slice(skip, destination.Length).CopyTo(destination);
    }

    private static void CheckOffset(long offset)
    {
        if (offset < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(offset), offset, string.Create(
                CultureInfo.InvariantCulture, $"RandomFill: offset is {offset}; it must be 0 or more."));
        }
    }

    private readonly unsafe struct MapJob<K, T>(RandomKey key, T* destination, int length, long offset) : ITileJob
        where K : struct, IUnaryKernel
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile)
        {
            int words = sizeof(T) / sizeof(uint), end = Math.Min((tile + 1) * Tile, length);
            for (int start = tile * Tile; start < end; start += Chunk)
            {
                var part = new Span<T>(destination + start, Math.Min(Chunk, end - start));
                Bits(key, MemoryMarshal.Cast<T, uint>(part), (offset + start) * words);
                ElementwiseLoop.Unary<K, T>(part, part);
            }
        }
    }
}
