using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>What heads that predict by a velocity field share: the network, and flow matching.</summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public abstract class VelocityHead<TOut> : Head<TOut> where TOut : Sampler
{
    /// <summary>The most examples that <see cref="FlowCoupling.OptimalTransport"/> assigns to noise together, which takes time as the cube of their number.</summary>
    public const int MostCoupled = 256;

    private const int DefaultSteps = 8;
    private const double DefaultTolerance = 1e-5;

    private readonly VelocityNetwork _network;
    private readonly int _dimension;
    private FlowField? _field;

    /// <summary>Creates the head.</summary>
    /// <param name="dimension">The length of the vectors; at least 1.</param>
    /// <param name="objective">By what it is trained.</param>
    /// <param name="hidden">The widths of the network's hidden layers; two of 64 by default.</param>
    /// <param name="activation">Between them, smooth; SiLU by default.</param>
    private protected VelocityHead(int dimension, FlowObjective objective, IReadOnlyList<int>? hidden, Activation? activation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        (_dimension, Objective) = (dimension, objective);
        _network = new(Name, hidden, activation);
    }

    /// <summary>By what it is trained.</summary>
    public FlowObjective Objective { get; }

    /// <summary>Which noise goes to which example, in flow matching; the likelihood has no such choice.</summary>
    /// <exception cref="ArgumentException">It is a choice of flow matching, but <see cref="Objective"/> is another.</exception>
    public FlowCoupling Coupling
    {
        get;
        init => field = !Enum.IsDefined(value)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name}.Coupling: it must be one of the couplings.")
            : value == FlowCoupling.Independent || Objective == FlowObjective.FlowMatching ? value
            : throw new ArgumentException(
                $"{Name}: Coupling = {value} joins noise to examples in flow matching, but the objective is {Objective}, which draws none. "
                + $"Leave the coupling {FlowCoupling.Independent}, or train by {FlowObjective.FlowMatching}.", nameof(value));
    }

    /// <summary>Fixed steps of the fourth-order method where the equation stands in a compiled function, as in training by likelihood; at least 1. Default 8.</summary>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name}.Steps: at least one step is needed.");
    } = DefaultSteps;

    /// <summary>
    /// The relative and absolute tolerance of the adaptive solver elsewhere; above 0. Default 1e-5. It is for the root mean square over up to 4,096 rows that are solved
    /// together: a single one may be less exact, and changes a little with those beside it.
    /// </summary>
    /// <remarks>
    /// The error allowed a step: of log densities and draws, and of gradients, in units of the loss's largest derivative with respect to them. A <see cref="GradientCheck"/> to
    /// its 1e-7 must fail at the default, because its differences divide the error of the values by their step of 1e-3: check with a tolerance of 1e-12, in Float64.
    /// </remarks>
    public double Tolerance
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Name}.Tolerance: it must be above 0 and finite.");
    } = DefaultTolerance;

    /// <inheritdoc/>
    public override Shape TargetShape => [_dimension];

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    internal override bool NeedsSpread => true;

    /// <inheritdoc/>
    public override LayerDescription Describe()
    {
        var settings = new JsonObject
        {
            ["dimension"] = _dimension, ["objective"] = Objective.ToString(), ["coupling"] = Coupling.ToString(), ["steps"] = Steps, ["tolerance"] = Tolerance,
        };
        _network.DescribeInto(settings);
        return new(Name, settings);
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}({_dimension})");

    /// <summary>A mean squared error of flow matching has no units that a log density has.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale) =>
        Objective == FlowObjective.FlowMatching ? loss : base.LossInOriginalUnits(loss, scale);

    /// <inheritdoc/>
    protected override void OnBuild(Shape features, BuildContext context)
    {
        if (features[0] > 0 && Coupling == FlowCoupling.OptimalTransport)
        {
            throw new ShapeException(
                $"{this}: the coupling {Coupling} is for models without features, but got {ShapeText.Batch(features)}: noise that is chosen for the examples would depend on "
                + $"their features. Use {nameof(FlowCoupling)}.{FlowCoupling.Independent}.");
        }

        _network.Build(_dimension, features[0], context);
        _field = new(_network, _dimension, Steps, Tolerance);
    }

    /// <summary>The path under given features, in standardized units.</summary>
    private protected FlowPath PathOf(Tensor features) => new(
        _field!, features.Shape[..^1], _network.Context(features.Reshape(features.Shape[..^1].Size, features.Shape[-1])), _network.Weights,
        Tensor.Scalar(0, features.DType).AsFree(), Tensor.Scalar(1, features.DType).AsFree());

    /// <summary>
    /// |v(t, (1 − t)·x₀ + t·y) − (y − x₀)|² with x₀ standard Normal and t uniform, [n] (Lipman et al. 2023). The times of a batch are stratified, which is
    /// uniform for each and less noisy together. In standardized units, whatever those of prediction and target are.
    /// </summary>
    private protected Tensor Matching(FlowPath path, Tensor target, LossContext context)
    {
        target = path.Standardize(target);
        (RandomKey noise, RandomKey time) = context.Key.Split();
        Tensor start = Coupled(noise.Normal(target.Shape, target.DType), target);
        Tensor t = time.Stratified(target.Shape[0], target.DType).Unsqueeze(-1);
        Tensor velocity = path.Field.Network.Velocity(t, ((1 - t) * start) + (t * target), path.Context, path.Weights);
        return (velocity - (target - start)).Square().Sum(-1);
    }

    /// <summary>The noise in the order of the examples that it is joined to.</summary>
    private Tensor Coupled(Tensor noise, Tensor target)
    {
        if (Coupling == FlowCoupling.Independent)
        {
            return noise;
        }

        int n = target.Shape[0];
        return Tensor.Concat([.. Enumerable.Range(0, (n + MostCoupled - 1) / MostCoupled).Select(part =>
        {
            Range rows = (part * MostCoupled)..Math.Min(n, (part + 1) * MostCoupled);
            Tensor some = noise[rows];

            // ½·|y − x₀|² less ½·|y|², which is the same for all noise.
            Tensor cost = (0.5 * some.Square().Sum(-1)) - Gradient.Stop(target)[rows].MatMul(some.Transpose());
            return some.IndexSelect(0, cost.LinearAssignment());
        })]);
    }
}
