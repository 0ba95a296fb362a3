using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Vectors of numbers from 0 that add up to 1, or the logarithms of such vectors.</summary>
internal sealed class SimplexSupport(bool logarithms) : Support
{
    public override string Name => logarithms ? "logarithms of the simplex" : "simplex";

    public override int EventRank => 1;

    public override Tensor Contains(Tensor value)
    {
        Tensor sum = logarithms ? value.LogSumExp(-1) : (value.Sum(-1) - 1);
        Tensor near = sum.Abs() <= VectorSupport.Tolerance(value.DType);
        return logarithms ? near : near & (value >= 0).All(-1);
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default)
    {
        double part = 1.0 / Math.Max(1, shape.Rank == 0 ? 1 : shape[-1]);
        return Tensor.Full(shape.Rank == 0 ? Shape.Scalar : shape[^1..], logarithms ? Math.Log(part) : part, dtype);
    }

    public override Transform FromReal() =>
        logarithms ? new StickBreakingTransform().Then(new LogTransform()) : new StickBreakingTransform();
}
