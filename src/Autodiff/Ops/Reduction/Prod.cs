namespace ProbNet.Autodiff;

/// <summary>
/// y = Π x along an axis; 1 over no elements. dx_i = dy · Π_{j&lt;i} x_j · Π_{j>i} x_j: nothing is divided, so the gradient is exact with any
/// number of zeros, at any order.
/// </summary>
internal sealed unsafe class Prod(int axis, bool keepDims) : ReduceOp([axis], keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor x = inputs[0];
        Tensor before = Shifted.Along(new CumProd(axis, reverse: false).Apply(x), axis, 1, 1);
        Tensor after = Shifted.Along(new CumProd(axis, reverse: true).Apply(x), axis, -1, 1);
        return before * after * Expanded(dy, x);
    }

    protected override DType ResultType(Tensor x) => x.DType.IsInteger() ? x.DType : RequireFloating(x);

    public override ReductionForm? Form(DType type, int count) => new(Reduction.Product);

    protected override void Reduce<T>(T* x, void* y, Extent extent) => Fold<T, Step<T>>(x, (T*)y, extent);

    protected override void ReduceIntegers<T>(T* x, void* y, Extent extent) => Fold<T, Step<T>>(x, (T*)y, extent);

    private readonly struct Step<T> : IFoldStep<T> where T : unmanaged, System.Numerics.INumberBase<T>
    {
        public static T Identity => T.One;

        public static T Next(T total, T value) => total * value;
    }
}
