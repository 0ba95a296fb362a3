using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Every entry of the gradient table mapped over a batch, and its forward derivative against its backward one.</summary>
public class BatchingAndDualityTests
{
    public static TheoryData<string> Names => [.. GradientTable.Entries.Keys];

    // The shape of the result depends on values, which a traced function cannot know.
    private static readonly string[] s_untraceable = ["MaskedSelect"];

    [Theory]
    [MemberData(nameof(Names))]
    public void VMap_OfAnEntryAndOfItsGradient_IsTheEntryOnEachExample(string name)
    {
        GradientEntry entry = GradientTable.Entries[name];
        if (s_untraceable.Contains(name))
        {
            return;
        }

        foreach (Shape[] shapes in entry.Family.Standard)
        {
            Tensor[][] examples = [.. Enumerable.Range(1, 3).Select(i => entry.Inputs(shapes, (ulong)(100 * i)))];
            Tensor[] stacked = [.. shapes.Select((_, input) => Tensor.Stack([.. examples.Select(example => example[input])]))];
            bool[] all = [.. shapes.Select(_ => true)], first = [.. shapes.Select((_, i) => i == 0)];
            Compare($"{name} at {string.Join(", ", shapes)}", examples.Select(entry.Function), Batching.VMap(entry.Function, all)(stacked));

            // The first input mapped, the others shared by all examples.
            Tensor[] shared = [stacked[0], .. examples[0][1..]];
            Compare(
                $"{name} at {string.Join(", ", shapes)}, other inputs shared",
                examples.Select(example => entry.Function([example[0], .. examples[0][1..]])), Batching.VMap(entry.Function, first)(shared));

            Tensor Slope(Tensor[] x) => Gradient.ValueAndGradient(z => entry.Function(z).Sum(), x).Gradients[0];
            Compare($"gradient of {name} at {string.Join(", ", shapes)}", examples.Select(Slope), Batching.VMap(Slope, all)(stacked));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Jvp_OfAnEntry_IsTheTransposeOfItsVjp(string name)
    {
        GradientEntry entry = GradientTable.Entries[name];
        foreach (Shape[] shapes in entry.Family.Standard)
        {
            Tensor[] x = entry.Inputs(shapes, 5);
            Tensor Of(Tensor first) => entry.Function([first, .. x[1..]]);
            Tensor direction = DomainValues.Sample(Domain.Real, x[0].Shape, 6);
            (Tensor value, Tensor tangent) = Gradient.Jvp(Of, x[0], direction);
            Tensor weights = DomainValues.Sample(Domain.Real, value.Shape, 7);
            double forward = (weights * tangent).Sum().ToScalar();
            double backward = (Gradient.Vjp(Of, x[0], weights).Product * direction).Sum().ToScalar();
            Assert.True(Math.Abs(forward - backward) <= 1e-10 * (1 + Math.Abs(backward)), $"{name} at {string.Join(", ", shapes)}: {forward:R} forward, {backward:R} backward");
        }
    }

    private static void Compare(string what, IEnumerable<Tensor> expected, Tensor actual)
    {
        Tensor[] each = [.. expected];
        Assert.Equal(Shape.Create([3]).Concat(each[0].Shape), actual.Shape);
        double[] reference = [.. each.SelectMany(example => example.ToDoubles())], values = actual.ToDoubles();
        for (int i = 0; i < reference.Length; i++)
        {
            Assert.True(
                Math.Abs(reference[i] - values[i]) <= 1e-11 * (1 + Math.Abs(reference[i])),
                $"{what}: element {i} is {values[i]:R} in the batch, {reference[i]:R} alone");
        }
    }
}
