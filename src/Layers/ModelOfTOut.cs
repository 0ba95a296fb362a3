using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A network that ends in a head: from features to a distribution. It holds its own standardization of inputs and targets, so that both go in and
/// predictions come out in the units of the data.
/// </summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
public sealed class Model<TOut> where TOut : Sampler
{
    // Rows a forward pass of Predict: bounds its memory, and a tile of them stays in the cache.
    private const int PredictRows = 1024;

    private readonly CompiledFunction _features;
    private bool _isBuilt, _hasPredicted;

    /// <summary>Creates a model.</summary>
    /// <param name="body">From inputs to features.</param>
    /// <param name="head">From features to a prediction; a part of this model alone.</param>
    /// <param name="dtype">The type of the parameters; inputs and targets are converted to it.</param>
    /// <exception cref="ArgumentException">The head is a part of another model; or a layer of the body stands at two places, or in a head.</exception>
    /// <exception cref="DTypeException">The type is none of floating point.</exception>
    public Model(Layer body, Head<TOut> head, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(head);
        DType = dtype.IsFloating() ? dtype : throw new DTypeException($"Model: parameters of type {dtype}; a floating-point type is needed.");
        RequireOnce(body);
        head.Ownership.Take(head, this, nameof(head));
        (Body, Head) = (body, head);
        _features = new(x => [body.Forward(x[0], ForwardContext.Inference)]);
    }

    /// <summary>From inputs to features.</summary>
    public Layer Body { get; }

    /// <summary>From features to a prediction.</summary>
    public Head<TOut> Head { get; }

    /// <summary>The type of the parameters.</summary>
    public DType DType { get; }

    /// <summary>Whether the parameters exist.</summary>
    public bool IsBuilt => _isBuilt;

    /// <summary>Whether the model was built without inputs: its head alone.</summary>
    public bool IsUnconditional => IsBuilt && InputShape.Rank == 1 && InputShape[0] == 0;

    /// <summary>Whether it was made by <see cref="Model.Unconditional"/>.</summary>
    internal bool TakesNoInputs { get; init; }

    /// <summary>The shape of one input, once built.</summary>
    public Shape InputShape => Body.InputShape;

    /// <summary>The trainable parameters: the body's, then the head's.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Body.Parameters, .. Head.Parameters];

    /// <summary>Where the parameters live; <see cref="Device.Cpu"/> before the model is built.</summary>
    public Device Device => Parameters is [{ } first, ..] ? first.Device : Device.Cpu;

    /// <summary>How inputs are standardized; null if they are not.</summary>
    public Standardizer? InputStandardizer { get; set; }

    /// <summary>How targets are standardized, undone in every prediction; null if they are not.</summary>
    public Standardizer? TargetStandardizer { get; set; }

    /// <summary>Creates the parameters for inputs of a number of features.</summary>
    /// <param name="features">Features an example.</param>
    /// <param name="key">The source of the initial values.</param>
    public Model<TOut> Build(int features, RandomKey key) => Build((int[])[features], key);

    /// <summary>Creates the parameters for inputs of a given shape. Building again for the same shape does nothing.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="key">The source of the initial values.</param>
    /// <exception cref="ShapeException">A layer does not take what it gets, or the model was built for another shape; nothing is built then.</exception>
    public Model<TOut> Build(Shape input, RandomKey key) => Build(input, (RandomKey?)key);

    /// <summary>
    /// Moves the parameters to a device, where training and predictions then run: a prediction's tensors live there too. Returns the model itself.
    /// </summary>
    /// <param name="device">The device.</param>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    /// <exception cref="DeviceException">The device does not compute in Float64, and the model is of that type; nothing has moved then.</exception>
    public Model<TOut> To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        RequireBuilt("To");
        Parameter[] all = [.. Parameters, .. Head.State];
        Tensor[] moved = [.. all.Select(parameter => parameter.Value.To(device))];
        for (int i = 0; i < all.Length; i++)
        {
            all[i].Value = moved[i];
        }

