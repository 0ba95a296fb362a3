namespace ProbNet.Autodiff;

/// <summary>The L2 norm of all inputs together, a Float64 scalar: <see cref="GradientClipping.GlobalNorm"/> where the gradients have no values yet.</summary>
internal sealed class GradientNorm : Op
{
    public static readonly GradientNorm Instance = new();

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            GradientClipping.RequireFloating(inputs[i], i);
        }

        return new TensorType(Shape.Scalar, DType.Float64);
    }

    public override void Evaluate(Tensor[] inputs, Array result) => ((double[])result)[0] = GradientClipping.GlobalNorm(inputs);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;
}
