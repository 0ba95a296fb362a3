using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every map. One table, one battery.</summary>
public class TransformTests
{
    private static readonly GradientCheckOptions Options = new() { Tolerance = 1e-6, Step = 1e-4 };

    [Fact]
    public void Table_EveryTransform_IsInIt()
    {
        IEnumerable<Type> reached = TransformCases.All.Select(c => c.Make().GetType()).Append(typeof(CholeskyProductTransform));
        Assert.Empty(typeof(Transform).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Transform)) && !type.IsAbstract).Except(reached));
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Inverse_OfForward_ReturnsThePoint(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Transform t = c.Make();
        (Tensor y, Tensor logDet) = t.ForwardAndLogDet(c.Points);
        (Tensor x, Tensor inverseLogDet) = t.InverseAndLogDet(y);
        BatteryTests.AssertClose(c.Points, x, 1e-10, 1e-10);
        BatteryTests.AssertClose(c.Points, t.Inverse(y), 1e-10, 1e-10);
        BatteryTests.AssertClose(-logDet, inverseLogDet, 1e-10, 1e-10);
        BatteryTests.AssertClose(y, t.Forward(c.Points), 0, 0);

        (Tensor back, Tensor backLogDet) = t.Inverted().ForwardAndLogDet(y);
        BatteryTests.AssertClose(x, back, 1e-10, 1e-10);
        BatteryTests.AssertClose(inverseLogDet, backLogDet, 1e-10, 1e-10);
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Shapes_OfValuesAndSupports_AreAsDeclared(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Transform t = c.Make();
        (Tensor y, Tensor logDet) = t.ForwardAndLogDet(c.Points);
        Assert.Equal(t.ForwardShape(c.Points.Shape), y.Shape);
        Assert.Equal(t.InverseShape(y.Shape), c.Points.Shape);
        Assert.Equal(c.Points.Shape[..^t.EventRank], logDet.Shape);
        Assert.Equal(y.Rank - t.OutputRank, logDet.Rank);
        Assert.True((bool)t.Domain.Contains(c.Points).All(), $"{name}: domain {t.Domain}");
        Assert.True((bool)t.Codomain.Contains(y).All(), $"{name}: codomain {t.Codomain}");

        // More axes in front: the same, row by row.
        Tensor twice = Tensor.Stack([c.Points, c.Points]);
        BatteryTests.AssertClose(Tensor.Stack([y, y]), t.Forward(twice), 1e-14, 1e-14);
        BatteryTests.AssertClose(Tensor.Stack([logDet, logDet]), t.ForwardAndLogDet(twice).LogDet, 1e-14, 1e-14);
        BatteryTests.AssertClose(twice, t.Inverse(Tensor.Stack([y, y])), 1e-10, 1e-10);
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void LogDet_AgainstTheJacobian_Agrees(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Transform t = c.Make();
        Tensor logDet = t.ForwardAndLogDet(c.Points).LogDet;
        if (t.EventRank == 0)
        {
            Tensor slope = Gradient.Of(x => t.Forward(x).Sum(), c.Points);
            BatteryTests.AssertClose(logDet, slope.Abs().Log(), 1e-11, 1e-11);
            Assert.True(name == "Cached" || (bool)(slope > 0).EqualTo(Tensor.Scalar(t.IsIncreasing ? 1 : 0).Cast(DType.Bool)).All(), name);
            return;
        }

        if (t.BatchShape.Rank > 0)
        {
            // One map a row: the Jacobian of all rows is block-diagonal.
            Tensor whole = Gradient.Jacobian(x => t.Forward(x.Reshape(c.Points.Shape)).Reshape(-1), c.Points.Reshape(-1));
            Assert.Equal(whole.SlogDet().LogAbs.ToScalar(), logDet.Sum().ToScalar(), 1e-10);
            return;
        }

        for (int i = 0; i < c.Points.Shape[0]; i++)
        {
            Tensor jacobian = Gradient.Jacobian(x => c.Free(t.Forward(x)), c.Points[i]);
            Assert.Equal(jacobian.SlogDet().LogAbs.ToScalar(), logDet[i].ToScalar(), 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void ValueAndLogDet_InArgumentAndParameters_HaveTheRightGradientsOfBothOrders(string name)
    {
        TransformCase c = TransformCases.Get(name);
        GradientCheckOptions options = Options with { Order = c.Order };
        GradientCheck.Run(all => c.Create(all[1..]).ForwardAndLogDet(all[0]).Value, options, [c.Points, .. c.Parameters]).ThrowIfFailed();
        GradientCheck.Run(all => c.Create(all[1..]).ForwardAndLogDet(all[0]).LogDet, options, [c.Points, .. c.Parameters]).ThrowIfFailed();
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Inverse_InArgumentAndParameters_HasTheRightGradients(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Tensor y = c.Make().Forward(c.Gentle ?? c.Points);

        // Moves that leave a simplex or a sphere are no arguments of the inverse: there the parameters, and the round trip's own derivative, are what is checked.
        bool free = c.Make().Codomain.EventRank == 0 || c.Make().Codomain == Support.Ordered;
        if (free)
        {
            GradientCheck.Run(all => c.Create(all[1..]).Inverse(all[0]), Options with { Order = c.Order }, [y, .. c.Parameters]).ThrowIfFailed();
            GradientCheck.Run(all => c.Create(all[1..]).InverseAndLogDet(all[0]).LogDet, Options with { Order = 1 }, [y, .. c.Parameters]).ThrowIfFailed();
        }

        Tensor weights = Tensor.Linspace(-1, 2, c.Points.Size, DType.Float64).Reshape(c.Points.Shape);
        Tensor roundTrip = Gradient.Of(x => (weights * c.Make().Inverse(c.Make().Forward(x))).Sum(), c.Points);
        BatteryTests.AssertClose(weights, roundTrip, 1e-8, 1e-8);
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void ForwardAndLogDet_AtExtremes_HaveNoNaN(string name)
    {
        TransformCase c = TransformCases.Get(name);
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Transform t = c.Make(dtype);
            Tensor at = (c.Extremes ?? c.Points).Cast(dtype);
            at = dtype == DType.Float32 && t.Domain == Support.Positive ? Tensor.Maximum(at, 1e-30) : at;
            (Tensor y, Tensor logDet) = t.ForwardAndLogDet(at);
            Assert.False((bool)y.IsNaN().Any(), $"{name} {dtype}: {y}");
            Assert.False((bool)logDet.IsNaN().Any(), $"{name} {dtype}: {logDet}");
            Tensor gradient = Gradient.Of(x => t.ForwardAndLogDet(x).LogDet.Sum(), at);
            Assert.False((bool)gradient.IsNaN().Any(), $"{name} {dtype}, d log det: {gradient}");
            if (t.Codomain.EventRank == 0)
            {
                Tensor back = t.Inverse(y);
                Assert.False((bool)back.IsNaN().Any(), $"{name} {dtype}, inverse: {back}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Float32_AgainstFloat64_AgreesToItsPrecision(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Tensor[] rounded = Array.ConvertAll(c.Parameters, p => p.Cast(DType.Float32));
        Tensor x = c.Points.Cast(DType.Float32);
        (Tensor y, Tensor logDet) = c.Create(rounded).ForwardAndLogDet(x);
        (Tensor expected, Tensor expectedLogDet) = c.Create(Array.ConvertAll(rounded, p => p.Cast(DType.Float64))).ForwardAndLogDet(x.Cast(DType.Float64));
        Assert.Equal(DType.Float32, y.DType);
        Assert.Equal(DType.Float32, logDet.DType);
        BatteryTests.AssertClose(expected, y.Cast(DType.Float64), 1e-5, 1e-5);
        BatteryTests.AssertClose(expectedLogDet, logDet.Cast(DType.Float64), 1e-5, 1e-5);
    }

    [Theory]
    [MemberData(nameof(TransformCases.Names), MemberType = typeof(TransformCases))]
    public void Compiled_ForwardAndInverse_GiveTheSame(string name)
    {
        TransformCase c = TransformCases.Get(name);
        Transform t = c.Make();
        (Tensor y, Tensor logDet) = t.ForwardAndLogDet(c.Points);
        Tensor[] compiled = Graph.Compile((Tensor[] x) =>
        {
            (Tensor value, Tensor det) = t.ForwardAndLogDet(x[0]);
            return [value, det];
        }).Run(c.Points);
        BatteryTests.AssertClose(y, compiled[0], 1e-12, 1e-12);
        BatteryTests.AssertClose(logDet, compiled[1], 1e-12, 1e-12);
        if (c.InverseCompiles)
        {
            BatteryTests.AssertClose(t.Inverse(y), Graph.Compile((Tensor[] v) => [t.Inverse(v[0])]).Run(y)[0], 1e-12, 1e-12);
        }
    }
}
