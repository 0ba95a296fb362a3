using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Draws from a distribution with one parameter, or two of one shape, several for each element of it. No gradient: it is attached by who knows the distribution.
/// </summary>
internal sealed class RandomVariate(RandomVariate.Kind kind, RandomKey key, Shape shape) : KeyedOp(key)
{
    /// <summary>Elements that are converted to double and back at a time.</summary>
    private const int Chunk = 512;

    /// <summary>Elements that one thread takes at a time.</summary>
    private const int Tile = 4 * Chunk;

    public enum Kind
    {
        LogGamma,
        Poisson,
        VonMises,
        Binomial,
    }

    public override string Name => $"Random{kind}";

    public override bool SharesThreads => true;

    public override TensorType Infer(Tensor[] inputs) => new(shape.Concat(inputs[0].Shape), RequireFloating(inputs[0]));

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        if (result is float[] narrow)
        {
            Fill<float>(Key(inputs), inputs[0].AsSpan<float>(), kind == Kind.Binomial ? inputs[1].AsSpan<float>() : [], narrow);
        }
        else
        {
            Fill<double>(Key(inputs), inputs[0].AsSpan<double>(), kind == Kind.Binomial ? inputs[1].AsSpan<double>() : [], (double[])result);
        }
    }

    private unsafe void Fill<T>(RandomKey from, ReadOnlySpan<T> parameters, ReadOnlySpan<T> second, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        fixed (T* first = parameters, other = second, result = destination)
        {
            var job = new FillJob<T>(kind, from, first, parameters.Length, second.IsEmpty ? null : other, result, destination.Length);
            Workers.Run((destination.Length + Tile - 1) / Tile, ref job);
        }
    }

    // An element depends on its own number alone, so that tiles may run anywhere.
    private readonly unsafe struct FillJob<T>(Kind kind, RandomKey key, T* parameters, int count, T* second, T* destination, int length) : ITileJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        [SkipLocalsInit]
        public void Execute(int tile)
        {
            Span<double> buffer = stackalloc double[Chunk], other = stackalloc double[Chunk], drawn = stackalloc double[Chunk];
            for (int start = tile * Tile, end = Math.Min(start + Tile, length); start < end; start += Chunk)
            {
                int size = Math.Min(Chunk, end - start);
                if (kind == Kind.LogGamma)
                {
                    FillLogGamma(start, size);
                    continue;
                }

                Repeat(parameters, start, buffer[..size]);
                if (second is not null)
                {
                    Repeat(second, start, other[..size]);
                }

                Draw(buffer[..size], other[..size], drawn[..size], start);
                for (int i = 0; i < size; i++)
                {
                    destination[start + i] = T.CreateTruncating(drawn[i]);
                }
            }
        }

        // In the type of the result, and without copies where each parameter serves one element.
        private void FillLogGamma(int start, int size)
        {
            var drawn = new Span<T>(destination + start, size);
            if (count == length)
            {
                RandomFill.LogGamma(key, new ReadOnlySpan<T>(parameters + start, size), drawn, start);
                return;
            }

            Span<T> numbers = stackalloc T[Chunk];
            Repeat(parameters, start, numbers[..size]);
            RandomFill.LogGamma(key, numbers[..size], drawn, start);
        }

        private void Draw(ReadOnlySpan<double> numbers, ReadOnlySpan<double> other, Span<double> drawn, int start)
        {
            switch (kind)
            {
                case Kind.Poisson: RandomFill.Poisson(key, numbers, drawn, start); break;
                case Kind.VonMises: RandomFill.VonMises(key, numbers, drawn, start); break;
                default: RandomFill.Binomial(key, numbers, other, drawn, start); break;
            }
        }

        // The parameters of the elements from a place on, which start over where more are drawn.
        private void Repeat<TNumber>(T* from, int start, Span<TNumber> numbers) where TNumber : INumberBase<TNumber>
        {
            int at = start % count;
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = TNumber.CreateTruncating(from[at]);
                at = at + 1 == count ? 0 : at + 1;
            }
        }
    }
}
