using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: its constructor refuses what a parameter cannot be, and says which element it is; a wrapper passes on what its source says.</summary>
public class BatteryArgumentTests
{
    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Constructor_ElementOutOfRange_IsNamedUnlessTheParameterIsAnyNumber(string name)
    {
        Family family = Families.Get(name);
        Tensor outcome = family.Batch().Sample(RandomKey.FromSeed(13));
        for (int i = 0; i < family.Points[0].Length; i++)
        {
            string[] refusals = [.. new[] { double.NegativeInfinity, double.PositiveInfinity }.Select(bad => Refusal(family, i, bad)).OfType<string>()];
            Assert.All(refusals, message => Assert.Contains(" element ", message, StringComparison.Ordinal));
            if (refusals.Length == 0)
            {
                // A location, a logit or a bound: any number of either sign has to be good.
                Assert.All(new[] { -1000.0, 1000.0 }, number => Assert.True(
                    Refusal(family, i, number) is { } message ? message.Contains(" element ", StringComparison.Ordinal) : IsDensity(family, i, number, outcome),
                    $"{name}: parameter {i} is not refused at {number}, and the density is NaN."));
            }
        }
    }

    private static string? Refusal(Family family, int parameter, double bad) =>
        Record.Exception(() => _ = family.Create(With(family, parameter, bad))) is { } refusal ? Assert.IsAssignableFrom<ArgumentException>(refusal).Message : null;

    private static bool IsDensity(Family family, int parameter, double number, Tensor outcome) =>
        family.Create(With(family, parameter, number)).LogProb(outcome).ToDoubles().All(x => !double.IsNaN(x));

    /// <summary>The parameters of the family's points, the second one with another number.</summary>
    private static Tensor[] With(Family family, int parameter, double number)
    {
        Tensor[] parameters = family.Parameters(DType.Float64);
        double[] values = parameters[parameter].ToDoubles();
        values[1] = number;
        parameters[parameter] = Tensor.From(values, parameters[parameter].Shape);
        return parameters;
    }
}
