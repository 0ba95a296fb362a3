namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>erf(x) = 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public Tensor Erf() => Autodiff.Erf.Instance.Apply(this);

    /// <summary>1 − erf(x), with relative precision for large x.</summary>
    public Tensor Erfc() => Autodiff.Erfc.Instance.Apply(this);

    /// <summary>e^(x²) erfc(x), which neither underflows nor overflows for large x.</summary>
    public Tensor Erfcx() => Autodiff.Erfcx.Instance.Apply(this);

    /// <summary>The inverse of <see cref="Erf"/>: ±∞ at ±1, NaN outside.</summary>
    public Tensor ErfInv() => Autodiff.ErfInv.Instance.Apply(this);

    /// <summary>The inverse of <see cref="Erfc"/>: +∞ at 0, −∞ at 2, NaN outside.</summary>
    public Tensor ErfcInv() => Autodiff.ErfcInv.Instance.Apply(this);

    /// <summary>Φ(x), the distribution function of the standard normal, with relative precision in the lower tail.</summary>
    public Tensor NormalCdf() => Autodiff.NormalCdf.Instance.Apply(this);

    /// <summary>ln Φ(x), finite far into the lower tail, where Φ itself is 0.</summary>
    public Tensor NormalLogCdf() => Autodiff.NormalLogCdf.Instance.Apply(this);

    /// <summary>The inverse of <see cref="NormalCdf"/>: −∞ at 0, +∞ at 1, NaN outside.</summary>
    public Tensor NormalQuantile() => Autodiff.NormalQuantile.Instance.Apply(this);

    /// <summary>ln |Γ(x)|: +∞ at 0 and the negative integers.</summary>
    public Tensor LogGamma() => Autodiff.LogGamma.Instance.Apply(this);

    /// <summary>ψ(x), the derivative of ln Γ(x).</summary>
    public Tensor Digamma() => Autodiff.Digamma.Instance.Apply(this);

    /// <summary>ψ₁(x), the second derivative of ln Γ(x).</summary>
    public Tensor Trigamma() => Polygamma(1);

    /// <summary>ψₙ(x), the (n + 1)-th derivative of ln Γ(x).</summary>
    /// <param name="n">The order: 0 is <see cref="Digamma"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The order is negative.</exception>
    public Tensor Polygamma(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        return n == 0 ? Digamma() : new Polygamma(n).Apply(this);
    }

    /// <summary>ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without the cancellation of that sum; a, b &gt; 0.</summary>
    public static Tensor LogBeta(Tensor a, Tensor b) => Autodiff.LogBeta.Instance.Apply(a, b);

    /// <summary>ln Γₚ(x), the multivariate gamma function of dimension p, for x &gt; (p − 1)/2.</summary>
    /// <param name="p">The dimension, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is below 1.</exception>
    public Tensor LogMultivariateGamma(int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 1);
        return new LogMultivariateGamma(p).Apply(this);
    }

    /// <summary>I₀(x), the modified Bessel function of the first kind of order 0.</summary>
    public Tensor BesselI0() => Autodiff.BesselI0.Instance.Apply(this);

    /// <summary>e^(−|x|) I₀(x), which does not overflow.</summary>
    public Tensor BesselI0e() => Autodiff.BesselI0e.Instance.Apply(this);

    /// <summary>I₁(x), the modified Bessel function of the first kind of order 1.</summary>
    public Tensor BesselI1() => Autodiff.BesselI1.Instance.Apply(this);

    /// <summary>e^(−|x|) I₁(x), which does not overflow.</summary>
    public Tensor BesselI1e() => Autodiff.BesselI1e.Instance.Apply(this);

    /// <summary>e^(−|x|) I_ν(x), the modified Bessel function of the first kind of real order. Differentiable in x.</summary>
    /// <param name="order">The order ν.</param>
    /// <param name="x">The point; if it is negative, the order must be an integer, else the value is NaN.</param>
    public static Tensor BesselIe(Tensor order, Tensor x) => Autodiff.BesselIe.Instance.Apply(order, x);

    /// <summary>
    /// ln I_ν(|x|), finite where I_ν overflows or underflows: with ν = p/2 − 1 the normalizer of the von Mises–Fisher distribution in p dimensions.
    /// Differentiable in x.
    /// </summary>
    /// <param name="order">The order ν, above −1 or an integer.</param>
    /// <param name="x">The point.</param>
    public static Tensor LogBesselI(Tensor order, Tensor x) => Autodiff.LogBesselI.Instance.Apply(order, x);

    /// <summary>
    /// I_(ν+1)(x)/I_ν(x), odd in x and 1 at infinity: with ν = p/2 − 1 the mean resultant length of the von Mises–Fisher distribution in p dimensions.
    /// Differentiable in x.
    /// </summary>
    /// <param name="order">The order ν, above −1.</param>
    /// <param name="x">The point.</param>
    public static Tensor BesselIRatio(Tensor order, Tensor x) => Autodiff.BesselIRatio.Instance.Apply(order, x);

    /// <summary>J₀(x), the Bessel function of the first kind of order 0.</summary>
    public Tensor BesselJ0() => Autodiff.BesselJ0.Instance.Apply(this);

    /// <summary>J₁(x), the Bessel function of the first kind of order 1.</summary>
    public Tensor BesselJ1() => Autodiff.BesselJ1.Instance.Apply(this);

    /// <summary>K₀(x), the modified Bessel function of the second kind of order 0: +∞ at 0, NaN below.</summary>
    public Tensor BesselK0() => Autodiff.BesselK0.Instance.Apply(this);

    /// <summary>eˣ K₀(x), which does not underflow.</summary>
    public Tensor BesselK0e() => Autodiff.BesselK0e.Instance.Apply(this);

    /// <summary>K₁(x), the modified Bessel function of the second kind of order 1: +∞ at 0, NaN below.</summary>
    public Tensor BesselK1() => Autodiff.BesselK1.Instance.Apply(this);

    /// <summary>eˣ K₁(x), which does not underflow.</summary>
    public Tensor BesselK1e() => Autodiff.BesselK1e.Instance.Apply(this);

    /// <summary>E₁(x) = ∫ₓ^∞ e^(−t)/t dt, the exponential integral: +∞ at 0, NaN below.</summary>
    public Tensor ExpIntegralE1() => Autodiff.ExpIntegralE1.Instance.Apply(this);

    /// <summary>F(x) = e^(−x²) ∫₀ˣ e^(t²) dt, Dawson's integral; odd, ~ 1/(2x) far out.</summary>
    public Tensor Dawson() => Autodiff.Dawson.Instance.Apply(this);

    /// <summary>W(x), the principal branch of Lambert's function: the y ≥ −1 with y e^y = x. NaN below −1/e, where its slope is infinite.</summary>
    public Tensor LambertW() => Autodiff.LambertW.Instance.Apply(this);

    /// <summary>
    /// T(h, a) = 1/2π ∫₀ᵃ e^(−h²(1 + t²)/2)/(1 + t²) dt, Owen's function: the probability of X &gt; h and 0 &lt; Y &lt; aX for independent standard normals.
    /// </summary>
    /// <param name="h">The distance from the origin.</param>
    /// <param name="a">The slope; ±∞ is allowed.</param>
    public static Tensor OwensT(Tensor h, Tensor a) => Autodiff.OwensT.Instance.Apply(h, a);

    /// <summary>
    /// P(a, x) = γ(a, x)/Γ(a), the regularized lower incomplete gamma function: the distribution function of Gamma(a, rate 1).
    /// Differentiable in both; a second derivative in a is not available.
    /// </summary>
    /// <param name="a">The shape, above 0.</param>
    /// <param name="x">The point, at least 0.</param>
    public static Tensor GammaP(Tensor a, Tensor x) => Autodiff.GammaP.Instance.Apply(a, x);

    /// <summary>Q(a, x) = 1 − P(a, x), the regularized upper incomplete gamma function, with relative precision in the upper tail.</summary>
    /// <inheritdoc cref="GammaP"/>
    public static Tensor GammaQ(Tensor a, Tensor x) => Autodiff.GammaQ.Instance.Apply(a, x);

    /// <summary>The x with P(a, x) = p: the quantile function of Gamma(a, rate 1). Its gradients come from the implicit function theorem.</summary>
    /// <param name="a">The shape, above 0.</param>
    /// <param name="p">The probability, in [0, 1].</param>
    public static Tensor GammaPInverse(Tensor a, Tensor p) => Autodiff.GammaPInverse.Instance.Apply(a, p);

    /// <summary>
    /// I_x(a, b), the regularized incomplete beta function: the distribution function of Beta(a, b). Differentiable in all; second derivatives in
    /// a and b are not available.
    /// </summary>
    /// <param name="a">The first shape, above 0.</param>
    /// <param name="b">The second shape, above 0.</param>
    /// <param name="x">The point, in [0, 1].</param>
    public static Tensor BetaRegularized(Tensor a, Tensor b, Tensor x) => Autodiff.BetaRegularized.Instance.Apply(a, b, x);

    /// <summary>The x with I_x(a, b) = p: the quantile function of Beta(a, b). Its gradients come from the implicit function theorem.</summary>
    /// <param name="a">The first shape, above 0.</param>
    /// <param name="b">The second shape, above 0.</param>
    /// <param name="p">The probability, in [0, 1].</param>
    public static Tensor BetaRegularizedInverse(Tensor a, Tensor b, Tensor p) => Autodiff.BetaRegularizedInverse.Instance.Apply(a, b, p);

    /// <summary>ζ(s, q) = Σ (q + k)⁻ˢ over k ≥ 0, the Hurwitz zeta function for s &gt; 1. Differentiable in q.</summary>
    /// <param name="s">The exponent.</param>
    /// <param name="q">The offset; 1 gives Riemann's function.</param>
    public static Tensor Zeta(Tensor s, Tensor q) => Autodiff.Zeta.Instance.Apply(s, q);
}
