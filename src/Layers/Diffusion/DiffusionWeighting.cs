namespace ProbNet.Layers;

/// <summary>
/// What denoising score matching weighs: how often a noise level σ is drawn, and how the squared error of the denoised data counts at it. All have the same
/// optimum; they differ in what a network spends its capacity on.
/// </summary>
public enum DiffusionWeighting
{
    /// <summary>
    /// ∫σ⁻³·E|D − x|² dσ plus what does not depend on the network: an upper bound of −ln p(x) in nats (Song, Durkan et al. 2021; Kingma et al. 2021), with σ drawn such
    /// that all levels add to it with the same weight.
    /// </summary>
    Likelihood,

    /// <summary>
    /// E|D − x|²/σ² over times drawn uniformly: the signal-to-noise ratio, which is the plain squared error of the predicted noise (Ho et al. 2020).
    /// </summary>
    SignalToNoise,

    /// <summary>(σ² + σ_d²)/(σ·σ_d)²·E|D − x|² with ln(σ/2σ_d) drawn from a Normal around −1.2 with standard deviation 1.2 (Karras et al. 2022).</summary>
    Elucidated,
}
