using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Something whose log density can only be estimated or bounded: a VAE, a diffusion model with a stochastic trace.</summary>
public interface IEvidence
{
    /// <summary>Under what measure the density is one; Lebesgue's, unless it is told otherwise.</summary>
    Measure Measure => Measure.Lebesgue;

    /// <summary>An estimate or bound of the log density, which says which of the two it is.</summary>
    /// <param name="value">Outcomes: sample + batch + event.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="samples">Draws a value.</param>
    Estimate LogProbEstimate(Tensor value, RandomKey key, int samples);
}
