using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Sets each feature to 0 with a probability while training and scales the others so that the mean stays (Srivastava et al. 2014).
/// Does nothing in prediction.
/// </summary>
public sealed class Dropout : Layer
{
    /// <summary>Creates the layer.</summary>
    /// <param name="rate">The probability of dropping a feature, in [0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public Dropout(double rate) => Rate = rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "Dropout: the rate must lie in [0, 1).");

    /// <summary>The probability of dropping a feature.</summary>
    public double Rate { get; }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["rate"] = Rate });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"Dropout({Rate})");

    /// <inheritdoc/>
    protected override Shape OnBuild(Shape input, BuildContext context) => input;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x, ForwardContext context)
    {
        if (!context.IsTraining || Rate == 0)
        {
            return x;
        }

        RandomKey key = context.Key ?? throw new InvalidOperationException($"{this}: training needs a key; use ForwardContext.Training(key).");
        Tensor kept = key.Uniform(x.Shape, x.DType) >= Rate;
        return Tensor.Where(kept, x * (1 / (1 - Rate)), 0);
    }
}
