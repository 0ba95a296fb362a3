namespace ProbNet.Autodiff;

/// <summary>
/// y = log Σ eˣ over the last axis, shifted by the maximum. −∞ over no elements and over −∞ alone, with a gradient of zero; +∞ if one is among
/// them, which then takes the gradient. ∂y/∂x = softmax(x).
/// </summary>
internal sealed unsafe class LogSumExp : RowMap
{
    public static readonly LogSumExp Instance = new();

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape[..^1], RequireFloating(inputs[0]));

    protected override bool Reduces => true;

    // A share that is 2²⁶ least normal numbers or less beside others that sum to 1 changes no gradient; but its products are soon subnormal, which take the processor a
    // hundred times as long, and with them the rest of a vector.
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor share = Softmax.Instance.Apply(inputs[0]);
        double least = Math.ScaleB(inputs[0].DType == DType.Float32 ? 1.17549435e-38 : 2.2250738585072014e-308, 26);
        return dy.Unsqueeze(-1) * Tensor.Where(share < least, 0.0, share);
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        kernels.Reduce(0, RowExtent(inputs[0].Shape), new(Reduction.LogSumExp), kernels.Result);
        return kernels.Done();
    }

    protected override void Map<T>(T* x, T* y, int rows, int columns, bool shared) => ReductionLoop.LogSumExpRows(x, y, rows, columns, shared);
}
