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
}
