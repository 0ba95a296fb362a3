namespace ProbNet.Autodiff;

/// <summary>
/// y = min(max(x, lower), upper); where lower is above upper, y is upper. ∂y/∂x = 1 where lower ≤ x ≤ upper, both ends included; the gradient of a
/// bound is dy where the bound is what came out.
/// </summary>
internal sealed class Clip : VectorTernaryOp<Clip.Kernel>
{
    public static readonly Clip Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0], lower = inputs[1], upper = inputs[2];
        return index switch
        {
            0 => Tensor.Where((x >= lower) & (x <= upper), dy, 0),
            1 => Tensor.Where((x < lower) & (lower < upper), dy, 0),
            _ => Tensor.Where((x > upper) | (upper < lower), dy, 0),
        };
    }

    public readonly struct Kernel : ITernaryKernel
    {
        static V ITernaryKernel.Apply<V, T>(V x, V lower, V upper) => V.Min(V.Max(x, lower), upper);
    }
}
