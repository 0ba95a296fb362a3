using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The outcomes of a distribution where a mask is true, anything where it is false.</summary>
internal sealed class MaskedSupport(Distribution source, Tensor mask) : Support
{
    public override string Name => $"{source.Support.Name} where observed";

    public override int EventRank => source.EventShape.Rank;

    public override bool IsDiscrete => source.Support.IsDiscrete;

    internal override bool IsFixed => false;

    public override Tensor Contains(Tensor value)
    {
        Tensor inside = source.Support.Contains(value);
        int axes = source.EventShape.Rank - source.Support.EventRank;
        return (axes == 0 ? inside : inside.All([.. Enumerable.Range(-axes, axes)])) | !mask;
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => source.Support.InteriorPoint(dtype, shape);

    public override Transform FromReal() => source.Support.FromReal();

    /// <summary>A mask with further axes at the end.</summary>
    public static Tensor Spread(Tensor mask, int axes)
    {
        for (int i = 0; i < axes; i++)
        {
            mask = mask.Unsqueeze(-1);
        }

        return mask;
    }
}
