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

    protected override void Change(Array y, ReadOnlySpan<int> offsets, Array source)
    {
        switch (Elements.Bytes(y))
        {
            case 1: Put<byte>(y, offsets, source); break;
            case 4: Put<int>(y, offsets, source); break;
            default: Put<long>(y, offsets, source); break;
        }
    }

    private static void Put<T>(Array result, ReadOnlySpan<int> offsets, Array source) where T : unmanaged
    {
        Span<T> x = Elements.Bits<T>(source), y = Elements.Bits<T>(result);
        for (int i = 0; i < offsets.Length; i++)
        {
            y[offsets[i]] = x[i];
        }
    }
}
