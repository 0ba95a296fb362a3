using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Random numbers that are spread evenly over a batch.</summary>
internal static class Stratification
{
    /// <summary>
    /// Numbers that are uniform on (0, 1), one in each of n intervals of equal length: a lattice of one generator, turned round at random (Cranley and Patterson 1976), and
    /// random places in the intervals. [n]. Neighbouring rows are about a golden section apart, so that any part of the batch is spread evenly too, however examples are
    /// sorted; and each row is uniform by itself.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="n">How many; at least 1.</param>
    /// <param name="dtype">Their type.</param>
    public static Tensor Stratified(this RandomKey key, int n, DType dtype)
    {
        (RandomKey turn, RandomKey places) = key.Split();
        long step = Generator(n);
        Tensor order = Tensor.From<long>([.. Enumerable.Range(0, n).Select(i => i * step % n)]).AsFree().Cast(dtype);
        Tensor turned = order + (n * turn.Uniform([1], dtype)).Floor();
        turned -= n * (turned >= n).Cast(dtype);

        // The last number of the last interval may round to 1.
        return Tensor.Minimum((turned + places.UniformOpen([n], dtype)) / n, 1 - dtype.Epsilon());
    }

    /// <summary>The whole number next above (√5 − 1)/2·n that has no divisor in common with n: its multiples modulo n are all numbers below n.</summary>
    private static long Generator(int n)
    {
        long step = (long)Math.Round(0.5 * (Math.Sqrt(5) - 1) * n);
        while (BigInteger.GreatestCommonDivisor(step, n) > 1)
        {
            step++;
        }

        return step;
    }
}
