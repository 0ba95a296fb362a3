using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff.Integration;

public class OdeTests
{
    private static readonly Tensor Start = Tensor.From(0.4, -1.3);

    // y' = −y·cos t has the solution y(0)·exp(−sin t).
    private static Tensor Swing(Tensor t, Tensor y) => -y * t.Cos();

    [Theory]
    [InlineData(OdeMethod.Euler, 1)]
    [InlineData(OdeMethod.Heun, 2)]
    [InlineData(OdeMethod.RungeKutta4, 4)]
    public void Solve_HalfTheStep_HasTheErrorOfItsOrder(OdeMethod method, int order)
    {
        double coarse = Error(40), fine = Error(80);

        // The next order adds a relative error of about the step, 0.05.
        Assert.InRange(Math.Log2(coarse / fine), order - 0.15, order + 0.15);

        double Error(int steps) =>
            (Ode.Solve(Swing, Start, 0, 2, steps, method) - (Start * Math.Exp(-Math.Sin(2)))).Abs().Max().ToScalar();
    }

    [Fact]
    public void Solve_Backward_ReturnsToTheStart()
    {
        Tensor end = Ode.Solve(Swing, Start, 0, 2, 100);
        Assert.True(((double)(Ode.Solve(Swing, end, 2, 0, 100) - Start).Abs().Max().ToScalar()) < 1e-7);
    }

    [Fact]
    public void Solve_BetweenUnequalTimesOfTwoParts_FollowsBoth()
    {
        // A circle: x' = −y, y' = x.
        Tensor[] end = Ode.Solve((_, s, a) => [-s[1] * a[0], s[0] * a[0]], [Start, Tensor.Zeros([2], DType.Float64)], [Tensor.From(1.0)], [0, 0.1, 0.3, 0.4, 0.6, 0.7, 0.9, 1]);
        Assert.True((end[0] - (Start * Math.Cos(1))).Abs().Max().ToScalar() < 1e-4);
        Assert.True((end[1] - (Start * Math.Sin(1))).Abs().Max().ToScalar() < 1e-4);
    }

