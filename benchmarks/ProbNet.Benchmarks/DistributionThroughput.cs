using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Benchmarks;

/// <summary>
/// Log densities of a million elements with their gradients in all parameters, as a training step takes them, and a million draws. Every element has
/// parameters of its own, as behind a network.
/// </summary>
internal static class DistributionThroughput
{
    private const int Count = 1 << 20;

    private static readonly RandomKey s_key = RandomKey.FromSeed(41);

    private static readonly (string Name, Func<Tensor[], Distribution> Create, Tensor[] Parameters)[] s_families =
    [
        ("Normal", p => new Normal(p[0], p[1]), [Uniform(0, -1, 1), Uniform(1, 0.5, 2)]),
        ("StudentT", p => new StudentT(p[0], p[1], p[2]), [Uniform(2, 2, 20), Uniform(0, -1, 1), Uniform(1, 0.5, 2)]),
        ("Gamma", p => new Gamma(p[0], p[1]), [Uniform(2, 0.5, 10), Uniform(1, 0.5, 2)]),
        ("Beta", p => new Beta(p[0], p[1]), [Uniform(2, 0.5, 10), Uniform(3, 0.5, 10)]),
        ("VonMises", p => new VonMises(p[0], p[1]), [Uniform(0, -1, 1), Uniform(2, 0.5, 10)]),
        ("Dirichlet5", p => new Dirichlet(p[0]), [Uniform(2, 0.5, 10, [Count / 5, 5])]),
        ("Mixture5", p => new Mixture<Normal>(p[0], new Normal(p[1], p[2])),
            [Uniform(4, -1, 1, [Count / 5, 5]), Uniform(0, -1, 1, [Count / 5, 5]), Uniform(1, 0.5, 2, [Count / 5, 5])]),
        ("Spline8", p => new TransformedDistribution(new Normal(0.0, 1.0), RationalQuadraticSplineTransform.FromFeatures(p[0], p[1], p[2])),
            [Uniform(0, -1, 1, [Count / 8, 8]), Uniform(1, -1, 1, [Count / 8, 8]), Uniform(2, -1, 1, [Count / 8, 7])]),
    ];

    /// <summary>Measures all families and prints a table.</summary>
    /// <param name="threads">Threads.</param>
    /// <param name="seconds">How long each is measured.</param>
    public static void Run(int threads, double seconds)
    {
        Workers.Threads = threads;
        Console.WriteLine(FormattableString.Invariant($"ProbNet, {threads} thread{(threads == 1 ? "" : "s")}, {Count} elements, float32, median ms"));
        Console.WriteLine($"{"family",-12} {"log density and gradient",26} {"draws",10}");
        foreach ((string name, Func<Tensor[], Distribution> create, Tensor[] parameters) in s_families)
        {
            Tensor value = create(parameters).Sample(s_key);
            Graph graph = Graph.Compile((Tensor[] inputs) =>
            {
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(p => create(p).LogDensity(inputs[^1]).Sum(), inputs[..^1]);
                return [loss, .. gradients];
            });
            double density = Median(() => graph.Run([.. parameters, value]), seconds);
            Distribution distribution = create(parameters);
            ulong draw = 0;
            double draws = Median(() => distribution.Sample(s_key.FoldIn(draw++)), seconds);
            Console.WriteLine(FormattableString.Invariant($"{name,-12} {density,26:F2} {draws,10:F2}"));
        }
    }

    private static Tensor Uniform(ulong number, double low, double high, Shape? shape = null) =>
        (s_key.FoldIn(number).Uniform(shape ?? [Count]) * (high - low)) + low;

    private static double Median(Action action, double seconds)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        var times = new List<double>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed.TotalSeconds < seconds || times.Count < 5)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
