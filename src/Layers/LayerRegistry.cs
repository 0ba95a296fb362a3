namespace ProbNet.Layers;

/// <summary>
/// Makes layers, heads, initializers and activations from their descriptions, by name and without reflection: how a model file becomes a model
/// again. Register kinds of your own at the start of a program that loads them.
/// </summary>
public static partial class LayerRegistry
{
    private static readonly Registry<Func<LayerDescription, Layer>> s_layers = new("layer", "LayerRegistry.RegisterLayer");
    private static readonly Registry<Func<LayerDescription, IHead>> s_heads = new("head", "LayerRegistry.RegisterHead");
    private static readonly Registry<Func<LayerDescription, FlowStep>> s_flowSteps = new("flow step", "LayerRegistry.RegisterFlowStep");
    private static readonly Registry<Func<LayerDescription, ElementMap>> s_elementMaps = new("element map", "LayerRegistry.RegisterElementMap");
    private static readonly Registry<Func<LayerDescription, Initializer>> s_initializers = new("initializer", "LayerRegistry.RegisterInitializer");
    private static readonly Registry<Activation> s_activations = new("activation", "LayerRegistry.RegisterActivation");

    static LayerRegistry()
    {
        foreach (Activation activation in (ReadOnlySpan<Activation>)
            [Activation.Identity, Activation.Tanh, Activation.Relu, Activation.LeakyRelu, Activation.Elu, Activation.Selu, Activation.Gelu,
                Activation.Silu, Activation.Mish, Activation.Softplus, Activation.Sigmoid])
        {
            RegisterActivation(activation);
        }

        foreach (Initializer initializer in (ReadOnlySpan<Initializer>)
            [Initializer.GlorotUniform, Initializer.GlorotNormal, Initializer.HeUniform, Initializer.HeNormal, Initializer.LeCunUniform,
                Initializer.LeCunNormal])
        {
            RegisterInitializer(initializer.Name, _ => initializer);
        }

        RegisterInitializer(ConstantInitializer.Kind, d => Initializer.Constant(d.Number("value")));
        RegisterInitializer(RandomInitializer.NormalKind, d => Initializer.RandomNormal(d.Number("std_dev")));
        RegisterInitializer(RandomInitializer.UniformKind, d => Initializer.RandomUniform(d.Number("limit")));
        RegisterInitializer(OrthogonalInitializer.Kind, d => Initializer.Orthogonal(d.Number("gain")));

        RegisterLayer(nameof(ActivationLayer), d => new ActivationLayer(FindActivation(d.Text("activation"))));
        RegisterLayer(nameof(Dense), d => new Dense(
            d.Integer("units"), FindActivation(d.Text("activation")), d.Flag("use_bias"), CreateInitializer(d.Part("initializer"))));
        RegisterLayer(nameof(Dropout), d => new Dropout(d.Number("rate")));
        RegisterLayer(nameof(Flatten), _ => new Flatten());
        RegisterLayer(nameof(Sequential), d => new Sequential([.. d.Parts("layers").Select(CreateLayer)]));

        RegisterDensityHeads();

        RegisterHead(nameof(DiffusionHead), d => new DiffusionHead(d.Integer("dimension"), CreateLayer(d.Part("body")), DiffusionOptions.From(d)));
        RegisterHead(nameof(GanHead), GanHead.From);
        RegisterHead(nameof(StochasticDiffusionHead), d => new StochasticDiffusionHead(
            d.Integer("dimension"), CreateLayer(d.Part("body")), DiffusionOptions.From(d)));

        RegisterHead(nameof(HomoscedasticNormalHead), d => new HomoscedasticNormalHead(d.OptionalInteger("outputs"), d.Number("min_scale")));
        RegisterHead(nameof(VaeHead), VaeHead.FromDescription);

        RegisterFlows();
    }

    /// <summary>The kinds of heads that are known.</summary>
    internal static IEnumerable<string> HeadKinds => s_heads.Names;

    /// <summary>Makes a kind of layer known.</summary>
    /// <param name="kind">Its <see cref="LayerDescription.Kind"/>.</param>
    /// <param name="create">Makes an unbuilt layer from its description.</param>
    /// <exception cref="ArgumentException">The kind is known already.</exception>
    public static void RegisterLayer(string kind, Func<LayerDescription, Layer> create) => s_layers.Add(kind, create);

    /// <summary>Makes a kind of head known.</summary>
    /// <param name="kind">Its <see cref="LayerDescription.Kind"/>.</param>
    /// <param name="create">Makes an unbuilt head from its description.</param>
    /// <exception cref="ArgumentException">The kind is known already.</exception>
    public static void RegisterHead(string kind, Func<LayerDescription, IHead> create) => s_heads.Add(kind, create);

