using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: a compiled function computes what the eager one does.</summary>
public class BatteryCompiledTests
{
    private const int Draws = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(14);

    // Their answer is found by a search, or by a quadrature over nodes, that looks at values, of which a function that is being traced has none: it says so.
    public static readonly IReadOnlySet<string> SearchedCdf = new HashSet<string> { "BetaNegativeBinomial" };

    private static readonly HashSet<string> s_searchedDraws = ["TruncatedGammaFromBelow", "TruncatedPoisson", "HurdleNegativeBinomial"];

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Compiled_DensityCdfAndDrawsWithTheirGradients_AreTheEagerOnes(string name)
    {
        Family family = Families.Get(name);
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Tensor[] inputs = [Points(family, dtype), .. family.Free(dtype)];
            Tensor[] All(RandomKey key, Tensor[] x) => Answers(family, dtype, key, x);

            Tensor[] eager = All(Key, inputs);
            Graph graph = Graph.Compile(All);

            // Twice: the second call runs over memory that the first one has used.
            graph.Run(Key, inputs);
            Tensor[] compiled = graph.Run(Key, inputs);
            Assert.Equal(eager.Length, compiled.Length);
            for (int i = 0; i < eager.Length; i++)
            {
                Assert.Equal((eager[i].Shape, eager[i].DType), (compiled[i].Shape, compiled[i].DType));
                Assert.True(eager[i].ToDoubles().AsSpan().SequenceEqual(compiled[i].ToDoubles()), $"{name} {dtype}, result {i}: {eager[i]}, compiled {compiled[i]}");
            }
        }
    }

    [Fact]
    public void Compiled_AnswersThatAreSearchedFor_AreRefused()
    {
        foreach (string name in SearchedCdf)
        {
            Assert.Throws<TracingException>(() => Graph.Compile((Tensor[] x) => [Families.Get(name).CreateFree(x).Cdf(1)]).Run(Families.Get(name).FreeParameters));
        }

        foreach (string name in s_searchedDraws)
        {
            Assert.Throws<TracingException>(
                () => Graph.Compile((RandomKey key, Tensor[] x) => [Families.Get(name).CreateFree(x).Sample(key)]).Run(Key, Families.Get(name).FreeParameters));
        }
    }

    // The log density and the distribution function at points with their gradients in these and in the parameters, and draws with theirs.
    private static Tensor[] Answers(Family family, DType dtype, RandomKey key, Tensor[] x)
    {
        int first = family.Batch(dtype).Measure == Measure.Counting ? 1 : 0;
        Tensor[] moving = x[first..];
        Univariate Of(Tensor[] all) => family.CreateFree(all[(1 - first)..], dtype);
        Tensor At(Tensor[] all) => first == 0 ? all[0] : x[0];

        List<Tensor> results = [];
        Add(all => Of(all).LogProb(At(all)));
        if (!SearchedCdf.Contains(family.Name))
        {
            Add(all => Of(all).Cdf(At(all)));
        }

        if (s_searchedDraws.Contains(family.Name))
        {
            return [.. results];
        }

        if (Of(moving).AsReparameterized() is null)
        {
            results.Add(Of(moving).Sample(key, Draws));
        }
        else
        {
            Add(all => Of(all).AsReparameterized()!.RSample(key, [Draws]));
        }

        return [.. results];

        void Add(Func<Tensor[], Tensor> f)
        {
            Tensor y = f(moving);
            results.Add(y);
            results.AddRange(moving.Length == 0 ? [] : Gradient.Vjp(f, moving, Tensor.OnesLike(y)).Products);
        }
    }

    // Quantiles of the probabilities that are away from kinks, [probabilities, batch].
    private static Tensor Points(Family family, DType dtype) =>
        family.Batch().Quantile(Tensor.From(family.Smooth).Reshape(family.Smooth.Length, 1)).Cast(dtype);
}
