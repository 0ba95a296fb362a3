using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The velocity v(t, x; features) of a continuous flow: a network of dense layers whose first one takes the point, the features and the time, each by a product of its
/// own. It carries directions along with the point (forward mode), which gives the divergence at the cost of a pass a direction. What the features give and the weights
/// are arguments, so that the adjoint equation can give their gradients.
/// </summary>
internal sealed class VelocityNetwork(string owner, IReadOnlyList<int>? widths, Activation? activation)
{
    // Of the time t in [0, 1]: t, and sines and cosines of so many multiples of π·t.
    private const int Frequencies = 3;
    private const int TimeFeatures = 1 + (2 * Frequencies);

    // Before the weights and biases of the other layers: those of the point and of the time.
    private const int Start = 2;

    private readonly DenseTail _tail = new(owner, widths, activation ?? Activation.Silu);
    private Parameter? _bias, _context;
    private IReadOnlyList<Parameter> _weights = [];

    /// <summary>What the features go through, then <see cref="Weights"/>.</summary>
    public IReadOnlyList<Parameter> Parameters => _bias is null ? [] : _context is null ? [_bias, .. _weights] : [_bias, _context, .. _weights];

    /// <summary>Point and time of the first layer, then weight and bias of each layer.</summary>
    public Tensor[] Weights => [.. _weights.Select(parameter => (Tensor)parameter)];

    public void DescribeInto(JsonObject settings) => _tail.DescribeInto(settings);

    public void Build(int dimension, int context, BuildContext build)
    {
        Initializer initializer = _tail.Activation.DefaultInitializer;
        int width = _tail.First;
        _bias = build.Parameter("bias.0", [width], Initializer.Zeros);
        _context = context == 0 ? null : build.Parameter("context", [context, width], initializer);
        _weights =
        [
            build.Parameter("input", [dimension, width], initializer), build.Parameter("time", [TimeFeatures, width], initializer),
            .. _tail.Build(dimension, Initializer.Zeros, build).SelectMany(layer => (Parameter[])[layer.Weight, layer.Bias]),
        ];
    }

    /// <summary>What the features give to the first layer, the same at all times: [n, width], or [1, width] without features.</summary>
    /// <param name="features">[n, features].</param>
    public Tensor Context(Tensor features) => _context is null ? ((Tensor)_bias!).Unsqueeze(0) : features.MatMul(_context) + _bias!;

    /// <summary>v, [n, dimension].</summary>
    /// <param name="time">t: one number, or [n, 1].</param>
    /// <param name="x">[n, dimension].</param>
    /// <param name="context">What <see cref="Context"/> gave.</param>
    /// <param name="weights">The values of <see cref="Weights"/>.</param>
    public Tensor Velocity(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        Tensor hidden = First(time, x, context, weights);
        for (int i = Start; i < weights.Length; i += 2)
        {
            hidden = _tail.Activation.Apply(hidden).MatMul(weights[i]) + weights[i + 1];
        }

        return hidden;
    }

    /// <summary>v, [n, dimension], and its divergence Σ ∂vᵢ/∂xᵢ, [n].</summary>
    public (Tensor Velocity, Tensor Divergence) WithDivergence(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        // The directions are the coordinate axes: [n, dimension, width], the first the same for all points.
        Tensor directions = weights[0];
        (Tensor velocity, directions) = Carry(First(time, x, context, weights), directions, weights, slope => slope.Unsqueeze(-2));
        return (velocity, (directions * weights[^2].Transpose()).Sum([-2, -1]));
    }

    /// <summary>
    /// v, [n, dimension], and εᵀ·(∂v/∂x)·ε, [n], an estimate of the divergence (Hutchinson 1990; Grathwohl et al. 2019) along probes ε, [n, dimension], of mean 0 and
    /// covariance 1.
    /// </summary>
    public (Tensor Velocity, Tensor Divergence) WithDivergenceAlong(Tensor time, Tensor x, Tensor context, Tensor probe, Tensor[] weights)
    {
        (Tensor velocity, Tensor direction) = Carry(First(time, x, context, weights), probe.MatMul(weights[0]), weights, slope => slope);
        return (velocity, (direction.MatMul(weights[^2]) * probe).Sum(-1));
    }

    private static Tensor First(Tensor time, Tensor x, Tensor context, Tensor[] weights)
    {
        Tensor t = time.Rank == 0 ? time.Reshape(1, 1) : time;
        Tensor angles = Math.PI * Tensor.Arange(1, Frequencies + 1, dtype: x.DType).AsFree() * t;
        return x.MatMul(weights[0]) + Tensor.Concat([t, angles.Sin(), angles.Cos()], -1).MatMul(weights[1]) + context;
    }

    // The directions stop before the last layer, of which only a trace is wanted.
    private (Tensor Velocity, Tensor Directions) Carry(Tensor hidden, Tensor directions, Tensor[] weights, Func<Tensor, Tensor> spread)
    {
        for (int i = Start; i < weights.Length; i += 2)
        {
            (Tensor active, Tensor slope) = Gradient.Vjp(_tail.Activation.Apply, hidden, Tensor.OnesLike(hidden));
            directions = spread(slope) * directions;
            directions = i == weights.Length - 2 ? directions : Rows(directions, weights[i]);
            hidden = active.MatMul(weights[i]) + weights[i + 1];
        }

        return (hidden, directions);
    }

    // One product of all rows.
    private static Tensor Rows(Tensor x, Tensor weight) => x.Rank == 2
        ? x.MatMul(weight) : x.Reshape(-1, x.Shape[-1]).MatMul(weight).Reshape(x.Shape[..^1].Concat([weight.Shape[-1]]));
}
