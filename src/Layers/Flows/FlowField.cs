using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A velocity field and the solvers of its equations, which every prediction of a head shares.</summary>
internal sealed class FlowField
{
    private readonly DormandPrince[] _adaptive;
    private readonly int _steps;

    public FlowField(VelocityNetwork network, int dimension, int steps, double tolerance)
    {
        (Network, Dimension, _steps, Tolerance) = (network, dimension, steps, tolerance);
        var options = new OdeOptions { RelativeTolerance = tolerance, AbsoluteTolerance = tolerance };
        _adaptive = [.. Enum.GetValues<FlowTask>().Select(task => new DormandPrince(Slope(task), (int)task + 1, options))];
    }

    public VelocityNetwork Network { get; }

    public int Dimension { get; }

    /// <summary>That of the adaptive solver.</summary>
    public double Tolerance { get; }

    /// <summary>The state at the end, by fixed steps where values are not known yet.</summary>
    public Tensor[] Solve(FlowTask task, Tensor[] state, Tensor context, Tensor[] weights, double start, double stop)
    {
        Tensor[] arguments = [context, .. weights];
        return state.Concat(arguments).Any(tensor => tensor.IsSymbolic)
            ? Ode.Solve(Slope(task), state, arguments, start, stop, _steps)
            : [.. _adaptive[(int)task].Solve(state, arguments, start, stop).State];
    }

    private OdeFunction Slope(FlowTask task) => (t, state, arguments) =>
    {
        Tensor context = arguments[0];
        Tensor[] weights = arguments[1..];
        switch (task)
        {
            case FlowTask.Point:
                return [Network.Velocity(t, state[0], context, weights)];
            case FlowTask.Density:
                (Tensor velocity, Tensor divergence) = Network.WithDivergence(t, state[0], context, weights);
                return [velocity, -divergence];
            default:
                (Tensor along, Tensor estimate) = Network.WithDivergenceAlong(t, state[0], context, state[2], weights);
                return [along, -estimate, Tensor.ZerosLike(state[2])];
        }
    };
}
