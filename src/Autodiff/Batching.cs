namespace ProbNet.Autodiff;

/// <summary>Turns a function of one example into a function of a batch of examples.</summary>
public static class Batching
{
    /// <summary>
    /// Maps a function over the first axis of its input: the result has the same first axis. The function is traced once and every operation
    /// in it runs once for the whole batch. Differentiable; may be nested.
    /// </summary>
    /// <param name="f">A function of one example. It must not read values; tensors that it captures are shared by all examples.</param>
    /// <returns>The function of a batch [n, …].</returns>
    public static Func<Tensor, Tensor> VMap(Func<Tensor, Tensor> f)
    {
        Func<Tensor[], Tensor> mapped = VMap(xs => f(xs[0]), [true]);
        return x => mapped([x]);
    }

    /// <summary>Maps a function of two tensors over the first axis of both.</summary>
    /// <inheritdoc cref="VMap(Func{Tensor, Tensor})"/>
    public static Func<Tensor, Tensor, Tensor> VMap(Func<Tensor, Tensor, Tensor> f)
    {
        Func<Tensor[], Tensor> mapped = VMap(xs => f(xs[0], xs[1]), [true, true]);
        return (x, y) => mapped([x, y]);
    }

    /// <summary>Maps a function over the first axis of those inputs that are marked; the others are shared by all examples.</summary>
    /// <param name="f">A function of one example.</param>
    /// <param name="mapped">For each input, whether it has the batch axis.</param>
    public static Func<Tensor[], Tensor> VMap(Func<Tensor[], Tensor> f, IReadOnlyList<bool> mapped) => inputs =>
    {
        if (inputs.Length != mapped.Count || !mapped.Contains(true))
        {
            throw new ShapeException($"VMap: {inputs.Length} inputs for {mapped.Count} marks; one mark an input is needed, at least one of them true.");
        }

        int size = -1;
        var types = new TensorType[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor input = inputs[i];
            types[i] = new TensorType(input.Shape, input.DType);
            if (!mapped[i])
            {
                continue;
            }

            if (input.Rank == 0 || (size >= 0 && input.Shape[0] != size))
            {
                throw new ShapeException(
                    $"VMap: input {i} has shape {input.Shape}; mapped inputs need a first axis{(size >= 0 ? $" of length {size}, as the one before" : "")}.");
            }

            size = input.Shape[0];
            types[i] = new TensorType(input.Shape[1..], input.DType);
        }

        TracedFunction traced = TracedFunction.Trace(symbols => [f([.. symbols.Select((symbol, i) => mapped[i] ? symbol : inputs[i])])], types);
        (Tensor result, bool batched) = Vectorization.Run(traced, inputs, mapped, size);
        return batched ? result : result.BroadcastTo(Shape.Create([size]).Concat(result.Shape));
    };
}
