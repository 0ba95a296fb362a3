namespace ProbNet.Autodiff;

/// <summary>Maps a traced function over a batch: each recorded operation is run once, on tensors with one more axis in front.</summary>
internal static class Vectorization
{
    /// <summary>Runs a traced function over a batch; true in the answer where the result has the batch axis.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="batched">Which of them have the batch axis in front.</param>
    /// <param name="size">The length of that axis.</param>
    public static (Tensor Result, bool Batched) Run(TracedFunction function, Tensor[] inputs, IReadOnlyList<bool> batched, int size)
    {
        var values = new Dictionary<Tensor, (Tensor Tensor, bool Batched)>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Length; i++)
        {
            values[function.Symbols[i]] = (inputs[i], batched[i]);
        }

        foreach (Tensor operation in function.Operations)
        {
            (Tensor Tensor, bool Batched)[] arguments =
                Array.ConvertAll(operation.Node!.Inputs, input => values.GetValueOrDefault(input, (input, false)));
            bool[] flags = Array.ConvertAll(arguments, argument => argument.Batched);
            Tensor[] tensors = Array.ConvertAll(arguments, argument => argument.Tensor);
            bool any = Array.Exists(flags, flag => flag);
            Op op = operation.Node.Op;
            values[operation] = (any ? op.Batch(tensors, flags, size) : op.Apply(tensors), any);
        }

        return values.GetValueOrDefault(function.Results[0], (function.Results[0], false));
    }

    /// <summary>The fallback of <see cref="Op.Batch"/>: the operation once an element of the batch.</summary>
    public static Tensor Loop(Op op, Tensor[] inputs, bool[] batched, int size) => Loop(inputs, batched, size, op.Apply);

    public static Tensor Loop(Tensor[] inputs, bool[] batched, int size, Func<Tensor[], Tensor> apply)
    {
        var results = new Tensor[size];
        for (int i = 0; i < size; i++)
        {
            var slice = new Tensor[inputs.Length];
            for (int k = 0; k < inputs.Length; k++)
            {
                slice[k] = batched[k] ? inputs[k][i] : inputs[k];
            }

            results[i] = apply(slice);
        }

        return Tensor.Stack(results);
    }

    /// <summary>Inserts axes of length 1 after the batch axis, so that batched and shared inputs of different ranks broadcast as they did alone.</summary>
    public static Tensor[] AlignRanks(Tensor[] inputs, bool[] batched)
    {
        int rank = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            rank = Math.Max(rank, inputs[i].Rank - (batched[i] ? 1 : 0));
        }

        var aligned = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            Tensor x = inputs[i];
            int missing = rank - (x.Rank - 1);
            aligned[i] = batched[i] && missing > 0 ? x.Reshape([x.Shape[0], .. Enumerable.Repeat(1, missing), .. x.Shape[1..]]) : x;
        }

        return aligned;
    }

    /// <summary>Repeats shared inputs so that every input is batched.</summary>
    public static Tensor[] Materialize(Tensor[] inputs, bool[] batched, int size)
    {
        var result = new Tensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            result[i] = batched[i] ? inputs[i] : inputs[i].BroadcastTo(Shape.Create([size]).Concat(inputs[i].Shape));
        }

        return result;
    }
}
