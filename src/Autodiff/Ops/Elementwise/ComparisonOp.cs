using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A comparison of the elements of two tensors of any one type, broadcast against each other. The result is Bool; no gradient.</summary>
internal abstract class ComparisonOp<TKernel> : BinaryOp where TKernel : struct, IComparisonKernel
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        RequireSameType(inputs);
        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), DType.Bool);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].DType switch
    {
        DType.Float32 => Evaluate<float>(inputs, type.Shape),
        DType.Float64 => Evaluate<double>(inputs, type.Shape),
        DType.Int32 => Evaluate<int>(inputs, type.Shape),
        DType.Int64 => Evaluate<long>(inputs, type.Shape),
        _ => ElementLoop.Binary<Booleans, bool, bool>(default, inputs[0], inputs[1], type.Shape),
    };

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    private static bool[] Evaluate<T>(Tensor[] inputs, Shape shape) where T : unmanaged, INumber<T> =>
        ElementLoop.Binary<Numbers<T>, T, bool>(default, inputs[0], inputs[1], shape);

    private readonly struct Numbers<T> : IElementKernel<T, bool> where T : unmanaged, INumber<T>
    {
        public bool Apply(T a, T b) => TKernel.Apply(a, b);
    }

    private readonly struct Booleans : IElementKernel<bool, bool>
    {
        public bool Apply(bool a, bool b) => TKernel.Apply(a ? 1 : 0, b ? 1 : 0);
    }
}
