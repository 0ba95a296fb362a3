using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A family of increasing maps of numbers, given by some raw parameters each: what couplings and autoregressive steps apply to a coordinate. Affine maps make a
/// RealNVP or a MAF, shifts a NICE, rational-quadratic splines a neural spline flow.
/// </summary>
public abstract class ElementMap
{
    /// <summary>y = x·e^s + t, where |s| stays below a limit.</summary>
    /// <param name="maxLogScale">The limit L of the log scale: s = L·tanh(raw/L); above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not above 0.</exception>
    public static ElementMap Affine(double maxLogScale = AffineElementMap.DefaultMaxLogScale) => new AffineElementMap(maxLogScale);

    /// <summary>y = x + t, which keeps volumes.</summary>
    public static ElementMap Shift { get; } = new ShiftElementMap();

    /// <summary>A monotone rational-quadratic spline on [−bound, bound] (Durkan et al. 2019), straight outside.</summary>
    /// <param name="bins">Number of bins; at least 2.</param>
    /// <param name="bound">Half the length of the interval; above 0.</param>
    /// <param name="learnTails">Whether the slopes outside are learned; else they are 1, and the tails are those of the noise.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public static ElementMap Spline(int bins = SplineElementMap.DefaultBins, double bound = SplineElementMap.DefaultBound, bool learnTails = false) =>
        new SplineElementMap(bins, bound, learnTails);

    /// <summary>The kind of map, as listed and saved.</summary>
    public abstract string Name { get; }

    /// <summary>Number of raw parameters of one map.</summary>
    public abstract int RawSize { get; }

    /// <summary>Raw parameters at which the map is the identity, or near to it: [<see cref="RawSize"/>].</summary>
    public virtual IReadOnlyList<double> Identity => new double[RawSize];

    /// <summary>The maps with given raw parameters, made valid in a stable way.</summary>
    /// <param name="raw">[..., <see cref="RawSize"/>], any numbers.</param>
    /// <returns>A map of numbers of batch shape [...].</returns>
    public abstract Transform FromRaw(Tensor raw);

    /// <summary>The settings from which <see cref="LayerRegistry"/> makes the same map again.</summary>
    public virtual LayerDescription Describe() => new(Name, new JsonObject());

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The bias with which a network of small output predicts the identity for a number of coordinates.</summary>
    internal Initializer IdentityBias(int coordinates, DType dtype) =>
        new ValueInitializer(() => Tensor.From(Identity.ToArray()).Cast(dtype).BroadcastTo([coordinates, RawSize]).Reshape(-1));
}
