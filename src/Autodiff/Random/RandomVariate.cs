using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Draws from a distribution with one parameter, or two of one shape, several for each element of it. No gradient: it is attached by who knows the distribution.
/// </summary>
internal sealed class RandomVariate(RandomVariate.Kind kind, RandomKey key, Shape shape) : KeyedOp(key)
{
    /// <summary>Elements that are converted to double and back at a time.</summary>
    private const int Chunk = 512;

    public enum Kind
    {
        LogGamma,
        Poisson,
        VonMises,
        Binomial,
    }

    public override string Name => $"Random{kind}";

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

    private void Fill<T>(RandomKey from, ReadOnlySpan<T> parameters, ReadOnlySpan<T> second, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> buffer = stackalloc double[Chunk], other = stackalloc double[Chunk];
        for (int start = 0; start < destination.Length; start += Chunk)
        {
            Span<T> part = destination[start..Math.Min(start + Chunk, destination.Length)];
            Span<double> numbers = buffer[..part.Length];
            for (int i = 0; i < numbers.Length; i++)
            {
                int at = (start + i) % parameters.Length;
                numbers[i] = double.CreateTruncating(parameters[at]);
                other[i] = second.IsEmpty ? 0 : double.CreateTruncating(second[at]);
            }

            switch (kind)
            {
                case Kind.LogGamma: RandomFill.LogGamma(from, numbers, numbers, start); break;
                case Kind.Poisson: RandomFill.Poisson(from, numbers, numbers, start); break;
                case Kind.VonMises: RandomFill.VonMises(from, numbers, numbers, start); break;
                default: RandomFill.Binomial(from, numbers, other[..numbers.Length], numbers, start); break;
            }

            for (int i = 0; i < numbers.Length; i++)
            {
                part[i] = T.CreateTruncating(numbers[i]);
            }
        }
    }
}
