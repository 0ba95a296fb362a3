using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts the probabilities of classes 0, 1, …: softmax regression on the features, trained by cross-entropy.</summary>
public sealed class CategoricalHead : UnivariateHead<Categorical>
{
    /// <summary>Creates the head.</summary>
    /// <param name="classes">Number of classes; at least 2. Targets are 0 to classes − 1.</param>
    /// <param name="outputs">Labels an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public CategoricalHead(int classes, int? outputs = null) : base(RequireClasses(classes), outputs) => Classes = classes;

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.None;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.IntegerInterval(0, Classes - 1);

    internal override int InputSize => base.InputSize * Classes;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["classes"] = Classes, ["outputs"] = Outputs });

    /// <inheritdoc/>
    public override string ToString() => $"CategoricalHead({Classes})";

    /// <summary>One-hot, one label after the other.</summary>
    internal override Tensor AsInput(Tensor target, DType dtype) => target.Cast(DType.Int64).OneHot(Classes, dtype).Flatten(-2);

    /// <inheritdoc/>
    public override Categorical Rescale(Categorical prediction, Tensor loc, Tensor scale) => prediction;

    /// <inheritdoc/>
    protected override Categorical FromParameters(Tensor raw) => Categorical.FromLogits(raw);

    /// <summary>All classes alike: mean and standard deviation of labels say nothing of their frequencies.</summary>
    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics) => Tensor.Zeros(TargetShape.Concat([Classes]), statistics.Mean.DType);

    private static int RequireClasses(int classes) => classes >= 2
        ? classes
        : throw new ArgumentOutOfRangeException(nameof(classes), classes, "CategoricalHead: at least two classes are needed.");
}
