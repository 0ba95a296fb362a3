namespace ProbNet.Autodiff;

/// <summary>
/// y[…, i, …] = x[…, index[…, i, …], …] along an axis, with an index of as many axes. The gradient is added up where it was gathered.
/// </summary>
internal sealed class Gather(int axis) : Op
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.RequireFits(inputs[1], inputs[0].Shape, axis, Name);
        return new(inputs[1].Shape, inputs[0].DType);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        int[] offsets = Indices.Offsets(inputs[1], inputs[0].Shape, axis, Name);
        return inputs[0].RawData switch
        {
            float[] x => Pick(x, offsets),
            double[] x => Pick(x, offsets),
            int[] x => Pick(x, offsets),
            long[] x => Pick(x, offsets),
            var x => Pick((bool[])x, offsets),
        };
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        index == 0 ? new ScatterAdd(axis).Apply(Tensor.ZerosLike(inputs[0]), inputs[1], dy) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.Materialize(inputs, batched, size));

    private static T[] Pick<T>(T[] x, int[] offsets)
    {
        T[] y = GC.AllocateUninitializedArray<T>(offsets.Length);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[offsets[i]];
        }

        return y;
    }
}