    /// <summary>Makes a kind of flow step known.</summary>
    /// <param name="kind">Its <see cref="LayerDescription.Kind"/>.</param>
    /// <param name="create">Makes an unbuilt step from its description.</param>
    /// <exception cref="ArgumentException">The kind is known already.</exception>
    public static void RegisterFlowStep(string kind, Func<LayerDescription, FlowStep> create) => s_flowSteps.Add(kind, create);

    /// <summary>Makes a kind of map of a flow's coordinates known.</summary>
    /// <param name="kind">Its <see cref="LayerDescription.Kind"/>.</param>
    /// <param name="create">Makes a map from its description.</param>
    /// <exception cref="ArgumentException">The kind is known already.</exception>
    public static void RegisterElementMap(string kind, Func<LayerDescription, ElementMap> create) => s_elementMaps.Add(kind, create);

    /// <summary>Makes a kind of initializer known.</summary>
    /// <param name="kind">Its <see cref="LayerDescription.Kind"/>.</param>
    /// <param name="create">Makes an initializer from its description.</param>
    /// <exception cref="ArgumentException">The kind is known already.</exception>
    public static void RegisterInitializer(string kind, Func<LayerDescription, Initializer> create) => s_initializers.Add(kind, create);

    /// <summary>Makes an activation known by its name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public static void RegisterActivation(Activation activation) => s_activations.Add(activation.Name, activation);

    /// <summary>An unbuilt layer as described.</summary>
    /// <exception cref="ArgumentException">The kind is unknown; the message lists the known ones.</exception>
    /// <exception cref="InvalidDataException">A setting is missing or of another type.</exception>
    public static Layer CreateLayer(LayerDescription description) => s_layers.Find(description.Kind)(description);

    /// <summary>An unbuilt head as described.</summary>
    /// <inheritdoc cref="CreateLayer"/>
    public static IHead CreateHead(LayerDescription description) => s_heads.Find(description.Kind)(description);

    /// <summary>An unbuilt flow step as described.</summary>
    /// <inheritdoc cref="CreateLayer"/>
    public static FlowStep CreateFlowStep(LayerDescription description) => s_flowSteps.Find(description.Kind)(description);

    /// <summary>A map of a flow's coordinates as described.</summary>
    /// <inheritdoc cref="CreateLayer"/>
    public static ElementMap CreateElementMap(LayerDescription description) => s_elementMaps.Find(description.Kind)(description);

    /// <summary>An initializer as described.</summary>
    /// <inheritdoc cref="CreateLayer"/>
    public static Initializer CreateInitializer(LayerDescription description) => s_initializers.Find(description.Kind)(description);

    /// <summary>The activation of a given name.</summary>
    /// <exception cref="ArgumentException">The name is unknown; the message lists the known ones.</exception>
    public static Activation FindActivation(string name) => s_activations.Find(name);

    private static void RegisterFlows()
    {
        RegisterElementMap(AffineElementMap.Kind, d => ElementMap.Affine(d.Number("max_log_scale")));
        RegisterElementMap(ShiftElementMap.Kind, _ => ElementMap.Shift);
        RegisterElementMap(SplineElementMap.Kind, d => ElementMap.Spline(d.Integer("bins"), d.Number("bound"), d.Flag("learn_tails")));

        RegisterFlowStep(nameof(ActNormStep), _ => new ActNormStep());
        RegisterFlowStep(nameof(AutoregressiveStep), d => new AutoregressiveStep(
            CreateElementMap(d.Part("map")), d.Flag("swap"), DenseTail.WidthsOf(d), FindActivation(d.Text("activation"))));
        RegisterFlowStep(nameof(CouplingStep), d => new CouplingStep(
            CreateElementMap(d.Part("map")), d.Flag("swap"), DenseTail.WidthsOf(d), FindActivation(d.Text("activation"))));
        RegisterFlowStep(nameof(ElementwiseStep), d => new ElementwiseStep(CreateElementMap(d.Part("map"))));
        RegisterFlowStep(nameof(HouseholderStep), d => new HouseholderStep(d.OptionalInteger("reflections")));
        RegisterFlowStep(nameof(InvertedStep), d => new InvertedStep(CreateFlowStep(d.Part("step"))));
        RegisterFlowStep(nameof(LuLinearStep), _ => new LuLinearStep());
        RegisterFlowStep(nameof(PermutationStep), PermutationStep.Create);
        RegisterFlowStep(nameof(PlanarStep), _ => new PlanarStep());
        RegisterFlowStep(nameof(RadialStep), _ => new RadialStep());

        RegisterHead(nameof(ContinuousFlowHead), ContinuousFlowHead.Create);
        RegisterHead(nameof(HutchinsonFlowHead), HutchinsonFlowHead.Create);
        RegisterHead(nameof(FlowHead), d => new FlowHead(d.Integer("dimension"), [.. d.Parts("steps").Select(CreateFlowStep)]));
        RegisterHead(nameof(SplineHead), d => new SplineHead(
            d.Integer("bins"), d.OptionalInteger("outputs"), d.Number("bound"), d.Flag("learn_tails"), d.Number("min_scale")));
    }
}
