using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = a − b·c, rounded once: where the product is near a, its own rounding would be left.</summary>
internal sealed class ProductResidual : ScalarTernaryOp
{
    public static ProductResidual Instance { get; } = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index == 0 ? dy : -dy * inputs[index == 1 ? 2 : 1];

    protected override double Map(double a, double b, double c) => Math.FusedMultiplyAdd(-b, c, a);
}
