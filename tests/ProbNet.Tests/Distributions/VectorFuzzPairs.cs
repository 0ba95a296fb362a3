using System.Globalization;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>Random parameters of a family of vectors or matrices, extreme ones too, with a value each.</summary>
/// <param name="Case">The family.</param>
/// <param name="Parameters">One tensor a parameter, [pairs, ...].</param>
/// <param name="Values">[pairs, event].</param>
public sealed record VectorFuzzPairs(MultivariateCase Case, Tensor[] Parameters, Tensor Values)
{
    // What the parameters of a family are, a letter each, and after the colon its outcomes. Parameters: r any numbers, p positive, l small logits, P moderate and positive,
    // L a lower triangle with a positive diagonal, T one that is less extreme, for products of several such matrices or their inverses, c a count, s shares, u a unit vector,
    // f in (−1, 1), w positive beyond the number of rows less one. Outcomes: r any numbers, p positive, s the simplex, l its logarithms, u unit vectors, c Cholesky factors
    // of correlations, d positive definite matrices, n counts, o one-hot, t in (−1, 1).
    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["Dirichlet"] = "p:s", ["MultivariateNormal"] = "rL:r", ["LowRankMultivariateNormal"] = "rrp:r", ["MultivariateStudentT"] = "prL:r", ["MatrixNormal"] = "rTT:r",
        ["LogisticNormal"] = "rp:s", ["TransformedVector"] = "lP:t", ["Multinomial"] = "cs:n", ["MultinomialFromLogits"] = "cr:n", ["DirichletMultinomial"] = "cp:n",
        ["OneHotCategorical"] = "r:o", ["RelaxedOneHotCategorical"] = "pr:s", ["ExpRelaxedCategorical"] = "pr:l", ["LkjCholesky"] = "p:c", ["Wishart"] = "wT:d",
        ["InverseWishart"] = "wT:d", ["VonMisesFisher"] = "up:u", ["VonMisesFisherInFiveDimensions"] = "up:u", ["StationaryAR1"] = "fp:r", ["GaussianRandomWalk"] = "rp:r",
        ["MixtureOfMultivariateNormals"] = "lrT:r", ["MixtureOfDiagonalNormals"] = "lrp:r", ["MixtureOfDirichlets"] = "lp:s", ["MaskedNormals"] = "rL:r",
        ["IndependentGammas"] = "pp:p",
    };

    /// <summary>Whether a family has a place in the fuzz.</summary>
    public static bool Knows(string name) => Kinds.ContainsKey(name);

    public static VectorFuzzPairs Draw(MultivariateCase family, RandomKey key, int count, DType dtype)
    {
        string kinds = Kinds[family.Name];
        var parameters = new Tensor[family.Parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Parameter(kinds[i], key.FoldIn((ulong)(10 + i)), count, family.Parameters[i].Shape[1..], dtype);
        }

        Distribution drawn = family.Create(parameters);
        Tensor sample = drawn.Sample(key.FoldIn(1)).Cast(dtype);
        int size = sample.Size / count;
        double[] values = sample.ToDoubles(), others = Outcomes(kinds[^1], drawn, key.FoldIn(2), count, dtype).ToDoubles();
        double[] choice = Uniform(key.FoldIn(3), count), extreme = Reals(key.FoldIn(4), [count], dtype).ToDoubles(), moved = [.. values];
        for (int j = 0; j < count; j++)
        {
            Span<double> row = moved.AsSpan(j * size, size);
            switch ((int)(10 * choice[j]))
            {
                case 0 or 1:
                    others.AsSpan(j * size, size).CopyTo(row);
                    break;
                case 2:
                    values.AsSpan((j + 1) % count * size, size).CopyTo(row);
                    break;
                case 3:
                    row[(int)(1000 * choice[j]) % size] = extreme[j];
                    break;
                case 4:
                    row[(int)(1000 * choice[j]) % size] = 0;
                    break;
                case 5:
                    row[(int)(1000 * choice[j]) % size] *= 1 + (1e-6 * choice[j]);
                    break;
            }
        }

        // Closer to 0, the ratio to a coordinate, which is a derivative, may leave the range of the type.
        double least = dtype == DType.Float64 ? 1e-280 : 1e-21;
        moved = Array.ConvertAll(moved, x => Math.Abs(x) < least ? 0 : x);
        return new(family, parameters, Tensor.From(moved, sample.Shape).Cast(dtype));
    }

    public Distribution Create() => Case.Create(Parameters);

    /// <summary>The parameters that can be moved, and the values, of which as many as the second says can be differentiated.</summary>
    public (Tensor[] All, int Moving) Inputs
    {
        get
        {
            Tensor[] free = [.. Parameters.Where((_, i) => !Case.Fixed.Contains(i))];
            return ([.. free, Values], Case.Outcomes is null ? free.Length + 1 : free.Length);
        }
    }

    /// <summary>The distribution from the parameters that can be moved, in front of the values.</summary>
    public Distribution From(Tensor[] inputs)
    {
        int next = 0;
        return Case.Create([.. Parameters.Select((p, i) => Case.Fixed.Contains(i) ? p : inputs[next++])]);
    }

    /// <summary>
    /// The values, but for those outside of the support, at its edges, or where a square may be beyond the range of the type, where a density may be a product of 0 and ∞: others
    /// take their place.
    /// </summary>
    public Tensor Inside
    {
        get
        {
            Distribution distribution = Create();
            Tensor inside = !distribution.LogProb(Values).EqualTo(double.NegativeInfinity);
            if (Case.Outcomes is null)
            {
                inside &= (!Values.EqualTo(0) & (Values.Abs() < (Values.DType == DType.Float64 ? 1e100 : 1e12))).All([.. Enumerable.Range(1, Values.Rank - 1)]);
            }

            Tensor spread = inside.Reshape(Shape.Create([Values.Shape[0]]).Concat([.. Enumerable.Repeat(1, Values.Rank - 1)]));
            return Tensor.Where(spread, Values, distribution.Support.InteriorPoint(Values.DType, distribution.EventShape));
        }
    }

    /// <summary>Fails if a derivative of a function of the inputs is NaN.</summary>
    public void AssertGradients(string what, Func<Tensor[], Tensor> function)
    {
        (Tensor[] all, int moving) = Inputs;
        Tensor[] still = all[moving..], gradients = Gradient.ValueAndGradient(free => function([.. free, .. still]).Sum(), all[..moving]).Gradients;
        for (int i = 0; i < gradients.Length; i++)
        {
            AssertNoNaN($"derivative {i} of {what}", gradients[i]);
        }
    }

    /// <summary>Fails, with the parameters and the value, if a number is NaN.</summary>
    public void AssertNoNaN(string what, Tensor x)
    {
        int at = Array.FindIndex(x.ToDoubles(), double.IsNaN) * Values.Shape[0] / Math.Max(1, x.Size);
        Assert.True(
            !(bool)x.IsNaN().Any(),
            at < 0 ? "" : $"{Case.Name} {Values.DType}: {what} is NaN for {string.Join("; ", Parameters.Select(p => Numbers(p[at])))} at {Numbers(Values[at])}");
    }

    private static string Numbers(Tensor x) => string.Join(", ", x.ToDoubles().Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private static Tensor Parameter(char kind, RandomKey key, int count, Shape shape, DType dtype)
    {
        Shape all = Shape.Create([count]).Concat(shape);
        return kind switch
        {
            'r' => Reals(key, all, dtype),
            'p' => Reals(key, all, dtype).Abs(),
            'l' => (40 * key.Uniform(all, dtype)) - 20,
            'P' => (4.6 * ((2 * key.Uniform(all, dtype)) - 1)).Exp(),
            'L' => Triangle(Reals(key, all, dtype)),
            'T' => Triangle(Moderate(key, all, dtype)),
            'c' => (13.8 * key.Uniform(all, dtype)).Exp().Floor() - 1,
            's' => (Reals(key, all, dtype).Abs() - 1e-6).Clip(min: 0) is var x ? Tensor.Where(x.Sum(-1, keepDims: true).EqualTo(0), 1.0, x) : x,
            'u' => Unit(Reals(key, all, dtype)),
            'f' => 1 - (2 * Reals(key, all, dtype).Abs() / (1 + Reals(key, all, dtype).Abs())) is var x ? x.Clip(-1 + dtype.Epsilon(), 1 - dtype.Epsilon()) : x,
            _ => Reals(key, all, dtype).Abs() is var x ? 1 + x + (2 * dtype.Epsilon()) : x,
        };
    }

    // Outcomes that need not be likely.
    private static Tensor Outcomes(char kind, Distribution distribution, RandomKey key, int count, DType dtype)
    {
        Shape shape = Shape.Create([count]).Concat(distribution.EventShape);
        Tensor real = Reals(key, shape, dtype), positive = real.Abs();
        Tensor corner = (shape[^1] * key.FoldIn(9).Uniform([count], DType.Float64)).Floor().Cast(DType.Int64).OneHot(shape[^1], dtype);
        return kind switch
        {
            'r' => real,
            'p' => positive,
            's' => Tensor.Where((key.FoldIn(8).Uniform([count, 1], dtype) < 0.3), corner, positive / positive.Sum(-1, keepDims: true)),
            'l' => real.LogSoftmax(),
            'u' => Unit(real),
            'c' => Unit(Triangle(real)),
            'd' => Triangle(Moderate(key, shape, dtype)) is var x ? x.MatMul(x.Transpose()) : x,
            'n' => distribution.Parameters[^1].Value.Cast(dtype).Unsqueeze(-1) * corner,
            'o' => corner,
            _ => real.Tanh(),
        };
    }

    private static Tensor Unit(Tensor x)
    {
        x /= x.Abs().Max(-1, keepDims: true);
        return x / x.Norm(2, -1, keepDims: true);
    }

    private static Tensor Triangle(Tensor x) => x.Tril(-1) + x.Diagonal().Abs().DiagEmbed();

    private static Tensor Moderate(RandomKey key, Shape shape, DType dtype) =>
        Reals(key, shape, dtype) is var x ? x.Sign() * x.Abs().Pow(0.4) : x;

    // Half of them within two powers of ten of 1, half within twelve, or eight of single precision.
    private static Tensor Reals(RandomKey key, Shape shape, DType dtype)
    {
        Tensor u = key.FoldIn(1).Uniform(shape, DType.Float64), v = (2 * key.FoldIn(2).Uniform(shape, DType.Float64)) - 1;
        Tensor size = (Math.Log(10) * v * Tensor.Where(u < 0.5, 2.0, Tensor.Scalar(dtype == DType.Float64 ? 12.0 : 8, DType.Float64))).Exp();
        return Tensor.Where(key.FoldIn(3).Uniform(shape, DType.Float64) < 0.5, -size, size).Cast(dtype);
    }

    private static double[] Uniform(RandomKey key, int count) => key.UniformOpen([count], DType.Float64).ToDoubles();
}
