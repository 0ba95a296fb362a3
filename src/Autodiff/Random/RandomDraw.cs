using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Independent draws from a distribution without parameters. No inputs, no gradient.</summary>
internal sealed class RandomDraw(RandomDraw.Kind kind, RandomKey key, Shape shape, DType dtype) : Op
{
    public enum Kind
    {
        Uniform,
        UniformOpen,
        Normal,
        Exponential,
        Gumbel,
    }

    public override string Name => $"Random{kind}";

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new(shape, dtype);

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float32)
        {
            float[] x = GC.AllocateUninitializedArray<float>(type.Shape.Size);
            Fill<float>(x);
            return x;
        }

        double[] y = GC.AllocateUninitializedArray<double>(type.Shape.Size);
        Fill<double>(y);
        return y;
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    private void Fill<T>(Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case Kind.Uniform: RandomFill.Uniform(key, destination); break;
            case Kind.UniformOpen: RandomFill.UniformOpen(key, destination); break;
            case Kind.Normal: RandomFill.Normal(key, destination); break;
            case Kind.Exponential: RandomFill.Exponential(key, destination); break;
            default: RandomFill.Gumbel(key, destination); break;
        }
    }
}
