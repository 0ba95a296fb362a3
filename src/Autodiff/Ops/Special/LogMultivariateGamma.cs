namespace ProbNet.Autodiff;

/// <summary>y = ln Γₚ(x) = p(p − 1)/4 ln π + Σⱼ ln Γ(x − j/2), j = 0 … p − 1. dy/dx = Σⱼ ψ(x − j/2).</summary>
internal sealed class LogMultivariateGamma(int p) : ScalarUnaryOp
{
    public override string Name => $"LogMultivariateGamma({p})";

    protected override double Map(double x) => Special.LogMultivariateGamma(p, x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor sum = x.Digamma();
        for (int j = 1; j < p; j++)
        {
            sum += (x - (0.5 * j)).Digamma();
        }

        return dy * sum;
    }
}
