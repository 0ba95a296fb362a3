using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The image of a support under a transform.</summary>
internal sealed class ImageSupport(Support source, Transform transform) : Support
{
    public override string Name => $"image of {source.Name} under {transform}";

    public override int EventRank => source.EventRank;

    internal override bool IsFixed => false;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype) => source.Ends(dtype) is not { } ends ? null
        : transform.IsIncreasing ? (transform.Forward(ends.Low), transform.Forward(ends.High))
        : (transform.Forward(ends.High), transform.Forward(ends.Low));

    public override Tensor Contains(Tensor value)
    {
        Tensor reachable = transform.Codomain.Contains(value);
        Tensor safe = Tensor.Where(reachable, value, transform.Codomain.InteriorPoint(value.DType));
        Tensor inverse = transform.Inverse(safe);

        // A parameter of the map that is NaN must make the density NaN, so the density is asked.
        return reachable & (source.Contains(inverse) | inverse.IsNaN());
    }

    public override Tensor InteriorPoint(DType dtype) => transform.Forward(source.InteriorPoint(dtype));
}
