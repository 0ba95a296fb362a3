namespace ProbNet.Autodiff;

/// <summary>A unary operation whose function exists for one double at a time; Float32 goes through double and is rounded once.</summary>
internal abstract class ScalarUnaryOp : UnaryOp
{
    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float32)
        {
            float[] x = inputs[0].Data<float>(), y = GC.AllocateUninitializedArray<float>(x.Length);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = (float)Map(x[i]);
            }

            return y;
        }
        else
        {
            double[] x = inputs[0].Data<double>(), y = GC.AllocateUninitializedArray<double>(x.Length);
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = Map(x[i]);
            }

            return y;
        }
    }

    /// <summary>The function of one element.</summary>
    protected abstract double Map(double x);
}
