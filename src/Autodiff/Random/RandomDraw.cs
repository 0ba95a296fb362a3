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

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        // A key with bits belongs to no device: it draws on the host.
        if (inputs.Count == 0)
        {
            return null;
        }

        var kernels = new Lowering(Name, inputs, output);
        if (shape.Size > 0)
        {
            kernels.Call(new RandomKernel(Name, dtype == DType.Float32 ? Map<float>() : Map<double>(), shape.Size), 0, kernels.Result);
        }

        return kernels.Done();
    }

    private KernelProgram Map<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => kind switch
    {
        Kind.Uniform => RecordedKernel.RandomMap<RandomMaps.Uniform, T>(),
        Kind.UniformOpen => RecordedKernel.RandomMap<RandomMaps.UniformOpen, T>(),
        Kind.Normal => RecordedKernel.RandomMap<RandomMaps.Normal, T>(),
        Kind.Exponential => RecordedKernel.RandomMap<RandomMaps.Exponential, T>(),
        _ => RecordedKernel.RandomMap<RandomMaps.Gumbel, T>(),
    };

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