        return this;
    }

    /// <summary>The predictions for inputs, in the units of the data.</summary>
    /// <param name="x">[n, …inputs], or [n] for a single feature.</param>
    /// <returns>A distribution with batch shape [n] + …</returns>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    /// <exception cref="ShapeException">The inputs are of another shape than those that the model was built for.</exception>
    public TOut Predict(Tensor x)
    {
        RequireBuilt("Predict");
        return ToOriginalUnits(Head.Forward(Features(PrepareInputs(x, "Predict"))));
    }

    /// <summary>The distribution of a model without inputs (<see cref="Model.Unconditional"/>), in the units of the data.</summary>
    /// <returns>A distribution without a batch axis for examples.</returns>
    /// <exception cref="InvalidOperationException">The model has not been built, or takes inputs.</exception>
    public TOut Predict()
    {
        RequireBuilt("Predict");
        return IsUnconditional
            ? ToOriginalUnits(Head.Forward(Tensor.Zeros([0], DType).To(Device)))
            : throw new InvalidOperationException($"Model.Predict: the model was built for inputs of shape {ShapeText.Batch(InputShape)}; give it some.");
    }

    /// <summary>Predictions in standardized units for inputs in standardized units: what training sees.</summary>
    /// <param name="x">[n] + <see cref="InputShape"/>.</param>
    /// <param name="context">Training or not, and the key.</param>
    public TOut Forward(Tensor x, ForwardContext context) => Head.Forward(Body.Forward(x, context));

    /// <summary>A prediction in standardized units, told in the units of the data.</summary>
    /// <param name="prediction">What <see cref="Forward"/> gave.</param>
    public TOut ToOriginalUnits(TOut prediction) => TargetStandardizer is { } targets
        ? Head.Rescale(prediction, targets.Mean.Cast(DType).To(Device), targets.Scale.Cast(DType).To(Device))
        : prediction;

    /// <summary>Inputs of the model's type with a feature axis, standardized, where the model lives.</summary>
    /// <param name="x">[n, …inputs], or [n] for a single feature.</param>
    /// <param name="caller">The method named in an error.</param>
    public Tensor PrepareInputs(Tensor x, string caller)
    {
        Tensor inputs = ShapeInputs(x, caller);
        if (IsUnconditional && inputs.Shape[1..] != InputShape)
        {
            throw new ShapeException($"Model.{caller}: the inputs have shape {x.Shape}; the model was built without inputs: use Fit(y), Predict().");
        }

        if (IsBuilt && inputs.Shape[1..] != InputShape)
        {
            string hint = x.Shape == InputShape ? " For a single example use x.Unsqueeze(0)." : "";
            throw new ShapeException(
                $"Model.{caller}: the inputs have shape {x.Shape}; the model was built for {ShapeText.Batch(InputShape)}.{hint}");
        }

        // In double on the processor, since not every device has that.
        return InputStandardizer is { } standardizer ? standardizer.Apply(inputs.To(Device.Cpu), DType).To(Device) : inputs.Cast(DType).To(Device);
    }

    /// <summary>
    /// The model as a table, as Keras prints it: a row a layer with its output shape and number of parameters, the head last, then the totals.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model has not been built; <see cref="Summary(int)"/> needs the number of features only.</exception>
    public string Summary() => IsBuilt
        ? ModelSummary.Of(Body, Head)
        : throw new InvalidOperationException(
            $"Model.Summary: the shapes are not known before the model is built; pass the number of features: Summary(features: {(TakesNoInputs ? 0 : 3)}).");

    /// <summary>The table that <see cref="Summary()"/> would give for a number of features, without building the model.</summary>
    /// <param name="features">Features an example.</param>
    /// <exception cref="ShapeException">A layer does not take what it gets.</exception>
    public string Summary(int features)
    {
        Model<TOut> copy = CopyUnbuilt();
        copy.Build((int[])[features], key: null);
        return copy.Summary();
    }

    /// <summary>A model of the same layers and head, and the same type, that has not been built: the start of another training run.</summary>
    /// <exception cref="ArgumentException">A layer or the head is of a kind that <see cref="LayerRegistry"/> does not know.</exception>
    public Model<TOut> CopyUnbuilt() => Copy(DType);

    /// <summary>
    /// A copy whose parameters and state are of another type, and the same standardization: for one in Float64 <see cref="GradientCheck"/> takes the loss of a model
    /// that was trained in Float32. It lives on the processor.
    /// </summary>
    /// <param name="dtype">The type: a floating-point one.</param>
    /// <exception cref="DTypeException">The type is none of floating point.</exception>
    /// <exception cref="ArgumentException">A layer or the head is of a kind that <see cref="LayerRegistry"/> does not know.</exception>
    public Model<TOut> Cast(DType dtype)
    {
        Model<TOut> copy = Copy(dtype);
        if (!IsBuilt)
        {
            return copy;
        }

        copy.Build(InputShape, key: null);
        foreach ((Parameter to, Parameter from) in copy.Parameters.Concat(copy.Head.State).Zip(Parameters.Concat(Head.State)))
        {
            to.Value = from.Value.To(Device.Cpu).Cast(to.DType);
        }

        (copy.InputStandardizer, copy.TargetStandardizer) = (InputStandardizer, TargetStandardizer);
        return copy;
    }

    /// <summary>
    /// Writes the model as a safetensors file: its weights, and in the metadata a description from which <see cref="Model.Load{TOut}"/> makes it again.
    /// </summary>
    /// <param name="path">The file; replaced if it exists, and never half-written.</param>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        RequireBuilt("Save");
        ModelFile.Save(this, path);
    }

    /// <summary>
    /// Reads the weights of a safetensors file into this model, and the standardization if the file describes it. After an error all is as before.
    /// </summary>
    /// <param name="path">The file; its tensors must be exactly the parameters and state of this model.</param>
    /// <exception cref="InvalidOperationException">The model has not been built.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or does not fit; the message lists the differences.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public void LoadWeights(string path)
    {
        RequireBuilt("LoadWeights");
        ModelFile.LoadWeights(this, path);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Model({Body} -> {Head})";

    /// <summary>Creates the parameters, or without a key parameters that have shapes but no values.</summary>
    internal Model<TOut> Build(Shape input, RandomKey? key)
    {
        var context = new BuildContext("", key, DType);
        bool isNew = !Body.IsBuilt;
        Shape features = Body.Build(input, context.Child("body"));
        try
        {
            Head.Build(features, context.Child("head"));
        }
        catch when (isNew)
        {
            Body.Unbuild();
            throw;
        }

        _isBuilt = true;
        return this;
    }

    /// <summary>Inputs with a feature axis: [n] becomes [n, 1].</summary>
    internal Tensor ShapeInputs(Tensor x, string caller)
    {
        if (x.Rank == 0)
        {
            throw new ShapeException($"Model.{caller}: the input is a scalar; it needs a batch axis: [n, features].");
        }

        return x.Rank == 1 ? x.Unsqueeze(1) : x;
    }

    private Model<TOut> Copy(DType dtype) =>
        new(LayerRegistry.CreateLayer(Body.Describe()), (Head<TOut>)LayerRegistry.CreateHead(Head.Describe()), dtype) { TakesNoInputs = TakesNoInputs };

    // A layer may be the body of several models, one after the other or under several heads; but it has one place.
    private static void RequireOnce(Layer body)
    {
        var layers = new HashSet<Layer>(ReferenceEqualityComparer.Instance);
        foreach (Layer layer in Ownership.LayersOf(body))
        {
            if (!layers.Add(layer) || layer.Ownership.IsTaken)
            {
                throw new ArgumentException(
                    $"Model: {layer} stands at two places of the body, or is a part of a head; it has one set of parameters, built for one place: create another one.",
                    nameof(body));
            }
        }
    }

    private void RequireBuilt(string method)
    {
        if (!IsBuilt)
        {
            throw new InvalidOperationException($"Model.{method}: the model has no parameters yet; call Fit first, load a file, or Build it.");
        }
    }

    private Tensor Features(Tensor inputs)
    {
        int n = inputs.Shape[0];
        if (n == 0 || (n <= PredictRows && !_hasPredicted))
        {
            // One prediction is not worth a compilation.
            _hasPredicted = true;
            return Body.Forward(inputs, ForwardContext.Inference);
        }

        var parts = new List<Tensor>();
        for (int start = 0; start < n; start += PredictRows)
        {
            parts.Add(FeaturesOf(inputs[start..Math.Min(n, start + PredictRows)]));
        }

        return parts.Count == 1 ? parts[0] : Tensor.Concat(parts);
    }

    /// <summary>The features of at most <see cref="PredictRows"/> rows, filled up to a power of two, so that few shapes are compiled.</summary>
    private Tensor FeaturesOf(Tensor rows)
    {
        int n = rows.Shape[0], missing = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)n) - n;
        Tensor filled = missing == 0 ? rows : Tensor.Concat([rows, Tensor.Zeros(Shape.Create([missing]).Concat(rows.Shape[1..]), rows.DType)]);

        // A layer that looks at numbers is not shown those that fill up.
        return _features.TryRun(null, filled) is not [{ } features] ? Body.Forward(rows, ForwardContext.Inference)
            : missing == 0 ? features : features[..n];
    }
}
