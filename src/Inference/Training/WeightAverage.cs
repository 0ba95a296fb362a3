namespace ProbNet.Inference;

/// <summary>
/// An exponential moving average of the weights (Polyak and Juditsky 1992): after each step it moves to the weights by 1 − decay. It takes the noise of single steps out of the
/// result, which generative models need most (Song and Ermon 2020). Over the first steps the decay is (1 + step)/(10 + step) if that is less, so that the first weights are
/// soon forgotten.
/// </summary>
public sealed record WeightAverage
{
    /// <summary>Creates the setting.</summary>
    /// <param name="decay">How much of the average stays in each step, in [0, 1): it goes over about 1/(1 − decay) steps.</param>
    /// <exception cref="ArgumentOutOfRangeException">The decay is not in its range.</exception>
    public WeightAverage(double decay = 0.999) => Decay = decay is >= 0 and < 1
        ? decay
        : throw new ArgumentOutOfRangeException(nameof(decay), decay, FormattableString.Invariant($"WeightAverage: decay is {decay}; it must lie in [0, 1)."));

    /// <summary>How much of the average stays in each step.</summary>
    public double Decay { get; }

    /// <summary>By which part the average moves in a step, counted from 0.</summary>
    internal double RateAt(long step) => 1 - Math.Min(Decay, (1.0 + step) / (10.0 + step));
}
