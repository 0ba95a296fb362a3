namespace ProbNet.Autodiff;

/// <summary>
/// An operation on tensors: data, not a closure. It says what shape and type its result has, computes it, and gives its vector-Jacobian
/// product in terms of tensor operations, so that gradients of any order follow. Attributes (axes, exponents …) are fields that never change.
/// </summary>
/// <remarks>
/// Every operation takes leading batch axes and counts its own axes from the end, so that <see cref="Vectorization"/> can add an axis in front.
/// </remarks>
internal abstract class Op
{
    /// <summary>The name in errors and listings.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>True when the operation passes gradients on; false for comparisons, indices and rounding.</summary>
    public virtual bool IsDifferentiable => true;

    /// <summary>The shape and type of the result; throws when the inputs do not fit.</summary>
    public abstract TensorType Infer(Tensor[] inputs);

    /// <summary>
    /// Computes the result, row-major, from inputs that have passed <see cref="Infer"/>, into an array of exactly its elements that is none of theirs.
    /// Every operation overrides this or <see cref="Evaluate(Tensor[], TensorType)"/>, which are written in terms of each other.
    /// </summary>
    public virtual void Evaluate(Tensor[] inputs, Array result) => Array.Copy(Evaluate(inputs, Infer(inputs)), result, result.Length);

    /// <summary>The result in an array of its own, or in that of an input whose elements it shares.</summary>
    public virtual Array Evaluate(Tensor[] inputs, TensorType type)
    {
        Array result = type.DType.Allocate(type.Shape.Size);
        Evaluate(inputs, result);
        return result;
    }

    /// <summary>How the operation works on blocks of elements, each on its own, for inputs of given types; null if it is not elementwise.</summary>
    public virtual BlockKernel? Block(ReadOnlySpan<DType> inputs) => null;

    /// <summary>How the operation works on rows, each on its own: a reduction or map of the last axes of its one input; null if it is not one.</summary>
    public virtual RowKernel? Rows(TensorType input) => null;

    /// <summary>
    /// The gradient with respect to one input, given the gradient with respect to the output; null for exactly zero. It may have the broadcast
    /// shape: the engine sums it back to the shape of the input.
    /// </summary>
    /// <param name="index">Which input.</param>
    /// <param name="inputs">All inputs.</param>
    /// <param name="output">The result of the forward pass.</param>
    /// <param name="dy">The gradient with respect to the output, of its shape and type.</param>
    public abstract Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy);

    /// <summary>
    /// The operation over a batch: inputs marked in <paramref name="batched"/> have one more axis in front, of length <paramref name="size"/>;
    /// so does the result. The fallback runs the operation once an element of the batch.
    /// </summary>
    public virtual Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Vectorization.Loop(this, inputs, batched, size);

    /// <summary>Applies the operation: infers, computes (unless an input is a symbol), and records what a gradient or trace needs.</summary>
    public Tensor Apply(params Tensor[] inputs)
    {
        TensorType type = Infer(inputs);
        ulong levels = 0;
        bool symbolic = false;
        foreach (Tensor input in inputs)
        {
            levels |= input.Levels;
            symbolic |= input.IsSymbolic;
        }

        levels = IsDifferentiable && type.DType.IsFloating() ? levels & ~GradientScope.Suspended : 0;
        if (symbolic)
        {
            return new Tensor(type.Shape, type.DType, null, new TapeNode(this, inputs, levels));
        }

        Array data = Evaluate(inputs, type);
        return new Tensor(type.Shape, type.DType, data, levels == 0 ? null : new TapeNode(this, inputs, levels));
    }

    /// <summary>Refuses an input that is not of a floating-point type.</summary>
    protected DType RequireFloating(Tensor input) => input.DType.IsFloating()
        ? input.DType
        : throw new DTypeException($"{Name}: the input is {input.DType} {input.Shape}; a floating-point type is needed: use Cast(DType.Float32).");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
