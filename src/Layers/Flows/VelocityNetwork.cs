using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The velocity v(t, x; features) of a continuous flow: a network of dense layers whose first one takes the point, the features and the time, each by a product of its
/// own. It carries directions along with the point (forward mode), which gives the divergence at the cost of a pass a direction. The weights are arguments, so that the
/// adjoint equation can give their gradients.
/// </summary>
internal sealed class VelocityNetwork
{
    // Of the time t in [0, 1]: t, and sines and cosines of so many multiples of π·t.
    private const int Frequencies = 3;
    private const int TimeFeatures = 1 + (2 * Frequencies);

    private readonly int[] _widths;
    private readonly Activation _activation;
    private bool _hasContext;

    public VelocityNetwork(string owner, IReadOnlyList<int>? widths, Activation? activation)
    {
        _widths = [.. widths ?? [64, 64]];
        _activation = activation ?? Activation.Silu;
        ConditionerNetwork.RequireWidths(owner, _widths);
    }

    /// <summary>Bias, point, time and features of the first layer, then weight and bias of each layer.</summary>
    public IReadOnlyList<Parameter> Parameters { get; private set; } = [];

    public Tensor[] Weights => [.. Parameters.Select(parameter => (Tensor)parameter)];

    public void DescribeInto(JsonObject settings) => ConditionerNetwork.DescribeInto(settings, _widths, _activation);

    public void Build(int dimension, int context, BuildContext build)
    {
        Initializer initializer = _activation.DefaultInitializer;
        var parameters = new List<Parameter>
        {
            build.Parameter("bias.0", [_widths[0]], Initializer.Zeros),
            build.Parameter("input", [dimension, _widths[0]], initializer),
            build.Parameter("time", [TimeFeatures, _widths[0]], initializer),
        };
        if (context > 0)
        {
            parameters.Add(build.Parameter("context", [context, _widths[0]], initializer));
        }

        for (int i = 1; i <= _widths.Length; i++)
        {
            bool last = i == _widths.Length;
            int width = last ? dimension : _widths[i];
            parameters.Add(build.Parameter(FormattableString.Invariant($"weight.{i}"), [_widths[i - 1], width], last ? Initializer.Zeros : initializer));
            parameters.Add(build.Parameter(FormattableString.Invariant($"bias.{i}"), [width], Initializer.Zeros));
        }

        (Parameters, _hasContext) = (parameters, context > 0);
    }

    /// <summary>v, [n, dimension].</summary>
    /// <param name="time">t: one number, or [n, 1].</param>
    /// <param name="x">[n, dimension].</param>
    /// <param name="context">[n, features].</param>
    /// <param name="weights">The values of <see cref="Parameters"/>.</param>
    public Tensor Velocity(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        Tensor hidden = First(time, x, context, weights);
        for (int i = Start; i < weights.Length; i += 2)
        {
            hidden = _activation.Apply(hidden).MatMul(weights[i]) + weights[i + 1];
        }

        return hidden;
    }

    /// <summary>v, [n, dimension], and its divergence Σ ∂vᵢ/∂xᵢ, [n].</summary>
    public (Tensor Velocity, Tensor Divergence) WithDivergence(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        // The directions are the coordinate axes: [n, dimension, width], the first the same for all points.
        Tensor directions = weights[1];
        (Tensor velocity, directions) = Carry(First(time, x, context, weights), directions, weights, slope => slope.Unsqueeze(-2));
        return (velocity, (directions * weights[^2].Transpose()).Sum([-2, -1]));
    }

    /// <summary>
    /// v, [n, dimension], and εᵀ·(∂v/∂x)·ε, [n], an estimate of the divergence (Hutchinson 1990; Grathwohl et al. 2019) along probes ε, [n, dimension], of mean 0 and
    /// covariance 1.
    /// </summary>
    public (Tensor Velocity, Tensor Divergence) WithDivergenceAlong(Tensor time, Tensor x, Tensor context, Tensor probe, Tensor[] weights)
    {
        (Tensor velocity, Tensor direction) = Carry(First(time, x, context, weights), probe.MatMul(weights[1]), weights, slope => slope);
        return (velocity, (direction.MatMul(weights[^2]) * probe).Sum(-1));
    }

    private int Start => _hasContext ? 4 : 3;

    private Tensor First(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        Tensor t = time.Rank == 0 ? time.Reshape(1, 1) : time;
        Tensor angles = Math.PI * Tensor.Arange(1, Frequencies + 1, dtype: x.DType).AsFree() * t;
        Tensor first = x.MatMul(weights[1]) + Tensor.Concat([t, angles.Sin(), angles.Cos()], -1).MatMul(weights[2]) + weights[0];
        return _hasContext ? first + context.MatMul(weights[3]) : first;
    }

    // The directions stop before the last layer, of which only a trace is wanted.
    private (Tensor Velocity, Tensor Directions) Carry(Tensor hidden, Tensor directions, Tensor[] weights, Func<Tensor, Tensor> spread)
    {
        for (int i = Start; i < weights.Length; i += 2)
        {
            directions = spread(Gradient.Of(z => _activation.Apply(z).Sum(), hidden)) * directions;
            directions = i == weights.Length - 2 ? directions : Rows(directions, weights[i]);
            hidden = _activation.Apply(hidden).MatMul(weights[i]) + weights[i + 1];
        }

        return (hidden, directions);
    }

    // One product of all rows.
    private static Tensor Rows(Tensor x, Tensor weight) => x.Rank == 2
        ? x.MatMul(weight) : x.Reshape(-1, x.Shape[-1]).MatMul(weight).Reshape(x.Shape[..^1].Concat([weight.Shape[-1]]));
}
