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
}
