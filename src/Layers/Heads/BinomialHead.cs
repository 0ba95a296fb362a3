using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts the number of successes in a fixed number of trials: logistic regression on the features where each example is several trials.</summary>
public sealed class BinomialHead : FamilyHead<Binomial>
{
    /// <summary>Creates the head.</summary>
    /// <param name="trials">Number of trials; at least 1. Targets are 0 to that number.</param>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public BinomialHead(int trials, int? outputs = null) : base(new BinomialFamily(RequireTrials(trials)), outputs) => Trials = trials;

    /// <summary>Number of trials.</summary>
    public int Trials { get; }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["trials"] = Trials, ["outputs"] = Outputs });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"BinomialHead({Trials})");

    private static int RequireTrials(int trials) => trials >= 1
        ? trials
        : throw new ArgumentOutOfRangeException(nameof(trials), trials, "BinomialHead: at least one trial is needed.");
}