    [Fact]
    public void Solve_InACompiledFunction_GivesTheSameAndItsGradient()
    {
        Tensor Loss(Tensor y) => Ode.Solve(Swing, y, 0, 1, 5, OdeMethod.Heun).Square().Sum();
        Graph graph = Graph.Compile((Tensor y) => Gradient.Of(Loss, y));
        Tensor expected = Gradient.Of(Loss, Start), actual = graph.Call(Start);
        Assert.True((expected - actual).Abs().Max().ToScalar() < 1e-14);
        GradientCheck.Run(Loss, Start).ThrowIfFailed();
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-9)]
    public void DormandPrince_AtATolerance_IsThatAccurate(double tolerance)
    {
        var solver = new DormandPrince((t, y, _) => [Swing(t, y[0])], options: new() { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance });
        OdeSolution solution = solver.Solve([Start], [], 0, 6);

        // The tolerance is that of a step: over some tens of steps the errors add up.
        double error = (solution.State[0] - (Start * Math.Exp(-Math.Sin(6)))).Abs().Max().ToScalar();
        Assert.InRange(error, 0, 30 * tolerance);
        Assert.InRange(solution.Steps, 5, 400);
        Assert.True((Start - solver.Solve(solver.Solve(Start, 0, 6), 6, 0)).Abs().Max().ToScalar() < 60 * tolerance);
    }

    [Fact]
    public void DormandPrince_Eager_GivesWhatTheCompiledOneDoes()
    {
        OdeFunction f = (t, y, _) => [Swing(t, y[0])];
        Tensor compiled = new DormandPrince(f).Solve(Start, 0, 3), eager = new DormandPrince(f, options: new() { Compile = false }).Solve(Start, 0, 3);
        Assert.True((compiled - eager).Abs().Max().ToScalar() < 1e-12);
    }

    [Fact]
    public void DormandPrince_Gradient_IsThatOfTheSolution()
    {
        // y' = θ₀·y + θ₁·sin t, of which state and arguments are both wanted; y stands in two parts.
        var solver = new DormandPrince(
            (t, y, a) => [(a[0] * y[0]) + (a[1] * t.Sin()), -y[0] * y[1]], parts: 2, new() { RelativeTolerance = 1e-11, AbsoluteTolerance = 1e-11 });
        Tensor Loss(Tensor[] x)
        {
            IReadOnlyList<Tensor> end = solver.Solve([x[0], x[1]], [x[2], x[3]], 0, 1).State;
            return (end[0].Square() * end[1]).Sum();
        }

        GradientCheck.Run(Loss, new GradientCheckOptions { Tolerance = 1e-6 }, Start, Tensor.From(0.5, 1.2), Tensor.From(-0.7), Tensor.From(0.9)).ThrowIfFailed();
    }

    [Theory]
    [InlineData(1e-5)]
    [InlineData(1e-9)]
    public void DormandPrince_GradientWhereTheFieldIsZero_IsThatAccurate(double tolerance)
    {
        // y' = θ₀·sin 6t + θ₁·y·cos 9t stands still at θ = 0, where ∂y(1)/∂θ₀ = (1 − cos 6)/6 and ∂y(1)/∂θ₁ = y(0)·sin 9/9. An argument may be empty.
        DormandPrince solver = Still(tolerance);
        Tensor[] gradients = Gradient.ValueAndGradient(
            x => solver.Solve([Start], x, 0, 1).State[0].Sum(), Tensor.From(0.0), Tensor.From(0.0), Tensor.Zeros([0], DType.Float64)).Gradients;

        // The tolerance is that of a step, of which there are some tens.
        Assert.Equal(2 * (1 - Math.Cos(6)) / 6, gradients[0].Sum().ToScalar(), 30 * tolerance);
        Assert.Equal(Start.Sum().ToScalar() * Math.Sin(9) / 9, gradients[1].Sum().ToScalar(), 30 * tolerance);
        Assert.Equal(0, gradients[2].Size);
    }

    [Fact]
    public void DormandPrince_GradientsWhereTheFieldIsZero_AgreeWithDifferences()
    {
        // Some tens of steps make a value wrong by 3e-11, and its differences of step 1e-3 by 1.5·3e-11/1e-3 = 5e-8; the derivatives are 5e-3 and more.
        DormandPrince solver = Still(1e-12);
        Tensor Loss(Tensor[] x) => solver.Solve([x[0]], x[1..], 0, 1).State[0].Square().Sum();
        GradientCheck.Run(Loss, new GradientCheckOptions { Tolerance = 1e-5 }, Start, Tensor.From(0.0), Tensor.From(0.0)).ThrowIfFailed();
    }

    [Fact]
    public void DormandPrince_GradientOfASmallMultipleOfALoss_IsThatMultiple()
    {
        var solver = new DormandPrince((t, y, a) => [a[0] * Swing(t, y[0])]);
        Tensor[] Gradients(double factor) =>
            Gradient.ValueAndGradient(x => factor * solver.Solve([x[0]], [x[1]], 0, 3).State[0].Square().Sum(), Start, Tensor.From(1.5)).Gradients;

        // A power of two, which rounds nothing.
        double small = Math.ScaleB(1, -20);
        Assert.Equal(Gradients(1).SelectMany(g => (g * small).ToArray<double>()), Gradients(small).SelectMany(g => g.ToArray<double>()));
    }

    [Fact]
    public void DormandPrince_SolutionThatLeavesTheNumbers_SaysWhere()
    {
        // y' = y² from y(0) = 1 is infinite at t = 1.
        var solver = new DormandPrince((_, y, _) => [y[0].Square()], options: new() { MaxSteps = 2000 });
        string message = Assert.Throws<OdeException>(() => solver.Solve(Tensor.From(1.0), 0, 2)).Message;
        Assert.Contains("t = ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DormandPrince_WhileTracing_IsRefused()
    {
        var solver = new DormandPrince((t, y, _) => [Swing(t, y[0])]);
        Graph graph = Graph.Compile((Tensor y) => solver.Solve(y, 0, 1));
        Assert.Contains("Ode.Solve", Assert.Throws<TracingException>(() => graph.Call(Start)).Message, StringComparison.Ordinal);
    }

    private static DormandPrince Still(double tolerance) => new(
        (t, y, a) => [(a[0] * (6 * t).Sin()) + (a[1] * y[0] * (9 * t).Cos())], options: new() { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance });
}
