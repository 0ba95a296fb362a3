using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// A normalizing flow of affine couplings on the plane (Dinh, Sohl-Dickstein and Bengio 2017): each coupling scales and shifts one coordinate by
/// what a small network makes of the other; the base is standard Normal and the log scales are bounded by tanh.
/// </summary>
public sealed class RealNvpWorkload : Workload
{
    private const int Couplings = 6;
    private const int Width = 64;

    // Couplings that start near the identity, as usual; from a random start the first steps are so wild that rounding decides the losses.
    private static readonly Initializer s_smallWeights = Initializer.RandomNormal(0.01);

    private static readonly double s_logNormalizer = Math.Log(2 * Math.PI);

    private readonly Sequential[] _conditioners;
    private readonly int _batch;

    /// <summary>Creates the flow and its batch: two crescents.</summary>
    /// <param name="batch">Examples a step.</param>
    public RealNvpWorkload(int batch)
    {
        _batch = batch;
        Id = FormattableString.Invariant($"realnvp-{batch}");
        _conditioners = [.. Enumerable.Range(0, Couplings).Select(_ => new Sequential(
            new Dense(Width, Activation.Relu), new Dense(Width, Activation.Relu), new Dense(2, initializer: s_smallWeights)))];
        ulong stream = 0;
        for (int i = 0; i < Couplings; i++)
        {
            _conditioners[i].Build([1], new BuildContext(FormattableString.Invariant($"coupling.{i}"), WeightKey, DType.Float32));

            // With zero biases all units of a layer of one input bend at the same point, and rounding there decides how the losses go on.
            foreach (Parameter bias in _conditioners[i].Layers.Take(2).Select(layer => layer.Parameters[1]))
            {
                bias.Value = 0.3 * WeightKey.FoldIn(stream++).Normal(bias.Shape);
            }
        }

        Inputs = [Crescents(batch)];
    }

    /// <inheritdoc/>
    public override string Id { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. _conditioners.SelectMany(conditioner => conditioner.Parameters)];

    /// <summary>Points [n, 2].</summary>
    public override Tensor[] Inputs { get; }

    /// <inheritdoc/>
    public override IEnumerable<Product> Products =>
        Enumerable.Range(0, Couplings).SelectMany(i => Product.Chain(_batch, needsInputGradient: i > 0, 1, Width, Width, 2));

    /// <summary>−ln p(x) = ½‖z‖² + ln 2π − Σ s, where each coupling maps b to b·eˢ + t with s = tanh(·), t of a.</summary>
    /// <inheritdoc/>
    public override Tensor Loss(Tensor[] inputs, Tensor[] noise)
    {
        Tensor a = inputs[0][.., ..1], b = inputs[0][.., 1..];
        Tensor? logDeterminant = null;
        foreach (Sequential conditioner in _conditioners)
        {
            Tensor raw = conditioner.Forward(a, ForwardContext.Inference);
            Tensor logScale = raw[.., ..1].Tanh();
            Tensor moved = (b * logScale.Exp()) + raw[.., 1..];
            logDeterminant = logDeterminant is null ? logScale : logDeterminant + logScale;
            (a, b) = (moved, a);
        }

        return ((0.5 * (a.Square() + b.Square())) - logDeterminant!).Mean() + s_logNormalizer;
    }
}
