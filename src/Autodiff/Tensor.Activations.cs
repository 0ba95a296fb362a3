namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    // Chosen so that mean 0 and variance 1 are a fixed point (Klambauer et al. 2017).
    private const double SeluAlpha = 1.6732632423543772;
    private const double SeluScale = 1.0507009873554805;

    /// <summary>The logistic function 1/(1 + e⁻ˣ), without overflow.</summary>
    public Tensor Sigmoid() => Autodiff.Sigmoid.Instance.Apply(this);

    /// <summary>ln(1/(1 + e⁻ˣ)), finite for every finite x.</summary>
    public Tensor LogSigmoid() => Autodiff.LogSigmoid.Instance.Apply(this);

    /// <summary>ln(x/(1 − x)), the inverse of <see cref="Sigmoid"/>: −∞ at 0, +∞ at 1, NaN outside.</summary>
    public Tensor Logit() => Autodiff.Logit.Instance.Apply(this);

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    public Tensor Softplus() => Autodiff.Softplus.Instance.Apply(this);

    /// <summary>max(x, 0). Its gradient at 0 is 0.</summary>
    public Tensor Relu() => Autodiff.Relu.Instance.Apply(this);

    /// <summary>x above 0, else slope·x. Its gradient at 0 is the slope.</summary>
    /// <param name="slope">The slope below 0. A tensor receives its gradient, and broadcasts (a parametric relu; He et al. 2015).</param>
    public Tensor LeakyRelu(Tensor? slope = null) => Autodiff.LeakyRelu.Instance.Apply(this, slope ?? 0.01);

    /// <summary>x above 0, else α(eˣ − 1) (Clevert et al. 2016). Its gradient at 0 is α.</summary>
    /// <param name="alpha">Minus the value that it tends to on the left.</param>
    public Tensor Elu(double alpha = 1) => Autodiff.Elu.Instance.Apply(this, alpha);

    /// <summary>The self-normalising scaled elu (Klambauer et al. 2017).</summary>
    public Tensor Selu() => SeluScale * Elu(SeluAlpha);

    /// <summary>x above 0, else α(e^(x/α) − 1): an elu with a continuous gradient (Barron 2017).</summary>
    /// <param name="alpha">Minus the value that it tends to on the left; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">α is not above 0.</exception>
    public Tensor Celu(double alpha = 1) => alpha > 0
        ? alpha * (this / alpha).Elu()
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Celu: alpha must be above 0.");

    /// <summary>x·Φ(x), with the normal distribution function (Hendrycks and Gimpel 2016).</summary>
    public Tensor Gelu() => Autodiff.Gelu.Instance.Apply(this);

    /// <summary>The approximation of <see cref="Gelu"/> by a hyperbolic tangent: x(1 + tanh(√(2/π)(x + 0.044715x³)))/2.</summary>
    public Tensor GeluTanh() => Autodiff.GeluTanh.Instance.Apply(this);

    /// <summary>x·σ(x), also called swish (Elfwing et al. 2018).</summary>
    public Tensor Silu() => Autodiff.Silu.Instance.Apply(this);

    /// <summary>x·tanh(ln(1 + eˣ)) (Misra 2019).</summary>
    public Tensor Mish() => Autodiff.Mish.Instance.Apply(this);

    /// <summary>x, limited to an interval. Unlike <see cref="Clip(double, double)"/>, its gradient at the ends is 0.</summary>
    /// <param name="min">The lower end.</param>
    /// <param name="max">The upper end.</param>
    public Tensor HardTanh(double min = -1, double max = 1) => new HardTanh(min, max).Apply(this);

    /// <summary>x/6 + ½, limited to [0, 1]. Its gradient at ±3 is 0.</summary>
    public Tensor HardSigmoid() => Autodiff.HardSigmoid.Instance.Apply(this);

    /// <summary>x times <see cref="HardSigmoid"/> (Howard et al. 2019).</summary>
    public Tensor HardSwish() => Autodiff.HardSwish.Instance.Apply(this);

    /// <summary>x/(1 + |x|).</summary>
    public Tensor Softsign() => Autodiff.Softsign.Instance.Apply(this);

    /// <summary>x − tanh x.</summary>
    public Tensor TanhShrink() => this - Tanh();
}
