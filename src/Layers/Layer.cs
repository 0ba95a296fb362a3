using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// A function with parameters, from features [n, …] to features [n, …]. Its parameters are created when the shape of its input is known:
/// at the first call of Fit, or by <see cref="Model{TOut}.Build(int, RandomKey)"/>.
/// </summary>
public abstract class Layer
{
    private Shape _input;
    private Shape _output;

    /// <summary>The kind of layer, as listed and saved.</summary>
    public virtual string Name => TypeName.Of(GetType());

    /// <summary>Whether the parameters exist.</summary>
    public bool IsBuilt { get; private set; }

    /// <summary>The shape of one example on the way in, once built.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    public Shape InputShape => RequireBuilt(_input);

    /// <summary>The shape of one example on the way out, once built.</summary>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    public Shape OutputShape => RequireBuilt(_output);

    /// <summary>The layers that this one consists of, in a fixed order; none for a layer with parameters of its own only.</summary>
    public virtual IReadOnlyList<Layer> Parts => [];

    /// <summary>The trainable parameters, in a fixed order, by default those of the parts; empty before the layer is built.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [.. Parts.SelectMany(part => part.Parameters)];

    /// <summary>The settings from which <see cref="LayerRegistry"/> makes the same layer again, as saved in a model file.</summary>
    public abstract LayerDescription Describe();

    /// <summary>Creates the parameters for inputs of a given shape. Building again for the same shape does nothing.</summary>
    /// <param name="input">The shape of one example, without the batch axis.</param>
    /// <param name="context">Path, key and type.</param>
    /// <returns>The shape of one example on the way out.</returns>
    /// <exception cref="ShapeException">The layer does not take such inputs, or was built for others.</exception>
    public Shape Build(Shape input, BuildContext context)
    {
        if (IsBuilt)
        {
            return input == _input
                ? _output
                : throw new ShapeException($"{this}: it was built for inputs of shape {ShapeText.Batch(_input)}, but got {ShapeText.Batch(input)}.");
        }

        Layer[] unbuilt = [.. Parts.Where(part => !part.IsBuilt)];
        try
        {
            _output = OnBuild(input, context);
        }
        catch
        {
            foreach (Layer part in unbuilt)
            {
                part.Unbuild();
            }

            throw;
        }

        _input = input;
        IsBuilt = true;
        return _output;
    }

    /// <summary>Applies the layer.</summary>
    /// <param name="x">Features: [n] + <see cref="InputShape"/>.</param>
    /// <param name="context">Whether this is training, and the key for layers that draw.</param>
    /// <returns>Features: [n] + <see cref="OutputShape"/>.</returns>
    /// <exception cref="InvalidOperationException">The layer is not built yet.</exception>
    /// <exception cref="ShapeException">The features are of another shape.</exception>
    public Tensor Forward(Tensor x, ForwardContext context)
    {
        if (x.Rank != InputShape.Rank + 1 || x.Shape[1..] != _input)
        {
            throw new ShapeException($"{this}: expects inputs of shape {ShapeText.Batch(_input)}, but got {x.Shape}.");
        }

        return OnForward(x, context);
    }

    /// <summary>The head that it is a part of, if it is of one.</summary>
    internal Ownership Ownership { get; } = new();

    /// <summary>The layer as it is written in errors and listings, such as <c>Dense(4 => 3, tanh)</c>.</summary>
    public override string ToString() => Name;

    /// <summary>Creates the parameters through <see cref="BuildContext.Parameter"/>, without reading their values, which may not exist yet.</summary>
    /// <param name="input">The shape of one example on the way in.</param>
    /// <param name="context">Path, key and type.</param>
    /// <returns>The shape of one example on the way out.</returns>
    protected abstract Shape OnBuild(Shape input, BuildContext context);

    /// <summary>Applies the layer to features of the right shape.</summary>
    /// <param name="x">[n] + <see cref="InputShape"/>.</param>
    /// <param name="context">Whether this is training, and the key for layers that draw.</param>
    protected abstract Tensor OnForward(Tensor x, ForwardContext context);

    /// <summary>Takes a build back, when a later part of the same model failed to build.</summary>
    internal void Unbuild()
    {
        IsBuilt = false;
        foreach (Layer part in Parts)
        {
            part.Unbuild();
        }
    }

    private Shape RequireBuilt(Shape shape) => IsBuilt
        ? shape
        : throw new InvalidOperationException($"{this}: its shapes are not known yet; call Build on the model, or Fit.");
}
