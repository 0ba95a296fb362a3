namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The sine, of radians.</summary>
    public Tensor Sin() => Autodiff.Sin.Instance.Apply(this);

    /// <summary>The cosine, of radians.</summary>
    public Tensor Cos() => Autodiff.Cos.Instance.Apply(this);

    /// <summary>The tangent, of radians.</summary>
    public Tensor Tan() => Autodiff.Tan.Instance.Apply(this);

    /// <summary>The arc sine in [−π/2, π/2]: NaN outside of [−1, 1].</summary>
    public Tensor Asin() => Autodiff.Asin.Instance.Apply(this);

    /// <summary>The arc cosine in [0, π]: NaN outside of [−1, 1].</summary>
    public Tensor Acos() => Autodiff.Acos.Instance.Apply(this);

    /// <summary>The arc tangent in [−π/2, π/2].</summary>
    public Tensor Atan() => Autodiff.Atan.Instance.Apply(this);

    /// <summary>The angle of the point (x, y) from the first axis, in [−π, π]. Its gradient at the origin is taken as 0.</summary>
    /// <param name="y">The second coordinates.</param>
    /// <param name="x">The first coordinates; they broadcast.</param>
    public static Tensor Atan2(Tensor y, Tensor x) => Autodiff.Atan2.Instance.Apply(y, x);

    /// <summary>√(x² + y²) without overflow. Its gradient at the origin is taken as 0.</summary>
    public static Tensor Hypot(Tensor x, Tensor y) => Autodiff.Hypot.Instance.Apply(x, y);

    /// <summary>sin(πx)/(πx), and 1 at 0; derivatives of every order are accurate there too.</summary>
    public Tensor Sinc() => new Sinc(0).Apply(this);

    /// <summary>The hyperbolic sine.</summary>
    public Tensor Sinh() => Autodiff.Sinh.Instance.Apply(this);

    /// <summary>The hyperbolic cosine.</summary>
    public Tensor Cosh() => Autodiff.Cosh.Instance.Apply(this);

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => Autodiff.Tanh.Instance.Apply(this);

    /// <summary>The inverse of <see cref="Sinh"/>.</summary>
    public Tensor Asinh() => Autodiff.Asinh.Instance.Apply(this);

    /// <summary>The inverse of <see cref="Cosh"/>: NaN below 1.</summary>
    public Tensor Acosh() => Autodiff.Acosh.Instance.Apply(this);

    /// <summary>The inverse of <see cref="Tanh"/>: ±∞ at ±1, NaN outside.</summary>
    public Tensor Atanh() => Autodiff.Atanh.Instance.Apply(this);
}
