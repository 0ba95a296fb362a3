using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A head, whatever it predicts.</summary>
public interface IHead
{
    /// <summary>The kind of head, as listed and saved.</summary>
    string Name { get; }

    /// <summary>The type of a prediction.</summary>
    Type OutputType { get; }

    /// <summary>The shape of the target of one example: [] for a number.</summary>
    Shape TargetShape { get; }

    /// <summary>Which rescaling of targets leaves the family of distributions as it is.</summary>
    TargetScaling Scaling { get; }

    /// <summary>Whether the parameters exist.</summary>
    bool IsBuilt { get; }

    /// <summary>The trainable parameters; empty before the head is built.</summary>
    IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Values that belong to the head but are not trained by gradients; saved with the model.</summary>
    IReadOnlyList<Parameter> State { get; }

    /// <summary>Creates the parameters for features of a given shape. Building again for the same shape does nothing.</summary>
    /// <param name="features">The shape of the features of one example.</param>
    /// <param name="context">Path, key and type.</param>
    /// <exception cref="ShapeException">The head does not take such features, or was built for others.</exception>
    void Build(Shape features, BuildContext context);

    /// <summary>The settings from which <see cref="LayerRegistry"/> makes the same head again, as saved in a model file.</summary>
    LayerDescription Describe();

    /// <summary>Refuses targets that no prediction of this head can produce, naming the row.</summary>
    /// <param name="targets">[n] + <see cref="TargetShape"/>.</param>
    /// <exception cref="ArgumentException">A target is not in the support.</exception>
    void CheckTargets(Tensor targets);
}
