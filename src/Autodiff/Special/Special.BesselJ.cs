namespace ProbNet.Autodiff;

/// <content>
/// Bessel functions of the first kind, of orders 0 and 1: with their first zeros taken out up to 8, and beyond in Hankel's form (DLMF 10.17.3),
/// J(x) = √(2/πx) (P cos χ − Q sin χ), with χ = x − π/4 or x − 3π/4.
/// </content>
internal static partial class Special
{
    // J₀(x)/((x² − z₁²)(x² − z₂²)(x² − z₃²)) and J₁(x)/(x (x² − z₁²)(x² − z₂²)) on [0, 8] in x²/32 − 1.
    private static ReadOnlySpan<double> BesselJ0Small =>
    [
        -6.837824934687584e-5, 3.275539238265576e-5, -7.631650837510544e-6, 1.086700486952261e-6, -1.0588155950196776e-7,
        7.558465121356463e-9, -4.140375614344942e-10, 1.799863023385093e-11, -6.370558956177209e-13, 1.8735723318054736e-14,
        -4.654628053852989e-16, 9.903132380228728e-18, -1.8254143152188351e-19, 2.944153449430916e-21,
    ];

    private static ReadOnlySpan<double> BesselJ1Small =>
    [
        0.0005579141977522621, -0.0003115684036643562, 8.553646588540538e-5, -1.4149356425623485e-5, 1.576470099225889e-6,
        -1.269075502369425e-7, 7.747614077073057e-9, -3.716577146675772e-10, 1.4395417669312554e-11, -4.60007822413452e-13,
        1.2341465589619718e-14, -2.8205466239524856e-16, 5.558821065951572e-18, -9.546930865755219e-20, 1.4418291781315051e-21,
    ];

    // P and x·Q on [8, ∞) in 128/x² − 1.
    private static ReadOnlySpan<double> BesselP0 =>
    [
        1.9989206986950374, -0.0005365220468132117, 3.0751847875194745e-6, -5.1705945376060975e-8, 1.6306464635151382e-9,
        -7.86409137723707e-11, 5.168262387349193e-12, -4.3045788699253914e-13, 4.3265957431549404e-14, -5.069034095935236e-15,
        6.748072215733873e-16, -1.0011513723467786e-16, 1.6305919233744186e-17,
    ];

    private static ReadOnlySpan<double> BesselQ0 =>
    [
        -0.24889367368539214, 0.0005470815954089319, -5.9315987288485175e-6, 1.4377965798375193e-7, -5.817532749493056e-9,
        3.376097523734991e-10, -2.565397936797308e-11, 2.404916100281365e-12, -2.6690625482579414e-13, 3.4041800321963686e-14,
        -4.87994410531204e-15, 7.729703176242605e-16, -1.3348852171502517e-16, 2.4865952389390515e-17, -4.952892629886516e-18,
        1.0473158973776097e-18,
    ];

    private static ReadOnlySpan<double> BesselP1 =>
    [
        2.0018060817200274, 0.0008989898330859408, -3.987284300488908e-6, 6.177633960644299e-8, -1.8718907491063067e-9,
        8.816898659582339e-11, -5.704863640395645e-12, 4.699195515230542e-13, -4.6842237839904895e-14, 5.452674896044717e-15,
        -7.221180842274018e-16, 1.0667689114335412e-16, -1.7312313216116335e-17,
    ];

    private static ReadOnlySpan<double> BesselQ1 =>
    [
        0.7484445931125652, -0.0007702178839325664, 7.3108922063643636e-6, -1.676782510726674e-7, 6.583354662120443e-9,
        -3.749090950541556e-10, 2.8121750359748866e-11, -2.61145253946232e-12, 2.8774212663332235e-13, -3.649001916061838e-14,
        5.206626366226707e-15, -8.215318025458595e-16, 1.4141084390211833e-16, -2.626761589838529e-17, 5.2192649196714085e-18,
    ];

    /// <summary>J₀(x); even. Relative precision up to 8, its zeros included, and precision relative to √(2/πx) beyond.</summary>
    public static double BesselJ0(double x)
    {
        double y = Math.Abs(x);
        if (y <= 8)
        {
            return FromSquaredRoot(y, 2.404825557695773, -1.176691651530894e-16) * FromSquaredRoot(y, 5.520078110286311, 8.088597146146722e-17)
                * FromSquaredRoot(y, 8.653727912911013, -2.92812607320779e-16) * Chebyshev(BesselJ0Small, y * y / 32 - 1);
        }

        (double sin, double cos, double t) = Phase(y);
        return (Chebyshev(BesselP0, t) * (cos + sin) - Chebyshev(BesselQ0, t) / y * (sin - cos)) * (InvSqrtPi / Math.Sqrt(y));
    }

    /// <summary>J₁(x); odd. Relative precision up to 8, its zeros included, and precision relative to √(2/πx) beyond.</summary>
    public static double BesselJ1(double x)
    {
        double y = Math.Abs(x);
        if (y <= 8)
        {
            return x * FromSquaredRoot(y, 3.8317059702075125, -1.5269184090088067e-16) * FromSquaredRoot(y, 7.015586669815619, -9.414165653410389e-17)
                * Chebyshev(BesselJ1Small, y * y / 32 - 1);
        }

        (double sin, double cos, double t) = Phase(y);
        double value = (Chebyshev(BesselP1, t) * (sin - cos) + Chebyshev(BesselQ1, t) / y * (sin + cos)) * (InvSqrtPi / Math.Sqrt(y));
        return x < 0 ? -value : value;
    }

    /// <summary>x² − z² for the root z = high + low, to full relative precision beside it.</summary>
    private static double FromSquaredRoot(double x, double high, double low) => (x - high - low) * (x + high);

    /// <summary>sin x and cos x, taken as 0 at infinity, where the functions vanish; and 128/x² − 1.</summary>
    private static (double Sin, double Cos, double T) Phase(double x)
    {
        (double sin, double cos) = double.IsInfinity(x) ? (0, 0) : Math.SinCos(x);
        double ratio = 8 / x;
        return (sin, cos, 2 * ratio * ratio - 1);
    }
}
