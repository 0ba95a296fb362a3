namespace ProbNet.Autodiff;

/// <summary>An operation that draws from a key: one with bits that it holds, or one that comes as its last input, Int64 [2]. No gradient flows.</summary>
internal abstract class KeyedOp(RandomKey key) : Op
{
    // The bits alone: a symbol would keep the trace alive as long as the operation, and make equal operations different.
    private readonly KeyBits? _bits = key.Symbol is null ? key.Bits : null;

    public override bool IsDifferentiable => false;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    /// <summary>Applies the operation to what it draws for, and to its key where that has no bits yet.</summary>
    /// <exception cref="TracingException">The key has bits, and a graph is being traced.</exception>
    public Tensor Draw(RandomKey from, params ReadOnlySpan<Tensor> inputs)
    {
        if (from.Symbol is { } symbol)
        {
            return Apply([.. inputs, symbol]);
        }

        return Trace.Current is null
            ? Apply([.. inputs])
            : throw new TracingException(
                $"{Name}: the key {from} was drawn from while a function is being traced; its bits would be part of the graph, and every replay would give "
                + "the same numbers. Take the key as an input of the compiled function, Graph.Compile((key, inputs) => ...), or draw outside of it.");
    }

    /// <summary>The key with its bits.</summary>
    protected RandomKey Key(Tensor[] inputs) => _bits is { } bits ? RandomKey.FromBits(bits.Key, bits.Stream) : RandomKey.FromTensor(inputs[^1]);
}
