using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Distributions;

public class DivergencePairTests
{
    private static readonly Lazy<List<(Family P, Family Q)>> Exact = new(() =>
    [
        .. from p in Families.All
           from q in Families.All
           where p.Name != "Categorical" && q.Name != "Categorical"
           where First(p).Kl(First(q)).Kind == Evidence.Exact
           select (p, q),
    ]);

    // A transformed distribution hides its family, so that the same divergence goes through quadrature. It knows its error, and that is small.
    [Fact]
    public void Kl_InClosedForm_IsTheIntegral()
    {
        int compared = 0, close = 0;
        foreach ((Family family, Family other) in Exact.Value)
        {
            Univariate p = family.Batch(), q = Column(other);
            if (p.Measure != Measure.Lebesgue || q.Measure != Measure.Lebesgue)
            {
                continue;
            }

            double[] closed = p.Kl(q).Value.ToDoubles();
            Estimate estimate = new TransformedDistribution(p, new AffineTransform(Tensor.Scalar(0, DType.Float64), 1)).Kl(q);
            double[] numeric = estimate.Value.ToDoubles(), error = estimate.StandardError.ToDoubles();
            for (int i = 0; i < closed.Length; i++)
            {
                // The closed form of angles goes round the circle, the integral from one end of p's interval to the other.
                bool reached = double.IsFinite(closed[i]) && p is not VonMises;
                Assert.True(p is VonMises || reached == double.IsFinite(numeric[i]), $"{p.Name} from {q.Name}, element {i}: {closed[i]} and {numeric[i]}");

                // The steps of a piecewise constant density, hidden, fall within panels: what the error says, and no more.
                double off = Math.Abs(closed[i] - numeric[i]);
                Assert.True(
                    !reached || (off <= (3 * error[i]) + (1e-8 * (1 + closed[i])) && (off <= 1e-4 * (1 + closed[i]) || p is PiecewiseUniform)),
                    FormattableString.Invariant($"{p.Name} from {q.Name}, element {i}: {closed[i]} and {numeric[i]} ± {error[i]}"));
                compared += reached ? 1 : 0;
                close += reached && off <= 1e-8 * (1 + closed[i]) ? 1 : 0;
            }
        }

        Assert.InRange(compared, 1000, int.MaxValue);
        Assert.InRange((double)close / compared, 0.9, 1);
    }

    [Fact]
    public void KlGradient_InClosedForm_IsNeverNaNAndZeroWhereInfinite()
    {
        foreach ((Family family, Family other) in Exact.Value)
        {
            Tensor[] p = family.Parameters(DType.Float64), q = other.Parameters(DType.Float64);
            Tensor infinite = Tensor.Zeros([1]);
            (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(
                all =>
                {
                    Tensor kl = family.Create(all[..p.Length]).Kl(other.Create(Array.ConvertAll(all[p.Length..], x => x.Unsqueeze(-1)))).Value;
                    infinite = kl.IsInfinite();
                    return kl.Sum();
                },
                [.. p, .. q]);
            string name = $"{family.Name} from {other.Name}";
            Assert.False(double.IsNaN(value.ToScalar()), name);
            Assert.All(gradients, gradient => Assert.True((bool)gradient.IsFinite().All(), name));
            bool[] everywhere = [.. Enumerable.Range(0, infinite.Shape[^1]).Select(i => (bool)infinite[TensorIndex.Ellipsis, i].All())];
            for (int i = 0; i < everywhere.Length; i++)
            {
                Assert.All(gradients[..p.Length], gradient => Assert.True(!everywhere[i] || gradient.ToDoubles()[i] == 0, name));
            }
        }
    }

    [Fact]
    public void Kl_OfCounts_IsTheSumOverOutcomes()
    {
        Tensor k = Tensor.Arange(400, DType.Float64);
        (Univariate P, Univariate Q)[] pairs =
        [
            (new Geometric(Scalar(0.3)), new Geometric(Scalar(0.7))), (new Binomial(Scalar(9), Scalar(0.2)), new Binomial(Scalar(9), Scalar(0.5))),
            (new Binomial(Scalar(9), Scalar(0.2)), new Binomial(Scalar(12), Scalar(0.5))), (new Poisson(Scalar(3)), new Poisson(Scalar(5))),
            (new NegativeBinomial(Scalar(3), Scalar(0.4)), new NegativeBinomial(Scalar(3), Scalar(0.6))), (Bernoulli.FromProbs(Scalar(0.3)), new Poisson(Scalar(2))),
            (new NegativeBinomial(Scalar(3), Scalar(0.4)), new Poisson(Scalar(2))), (new Geometric(Scalar(0.3)), new Poisson(Scalar(2))),
            (new DiscreteUniform(Scalar(2), Scalar(5)), new DiscreteUniform(Scalar(0), Scalar(9))), (new Poisson(Scalar(3)), new Geometric(Scalar(0.2))),
        ];
        foreach ((Univariate p, Univariate q) in pairs)
        {
            Tensor logP = p.LogProb(k), possible = logP.IsFinite();
            double expected = Tensor.Where(possible, logP.Exp() * (logP - q.LogProb(k)), 0.0).Sum().ToScalar();
            Assert.Equal(expected, p.Kl(q).Value.ToScalar(), 1e-9 * (1 + expected));
        }
    }

    [Fact]
    public void Kl_OfTheSameMapOfTwoDistributions_IsThatOfTheDistributions()
    {
        var map = new TanhTransform();
        Normal p = new(Scalar(0.3), 0.5), q = new(Scalar(-0.1), 0.7);
        Estimate kl = new TransformedDistribution(p, map).Kl(new TransformedDistribution(q, map));
        Assert.Equal(Evidence.Exact, kl.Kind);
        Assert.Equal(p.Kl(q).Value.ToScalar(), kl.Value.ToScalar(), 15);
    }

    // A turn by 2π is none, though the intervals that the two are written on differ.
    [Fact]
    public void Kl_OfAngles_IsPeriodic()
    {
        VonMises p = new(Scalar(0.3), 2), q = new(Scalar(1.3), 5), turned = new(Scalar(1.3 - (2 * Math.PI)), 5);
        Assert.Equal(p.Kl(q).Value.ToScalar(), p.Kl(turned).Value.ToScalar(), 1e-12);
        Assert.InRange(p.Kl(q).Value.ToScalar(), 0.1, 10);
    }

    // The points of a family along an axis of their own, so that every p meets every q.
    private static Univariate Column(Family family) => family.Create(Array.ConvertAll(family.Parameters(DType.Float64), x => x.Unsqueeze(-1)));

    private static Univariate First(Family family) => family.Create(Array.ConvertAll(family.Points[0], Scalar));

    private static Tensor Scalar(double value) => Tensor.Scalar(value, DType.Float64);
}
