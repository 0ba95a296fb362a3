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

    /// <summary>Whether the operation shares large work among threads by itself, so that a plan runs nothing beside it.</summary>
    public virtual bool SharesThreads => false;

    /// <summary>How the operation works on blocks of elements, each on its own, for inputs of given types; null if it is not elementwise.</summary>
    public virtual BlockKernel? Block(ReadOnlySpan<DType> inputs) => null;

    /// <summary>How the operation works on rows, each on its own: a reduction or map of the last axes of its one input; null if it is not one.</summary>
    public virtual RowKernel? Rows(TensorType input) => null;

    /// <summary>How the operation runs on a device: as kernels. Null if it goes through the host.</summary>
    /// <param name="inputs">The types of the inputs.</param>
    /// <param name="output">The type of the result.</param>
    public virtual LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        if (inputs.Count == 0 || ViewOf(Layout.Of(inputs[0].Shape)) is not { } view)
        {
            return null;
        }

        var kernels = new Lowering(Name, inputs, output);
        kernels.Copy(0, view, kernels.Result, Layout.Of(output.Shape));
        return kernels.Done();
    }

    /// <summary>Where the elements of the result lie in the memory of the one input, if the operation only looks at them in another way; else null.</summary>
    /// <param name="x">Where those of the input lie.</param>
    public virtual Layout? ViewOf(Layout x) => null;

    /// <summary>The result, where <see cref="Infer"/> has computed it already; else null.</summary>
    public virtual Tensor? Known => null;

    /// <summary>Whether <see cref="CheckValues"/> does anything: then the values are those of the second input, or of the only one.</summary>
    public virtual bool HasValueCheck => false;

    /// <summary>Refuses values that the operation does not take, as <see cref="Evaluate(Tensor[], Array)"/> does, which no kernel can: indices outside of an axis.</summary>
    public virtual void CheckValues(Tensor[] inputs)
    {
    }

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
        bool symbolic = false, free = true;
        Tensor? placed = null;
        foreach (Tensor input in inputs)
        {
            levels |= input.Levels;
            symbolic |= input.IsSymbolic;
            free &= input.IsFree;
            placed = input.Memory is null ? placed : input;
        }

        levels = IsDifferentiable && type.DType.IsFloating() ? levels & ~GradientScope.Suspended : 0;
        if (placed is not null)
        {
            RequireOneDevice(inputs, placed);
        }

        TapeNode? node = levels == 0 ? null : new TapeNode(this, inputs, levels);
        return symbolic ? Tensor.Symbol(type.Shape, type.DType, new TapeNode(this, inputs, levels))
            : placed is null ? new Tensor(type.Shape, type.DType, Evaluate(inputs, type), node) { IsFree = free }
            : new Tensor(type.Shape, type.DType, placed.Device.Evaluate(this, inputs, type), node);
    }

    private void RequireOneDevice(Tensor[] inputs, Tensor placed)
    {
        foreach (Tensor input in inputs)
        {
            if (input.Device != placed.Device && !input.IsFree && !input.IsSymbolic)
            {
                throw new DeviceException(
                    $"{Name}: the inputs live on different devices, {input.DType} {input.Shape} on {input.Device} and {placed.DType} {placed.Shape} on {placed.Device}; "
                    + "move one with To(device).");
            }
        }
    }

    /// <summary>Refuses an input that is not of a floating-point type.</summary>
    protected DType RequireFloating(Tensor input) => input.DType.IsFloating()
        ? input.DType
        : throw new DTypeException($"{Name}: the input is {input.DType} {input.Shape}; a floating-point type is needed: use Cast(DType.Float32).");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
