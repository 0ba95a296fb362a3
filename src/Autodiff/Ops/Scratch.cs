using System.Buffers;

namespace ProbNet.Autodiff;

/// <summary>Memory that is borrowed for a while; what stands in it first is anything.</summary>
internal readonly ref struct Scratch<T> : IDisposable
{
    private readonly T[] _rented;

    public Scratch(int length)
    {
        _rented = ArrayPool<T>.Shared.Rent(length);
        Span = _rented.AsSpan(0, length);
    }

    public Span<T> Span { get; }

    public void Dispose() => ArrayPool<T>.Shared.Return(_rented);
}
