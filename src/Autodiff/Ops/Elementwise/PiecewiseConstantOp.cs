namespace ProbNet.Autodiff;

/// <summary>A unary operation whose derivative is zero wherever it exists, and is taken as zero where it does not: rounding and signs.</summary>
internal abstract class PiecewiseConstantOp<TKernel> : VectorUnaryOp<TKernel> where TKernel : struct, IUnaryKernel
{
    public override bool IsDifferentiable => false;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => null;
}
