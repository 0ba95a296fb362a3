namespace ProbNet.Autodiff;

/// <summary>
/// Replaces elements of x by source elements where the index says; of several that meet, the last stays. The gradient of what was replaced, and
/// of source elements that did not stay, is zero.
/// </summary>
internal sealed class Scatter(int axis) : ScatterOp(axis)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor at = inputs[1];
        switch (index)
        {
            case 0:
                return Apply(dy, at, Tensor.Zeros(at.Shape, dy.DType));
            case 1:
                return null;
            default:
                Tensor number = Tensor.Arange(at.Size).Reshape(at.Shape);
                Tensor last = new Gather(Axis).Apply(Apply(Tensor.Zeros(dy.Shape, DType.Int64), at, number), at);
                return new Gather(Axis).Apply(dy, at) * last.EqualTo(number).Cast(dy.DType);
        }
    }

    protected override void Change(Array y, int[] offsets, Array source)
    {
        switch (y)
        {
            case float[] to: Put(to, offsets, (float[])source); break;
            case double[] to: Put(to, offsets, (double[])source); break;
            case int[] to: Put(to, offsets, (int[])source); break;
            case long[] to: Put(to, offsets, (long[])source); break;
            default: Put((bool[])y, offsets, (bool[])source); break;
        }
    }

    private static void Put<T>(T[] y, int[] offsets, T[] source)
    {
        for (int i = 0; i < offsets.Length; i++)
        {
            y[offsets[i]] = source[i];
        }
    }
}
