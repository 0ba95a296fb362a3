using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Independent draws from a distribution without parameters.</summary>
internal sealed class RandomDraw(RandomDraw.Kind kind, RandomKey key, Shape shape, DType dtype) : KeyedOp(key)
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

    public override TensorType Infer(Tensor[] inputs) => new(shape, dtype);

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        if (result is float[] narrow)
        {
            Fill<float>(Key(inputs), narrow);
        }
        else
        {
            Fill<double>(Key(inputs), (double[])result);
        }
    }

    private void Fill<T>(RandomKey from, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (kind)
        {
            case Kind.Uniform: RandomFill.Uniform(from, destination); break;
            case Kind.UniformOpen: RandomFill.UniformOpen(from, destination); break;
            case Kind.Normal: RandomFill.Normal(from, destination); break;
            case Kind.Exponential: RandomFill.Exponential(from, destination); break;
            default: RandomFill.Gumbel(from, destination); break;
        }
    }
}
