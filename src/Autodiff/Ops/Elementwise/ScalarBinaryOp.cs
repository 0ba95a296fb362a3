namespace ProbNet.Autodiff;

/// <summary>A binary operation whose function exists for one pair of doubles at a time; Float32 goes through double and is rounded once.</summary>
internal abstract class ScalarBinaryOp : BinaryOp
{
    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType == DType.Float32
        ? ElementLoop.Binary<Singles, float, float>(new(this), inputs[0], inputs[1], type.Shape)
        : ElementLoop.Binary<Doubles, double, double>(new(this), inputs[0], inputs[1], type.Shape);

    /// <summary>The function of one pair of elements.</summary>
    protected abstract double Map(double a, double b);

    private readonly struct Doubles(ScalarBinaryOp op) : IElementKernel<double, double>
    {
        public double Apply(double a, double b) => op.Map(a, b);
    }

    private readonly struct Singles(ScalarBinaryOp op) : IElementKernel<float, float>
    {
        public float Apply(float a, float b) => (float)op.Map(a, b);
    }
}
