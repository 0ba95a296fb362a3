using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A question about each element of a floating-point tensor. The result is Bool; no gradient.</summary>
internal abstract class PredicateOp<TKernel> : Op where TKernel : struct, IPredicateKernel
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        RequireFloating(inputs[0]);
        return new(inputs[0].Shape, DType.Bool);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type) =>
        inputs[0].DType == DType.Float32 ? Map(inputs[0].Data<float>()) : Map(inputs[0].Data<double>());

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private static bool[] Map<T>(T[] x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool[] y = GC.AllocateUninitializedArray<bool>(x.Length);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TKernel.Apply(x[i]);
        }

        return y;
    }
}
