using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A head as a part of another one, whatever the type of its prediction: the decoder's of a variational autoencoder, for example.</summary>
internal interface INestedHead : IHead
{
    /// <summary>The model or head that it is a part of.</summary>
    Ownership Ownership { get; }

    /// <summary>The values that targets may have.</summary>
    Support TargetSupport { get; }

    /// <summary>Whether nothing but the training data keeps the density from rising without bound, so that a coordinate with one value must be refused.</summary>
    bool NeedsSpread { get; }

    /// <summary>Numbers that a network sees of a target; other than the target's size for labels.</summary>
    int InputSize { get; }

    /// <summary>A target as a network sees it: [..., <see cref="InputSize"/>].</summary>
    /// <param name="target">[..., outputs].</param>
    /// <param name="dtype">The type of the network.</param>
    Tensor AsInput(Tensor target, DType dtype);

    /// <summary>The prediction for features.</summary>
    /// <param name="features">[n, features] or [features].</param>
    Sampler Forward(Tensor features);

    /// <summary>The distribution of loc + scale·Y.</summary>
    /// <param name="prediction">The distribution of Y, as <see cref="Forward"/> gave it.</param>
    /// <param name="loc">The shift.</param>
    /// <param name="scale">The factor, above 0.</param>
    Sampler Rescale(Sampler prediction, Tensor loc, Tensor scale);

    /// <summary>Refuses targets that are not in the support, or not any more in the type of the parameters.</summary>
    /// <param name="targets">[n] + the target's shape.</param>
    /// <param name="dtype">The type of the parameters.</param>
    /// <exception cref="ArgumentException">A target is not in the support.</exception>
    void CheckTargets(Tensor targets, DType dtype);

    /// <summary>Sets parameters so that the first prediction has the location and scale of the targets.</summary>
    void InitializeFor(TargetStatistics statistics);

    /// <summary>Sets parameters by examples.</summary>
    void InitializeOn(FirstExamples examples);

    /// <summary>Takes a build back, when a later part of the same head failed to build.</summary>
    void Unbuild();
}
