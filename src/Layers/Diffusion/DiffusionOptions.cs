using System.Text.Json.Nodes;

namespace ProbNet.Layers;

/// <summary>How a diffusion head diffuses and learns. Every default suits standardized data.</summary>
public sealed record DiffusionOptions
{
    /// <summary>How data are turned into noise. Default EDM's, with σ from 0.002 to 80 standard deviations of the data.</summary>
    public DiffusionProcess Process { get; init; } = new ElucidatedProcess();

    /// <summary>What the loss weighs. Default the likelihood: the loss is then a bound in nats.</summary>
    public DiffusionWeighting Weighting { get; init; } = DiffusionWeighting.Likelihood;

    /// <summary>
    /// What the network tells. Default EDM's. <see cref="DiffusionPreconditioning.Noise"/> is refused with <see cref="DiffusionWeighting.Likelihood"/>.
    /// </summary>
    public DiffusionPreconditioning Preconditioning { get; init; } = DiffusionPreconditioning.Elucidated;

    /// <summary>
    /// The standard deviation of the data that the process sees, by which the network's input and output are scaled. Default 1, since the model standardizes its targets.
    /// </summary>
    public double DataScale { get; init; } = 1;

    /// <summary>Units of the network's first layer, which takes the noisy data, the noise level and the features. Default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Sines and cosines by which the network is told the noise level. Default 16 of each.</summary>
    public int Frequencies { get; init; } = 16;

    /// <summary>
    /// How many octaves of sines and cosines of each coordinate, from a period of 2π standard deviations downwards, the network is given beside the noisy data: with them it
    /// learns sharp structure in few dimensions much sooner (Tancik et al. 2020). Default 0.
    /// </summary>
    public int StateFrequencies { get; init; }

    /// <summary>
    /// Whether a noisy point is to tell the mean of the examples of its batch, each weighted by how probable it is to have become that point, instead of the one that did (Xu,
    /// Tong and Jaakkola 2023). What is learned is the same, since an example drawn from the weights is as good as the one that did; but the target spreads much less. In few
    /// dimensions it halves the gap to the true density in as many steps, the more the larger the batch; it takes a matrix of batch × batch. Only without features, given which the
    /// other examples tell nothing. Default false.
    /// </summary>
    public bool SharedTargets { get; init; }

    /// <summary>
    /// The probability with which an example's features are hidden in training, so that the network learns the unconditional score as well: what
    /// <see cref="Diffusion.WithGuidance"/> needs (Ho and Salimans 2022). Default 0.
    /// </summary>
    public double FeatureDropout { get; init; }

    /// <summary>Adds the options to the settings of a head's description.</summary>
    internal void AddTo(JsonObject settings)
    {
        settings["process"] = Process.Describe().ToJson();
        settings["weighting"] = Weighting.ToString();
        settings["preconditioning"] = Preconditioning.ToString();
        settings["data_scale"] = DataScale;
        settings["width"] = Width;
        settings["frequencies"] = Frequencies;
        settings["state_frequencies"] = StateFrequencies;
        settings["shared_targets"] = SharedTargets;
        settings["feature_dropout"] = FeatureDropout;
    }

    /// <summary>The options that <see cref="AddTo"/> wrote.</summary>
    internal static DiffusionOptions From(LayerDescription head) => new()
    {
        Process = DiffusionProcess.From(head.Part("process")),
        Weighting = head.Choice<DiffusionWeighting>("weighting"),
        Preconditioning = head.Choice<DiffusionPreconditioning>("preconditioning"),
        DataScale = head.Number("data_scale"),
        Width = head.Integer("width"),
        Frequencies = head.Integer("frequencies"),
        StateFrequencies = head.Integer("state_frequencies"),
        SharedTargets = head.Flag("shared_targets"),
        FeatureDropout = head.Number("feature_dropout"),
    };

    internal void Validate(string head)
    {
        Require(DataScale is > 0 and < double.PositiveInfinity, nameof(DataScale), DataScale, "must be a finite number above 0");
        Require(Width >= 1, nameof(Width), Width, "must be at least 1");
        Require(Frequencies >= 1, nameof(Frequencies), Frequencies, "must be at least 1");
        Require(StateFrequencies is >= 0 and <= 20, nameof(StateFrequencies), StateFrequencies, "must lie in [0, 20]");
        Require(FeatureDropout is >= 0 and < 1, nameof(FeatureDropout), FeatureDropout, "must lie in [0, 1)");
        Require(Enum.IsDefined(Weighting), nameof(Weighting), Weighting, "must be one of the weightings");
        Require(Enum.IsDefined(Preconditioning), nameof(Preconditioning), Preconditioning, "must be one of the preconditionings");
        Require(
            Preconditioning != DiffusionPreconditioning.Noise || Weighting != DiffusionWeighting.Likelihood, nameof(Preconditioning), Preconditioning,
            "does not learn by the weighting Likelihood, since what it tells of data at much noise is wrong by its error times σ: take SignalToNoise, or the preconditioning "
            + "Elucidated");

        void Require(bool holds, string name, object value, string rule)
        {
            if (!holds)
            {
                throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{head}: {name} = {value}: it {rule}."));
            }
        }
    }
}
