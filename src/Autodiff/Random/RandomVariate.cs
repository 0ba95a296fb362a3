namespace ProbNet.Autodiff;

/// <summary>Draws from a distribution with one parameter, several for each element of it. No gradient: it is attached by who knows the distribution.</summary>
internal sealed class RandomVariate(RandomVariate.Kind kind, RandomKey key, Shape shape) : Op
{
    public enum Kind
    {
        LogGamma,
        Poisson,
    }

    public override string Name => $"Random{kind}";

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new(shape.Concat(inputs[0].Shape), RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        double[] parameters = inputs[0].BroadcastTo(type.Shape).ToDoubles();
        if (kind == Kind.LogGamma)
        {
            RandomFill.LogGamma(key, parameters, parameters);
        }
        else
        {
            RandomFill.Poisson(key, parameters, parameters);
        }

        return type.DType == DType.Float64 ? parameters : Array.ConvertAll(parameters, x => (float)x);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;
}
