namespace ProbNet.Autodiff;

/// <summary>
/// Loops whose body is a traced function: it is called once, with symbols, and its operations run in every round. It must not read values.
/// </summary>
public static class Loop
{
    /// <summary>
    /// Runs a body over the first axis of a sequence, carrying a state: <c>(carry, y[t]) = body(carry, x[t])</c>. Differentiable.
    /// </summary>
    /// <param name="body">From the state and one element to the next state, of the same shape and type, and an output.</param>
    /// <param name="initial">The state before the first element.</param>
    /// <param name="xs">The sequence: [length, …].</param>
    /// <returns>The last state, and the outputs: [length, …].</returns>
    /// <exception cref="ShapeException">The sequence has no first axis or is empty, or the body changes the shape of the state.</exception>
    public static (Tensor Carry, Tensor Outputs) Scan(Func<Tensor, Tensor, (Tensor Carry, Tensor Output)> body, Tensor initial, Tensor xs)
    {
        (Tensor[] carry, Tensor outputs) = Scan(
            (state, x) =>
            {
                (Tensor next, Tensor output) = body(state[0], x);
                return ([next], output);
            },
            [initial],
            xs);
        return (carry[0], outputs);
    }

    /// <summary>As <see cref="Scan(Func{Tensor, Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor)"/>, with a state of several tensors.</summary>
    /// <param name="body">From the state and one element to the next state, of the same shapes and types, and an output.</param>
    /// <param name="initial">The state before the first element.</param>
    /// <param name="xs">The sequence: [length, …].</param>
    public static (Tensor[] Carry, Tensor Outputs) Scan(Func<Tensor[], Tensor, (Tensor[] Carry, Tensor Output)> body, Tensor[] initial, Tensor xs)
    {
        if (xs.Rank == 0 || xs.Shape[0] == 0)
        {
            throw new ShapeException($"Scan: the sequence has shape {xs.Shape}; it needs a first axis with at least one element.");
        }

        TensorType[] types = [.. initial.Select(TypeOf), new TensorType(xs.Shape[1..], xs.DType)];
        TracedFunction step = TracedFunction.Trace(
            symbols =>
            {
                (Tensor[] next, Tensor output) = body(symbols[..^1], symbols[^1]);
                return [.. next, output];
            },
            types);
        RequireSameState("Scan", initial, step.Results[..^1]);

        Tensor[] carry = initial;
        var outputs = new Tensor[xs.Shape[0]];
        for (int t = 0; t < outputs.Length; t++)
        {
            Tensor[] results = step.Run([.. carry, xs[t]]);
            carry = results[..^1];
            outputs[t] = results[^1];
        }

        return (carry, Tensor.Stack(outputs));
    }

    /// <summary>
    /// Runs a body on a state as long as a condition holds. The number of rounds depends on values, so it cannot stand inside a traced function.
    /// </summary>
    /// <param name="condition">From the state to one boolean.</param>
    /// <param name="body">From the state to the next, of the same shapes and types.</param>
    /// <param name="initial">The state at the start.</param>
    /// <param name="maxRounds">After how many rounds an error is thrown.</param>
    /// <returns>The first state for which the condition does not hold; differentiable along the rounds that ran.</returns>
    /// <exception cref="ShapeException">The condition is not one boolean, or the body changes the shape of the state.</exception>
    /// <exception cref="InvalidOperationException">The condition still holds after <paramref name="maxRounds"/> rounds.</exception>
    public static Tensor[] While(Func<Tensor[], Tensor> condition, Func<Tensor[], Tensor[]> body, Tensor[] initial, int maxRounds = 1_000_000)
    {
        TensorType[] types = [.. initial.Select(TypeOf)];
        TracedFunction test = TracedFunction.Trace(symbols => [condition(symbols)], types), step = TracedFunction.Trace(body, types);
        Tensor holds = test.Results[0];
        if (holds.Size != 1 || holds.DType != DType.Bool)
        {
            throw new ShapeException($"While: the condition is {holds.DType} {holds.Shape}; one boolean is needed: use Any or All.");
        }

        RequireSameState("While", initial, step.Results);
        Tensor[] state = initial;
        for (int round = 0; (bool)test.Run(state)[0]; round++)
        {
            if (round == maxRounds)
            {
                throw new InvalidOperationException($"While: the condition still holds after {maxRounds} rounds; raise maxRounds or check the body.");
            }

            state = step.Run(state);
        }

        return state;
    }

    private static TensorType TypeOf(Tensor tensor) => new(tensor.Shape, tensor.DType);

    private static void RequireSameState(string op, Tensor[] before, Tensor[] after)
    {
        if (after.Length != before.Length)
        {
            throw new ShapeException($"{op}: the body turns a state of {before.Length} tensors into one of {after.Length}; it must stay the same.");
        }

        for (int i = 0; i < before.Length; i++)
        {
            if (TypeOf(after[i]) != TypeOf(before[i]))
            {
                throw new ShapeException($"{op}: the body turns part {i} of the state from {TypeOf(before[i])} into {TypeOf(after[i])}; it must stay the same.");
            }
        }
    }
}
