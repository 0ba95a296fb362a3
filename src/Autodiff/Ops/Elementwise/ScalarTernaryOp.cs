namespace ProbNet.Autodiff;

/// <summary>A ternary operation whose function exists for three doubles at a time; Float32 goes through double and is rounded once.</summary>
internal abstract class ScalarTernaryOp : TernaryOp
{
    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        double[] a = Operand(inputs[0], type.Shape), b = Operand(inputs[1], type.Shape), c = Operand(inputs[2], type.Shape);
        double[] y = new double[type.Shape.Size];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Map(a[i], b[i], c[i]);
        }

        return type.DType == DType.Float64 ? y : Array.ConvertAll(y, value => (float)value);
    }

    /// <summary>The function of one triple of elements.</summary>
    protected abstract double Map(double a, double b, double c);

    // These functions cost far more than a copy, so the operands are simply brought to the full shape and to double.
    private static double[] Operand(Tensor x, Shape shape)
    {
        Array full = x.Shape == shape ? x.RawData : new BroadcastTo(shape).Evaluate([x], new(shape, x.DType));
        return full as double[] ?? Array.ConvertAll((float[])full, value => (double)value);
    }
}
