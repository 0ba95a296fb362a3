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

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy.Unsqueeze(-1) * Softmax.Instance.Apply(inputs[0]);

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        kernels.Reduce(0, RowExtent(inputs[0].Shape), new(Reduction.LogSumExp), kernels.Result);
        return kernels.Done();
    }

    protected override void Map<T>(T* x, T* y, int rows, int columns, bool shared) => ReductionLoop.LogSumExpRows(x, y, rows, columns, shared);
}
