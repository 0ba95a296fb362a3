using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>
/// Several models whose prediction is the mixture of theirs: a distribution again, whose variance splits into an aleatoric part (the members' own) and an
/// epistemic part (their disagreement).
/// </summary>
/// <typeparam name="TOut">What a member's prediction is.</typeparam>
public sealed class Ensemble<TOut> where TOut : Univariate
{
    /// <summary>An ensemble of models that are already trained.</summary>
    /// <param name="members">The models; at least one.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public Ensemble(IReadOnlyList<Model<TOut>> members) : this(members, [])
    {
    }

    internal Ensemble(IReadOnlyList<Model<TOut>> members, IReadOnlyList<History> histories)
    {
        if (members.Count == 0)
        {
            throw new ArgumentException("Ensemble: there are no members.", nameof(members));
        }

        Members = [.. members];
        Histories = histories;
    }

    /// <summary>The models.</summary>
    public IReadOnlyList<Model<TOut>> Members { get; }

    /// <summary>The training of each member, if the ensemble was made by <c>Ensemble.Fit</c>.</summary>
    public IReadOnlyList<History> Histories { get; }

    /// <summary>The mixture of the members' predictions, each with the same weight.</summary>
    /// <param name="x">Inputs, as for <see cref="Model{TOut}.Predict(Tensor)"/>.</param>
    public PredictiveMixture<TOut> Predict(Tensor x) => Mixture(member => member.Predict(x));

    /// <summary>The mixture of the members' distributions, each with the same weight, of models without inputs.</summary>
    public PredictiveMixture<TOut> Predict() => Mixture(member => member.Predict());

    private PredictiveMixture<TOut> Mixture(Func<Model<TOut>, TOut> predict) => new([.. Members.Select(predict)]);
}
