using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A part of a normalizing flow: an invertible map of vectors whose parameters are trained and may depend on features, the context. Every step is written from
/// the data to the noise, which is the direction of training and of log densities: what is one pass there may be many the other way (<see cref="InvertedStep"/>
/// turns a step round).
/// </summary>
public abstract class FlowStep
{
    /// <summary>The kind of step, as listed and saved.</summary>
    public virtual string Name => TypeName.Of(GetType());

    /// <summary>Whether the parameters exist.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>The length of the vectors; 0 before the step is built.</summary>
    public int Dimension { get; private set; }

    /// <summary>The number of features that the parameters depend on; 0 for none.</summary>
    public int Context { get; private set; }

    /// <summary>The trainable parameters, in a fixed order; empty before the step is built.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The settings from which <see cref="LayerRegistry"/> makes the same step again, as saved in a model file.</summary>
    public abstract LayerDescription Describe();

    /// <summary>Creates the parameters. Building again for the same lengths does nothing.</summary>
    /// <param name="dimension">The length of the vectors; at least 1.</param>
    /// <param name="context">The number of features; 0 for none.</param>
    /// <param name="build">Path, key and type.</param>
    /// <exception cref="ShapeException">The step does not take such vectors, or was built for others.</exception>
    public void Build(int dimension, int context, BuildContext build)
    {
        if (IsBuilt)
        {
            if ((dimension, context) != (Dimension, Context))
            {
                throw new ShapeException(FormattableString.Invariant(
                    $"{this}: it was built for vectors of {Dimension} and {Context} features, but got {dimension} and {context}."));
            }

            return;
        }

        if (dimension < 1 || context < 0)
        {
            throw new ShapeException(FormattableString.Invariant($"{this}: it takes vectors of at least 1, but got vectors of {dimension} and {context} features."));
        }

        OnBuild(dimension, context, build);
        (Dimension, Context, IsBuilt) = (dimension, context, true);
    }

    /// <summary>The map from data to noise under given features.</summary>
    /// <param name="context">[..., <see cref="Context"/>]: its leading axes broadcast against those of the vectors, [..., <see cref="Dimension"/>].</param>
    /// <exception cref="InvalidOperationException">The step is not built yet.</exception>
    /// <exception cref="ShapeException">The features are of another number.</exception>
    public Transform Bind(Tensor context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (!IsBuilt)
        {
            throw new InvalidOperationException($"{this}: it has no parameters yet; build the head or model that it belongs to.");
        }

        return context.Rank >= 1 && context.Shape[-1] == Context
            ? OnBind(context)
            : throw new ShapeException(FormattableString.Invariant($"{this}: expects features of shape [..., {Context}], but got {context.Shape}."));
    }

    /// <summary>Whether <see cref="Initialize"/> and <see cref="InitializeInverse"/> do anything.</summary>
    public virtual bool IsInitializedByData => false;

    /// <summary>Sets parameters by the first vectors that the step will see, where it has such a rule (<see cref="ActNormStep"/>).</summary>
    /// <param name="values">[n, <see cref="Dimension"/>], as they come out of the steps before.</param>
    public virtual void Initialize(Tensor values)
    {
    }

    /// <summary>The same for a step that is turned round (<see cref="InvertedStep"/>): the vectors are what its inverse will see.</summary>
    /// <param name="values">[n, <see cref="Dimension"/>].</param>
    public virtual void InitializeInverse(Tensor values)
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Creates the parameters through <see cref="BuildContext.Parameter"/>, without reading their values, which may not exist yet.</summary>
    /// <param name="dimension">The length of the vectors.</param>
    /// <param name="context">The number of features; 0 for none.</param>
    /// <param name="build">Path, key and type.</param>
    protected abstract void OnBuild(int dimension, int context, BuildContext build);

    /// <summary>The map from data to noise, of vectors of <see cref="Dimension"/>.</summary>
    /// <param name="context">[..., <see cref="Context"/>].</param>
    protected abstract Transform OnBind(Tensor context);

    /// <summary>The head or step that it is a part of.</summary>
    internal Ownership Ownership { get; } = new();

    /// <summary>Takes a build back, when another step of the same head failed to build.</summary>
    internal virtual void Unbuild() => IsBuilt = false;
}
