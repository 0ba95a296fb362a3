using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// A neural spline flow on the plane (Durkan et al. 2019): four couplings, each of a rational-quadratic spline of eight bins for one coordinate whose parameters a
/// network predicts from the other. It is the library's own head, as a user would make it.
/// </summary>
public sealed class SplineWorkload : Workload
{
    private const int Couplings = 4;
    private const int Width = 64;
    private const int Bins = 8;
    private const int RawSize = (3 * Bins) - 1;

    private readonly FlowHead _head = Flows.NeuralSpline(2, Couplings, Bins, bound: 4, hidden: [Width, Width]);
    private readonly Tensor _features;
    private readonly int _batch;

    /// <summary>Creates the flow and its batch: two crescents.</summary>
    /// <param name="batch">Examples a step.</param>
    /// <param name="dtype">In what it computes.</param>
    public SplineWorkload(int batch, DType dtype = DType.Float32)
    {
        _batch = batch;
        _features = Tensor.Zeros([batch, 0], dtype);
        Id = FormattableString.Invariant($"spline-{batch}");
        _head.Build([0], new BuildContext("", WeightKey, dtype));

        // Close to the identity, but not at it, where all units of a layer of one input bend at the same point, and rounding there decides how the losses go on.
        ulong stream = 0;
        foreach (Parameter parameter in _head.Parameters)
        {
            bool isHiddenBias = parameter.Shape.Rank == 1 && parameter.Shape[0] == Width, isLast = parameter.Shape.Rank == 2 && parameter.Shape[1] == RawSize;
            parameter.Value += (isHiddenBias ? 0.3 : isLast ? 0.01 : 0) * WeightKey.FoldIn(stream++).Normal(parameter.Shape, dtype);
        }

        Inputs = [Crescents(batch).Cast(dtype)];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _head.Parameters;

    /// <summary>Points [n, 2].</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<Product> Products =>
        Enumerable.Range(0, Couplings).SelectMany(i => Product.Chain(_batch, needsInputGradient: i > 0, 1, Width, Width, RawSize));

    /// <summary>−ln p(x).</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise) =>
        _head.Loss(_head.Forward(_features), inputs[0], new LossContext(NoiseKey, 1.0)).Mean();
}
