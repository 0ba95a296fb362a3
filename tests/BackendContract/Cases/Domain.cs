using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>Which values an input of a table entry takes: inside the function's domain, and farther from its kinks than the differences reach.</summary>
internal enum Domain
{
    /// <summary>−2.7 to 2.7, away from the multiples of ½, where kinks and jumps are placed.</summary>
    Real,

    /// <summary>0.3 to 3.</summary>
    Positive,

    /// <summary>−3 to −0.3.</summary>
    Negative,

    /// <summary>0.08 to 0.92.</summary>
    Probability,

    /// <summary>−0.9 to 0.9.</summary>
    Unit,

    /// <summary>1.2 to 4.</summary>
    AboveOne,

    /// <summary>Multiples of ½ from −2 to 2: never near a value of <see cref="Real"/>.</summary>
    Halves,

    /// <summary>No two values closer than 0.1, in random order: no ties.</summary>
    Distinct,
}

/// <summary>Random values of a domain, the same for the same seed.</summary>
internal static class DomainValues
{
    public static Tensor Sample(Domain domain, Shape shape, ulong seed)
    {
        var random = new SplitMix(seed);
        double[] values = new double[shape.Size];
        for (int i = 0; i < values.Length; i++)
        {
            double u = random.Uniform();
            values[i] = domain switch
            {
                Domain.Real => AwayFromHalves(-2.7 + (5.4 * u)),
                Domain.Positive => AwayFromHalves(0.3 + (2.7 * u)),
                Domain.Negative => -AwayFromHalves(0.3 + (2.7 * u)),
                Domain.Probability => 0.08 + (0.84 * u),
                Domain.Unit => AwayFromHalves(-0.9 + (1.8 * u)),
                Domain.AboveOne => 1.2 + (2.8 * u),
                Domain.Halves => Math.Round((u - 0.5) * 8) / 2,
                _ => (i - (values.Length / 2.0)) * 0.13 + (0.03 * u),
            };
        }

        if (domain == Domain.Distinct)
        {
            random.Shuffle(values);
        }

        return Tensor.From(values, shape);
    }

    /// <summary>Integers from 0 to bound − 1 in a tensor of the given shape, repeats included; zeros if the bound is 0. They go to any device.</summary>
    public static Tensor Indices(Shape shape, int bound)
    {
        long[] values = new long[shape.Size];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bound == 0 ? 0 : ((7L * i) + 3) % bound;
        }

        return Tensor.From(values, shape).AsFree();
    }

    /// <summary>Moves a value to a distance of at least 0.03 from every multiple of ½.</summary>
    private static double AwayFromHalves(double x)
    {
        double half = Math.Round(2 * x) / 2, distance = x - half;
        return Math.Abs(distance) >= 0.03 ? x : half + (distance < 0 ? -0.03 : 0.03);
    }

    private sealed class SplitMix(ulong seed)
    {
        private ulong _state = seed;

        public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

        public void Shuffle(double[] values)
        {
            for (int i = values.Length - 1; i > 0; i--)
            {
                int j = (int)(Next() % (ulong)(i + 1));
                (values[i], values[j]) = (values[j], values[i]);
            }
        }

        private ulong Next()
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
