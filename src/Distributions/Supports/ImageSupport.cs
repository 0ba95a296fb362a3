using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The image of a support under a transform.</summary>
internal sealed class ImageSupport(Support source, Transform transform) : Support
{
    public override string Name => $"image of {source.Name} under {transform}";

    // Whichever of the two sets takes more axes; the results of a map of vectors are looked at as vectors.
    public override int EventRank => Math.Max(transform.Codomain.EventRank, source.EventRank + transform.OutputRank - transform.EventRank);

    internal override bool IsFixed => false;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype)
    {
        if (source.Ends(dtype) is not { } ends)
        {
            return null;
        }

        Tensor low = End(ends.Low), high = End(ends.High);
        return (transform.ByTrend(() => low, () => high), transform.ByTrend(() => high, () => low));

        // An infinite one has no derivatives.
        Tensor End(Tensor at)
        {
            Tensor end = transform.Forward(at), finite = Gradient.Stop(end).IsFinite();
            return end.Levels == 0 && !end.IsSymbolic ? end
                : Tensor.Where(finite, transform.Forward(Tensor.Where(finite, at, Gradient.Stop(source.InteriorPoint(dtype)))), Gradient.Stop(end));
        }
    }

    public override Tensor Contains(Tensor value)
    {
        Tensor reachable = transform.Codomain.Contains(value);
        Tensor safe = Tensor.Where(MaskedSupport.Spread(reachable, transform.Codomain.EventRank), value, transform.Codomain.InteriorPoint(value.DType, Event(value)));
        Tensor inverse = transform.Inverse(safe);

        // A parameter of the map that is NaN must make the density NaN, so the density is asked.
        Tensor nan = inverse.IsNaN();
        Tensor inside = source.Contains(inverse) | All(nan, source.EventRank, any: true);
        return All(reachable, EventRank - transform.Codomain.EventRank) & All(inside, inside.Rank - value.Rank + EventRank);
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default)
    {
        Shape argument = shape.Rank == 0 ? shape : transform.InverseShape(shape);
        Tensor point = source.InteriorPoint(dtype, argument);
        return transform.Forward(shape.Rank == 0 ? point : point.BroadcastTo(argument));
    }

    public override Transform FromReal() => ReferenceEquals(source, Real) ? transform : source.FromReal().Then(transform);

    private Shape Event(Tensor value) => value.Shape[^Math.Min(value.Rank, Math.Max(EventRank, transform.OutputRank))..];

    private static Tensor All(Tensor mask, int axes, bool any = false)
    {
        int[] last = [.. Enumerable.Range(-axes, axes)];
        return axes <= 0 ? mask : any ? mask.Any(last) : mask.All(last);
    }
}
