namespace ProbNet.Layers;

/// <summary>What the network of a score model has to tell; its input has variance 1 in any case.</summary>
public enum DiffusionPreconditioning
{
    /// <summary>
    /// D = c_skip·x + c_out·F, so that the network's target has variance 1 at all noise levels: the noise where there is little, the data where there is much
    /// (Karras et al. 2022).
    /// </summary>
    Elucidated,

    /// <summary>
    /// D = x − σ·F: the network tells the noise (Ho et al. 2020). At much noise, its errors are those of the data times σ: it is for
    /// <see cref="DiffusionWeighting.SignalToNoise"/>. With <see cref="DiffusionWeighting.Likelihood"/>, which weighs all levels alike, it is refused: 800 steps on N(0, I)
    /// gave draws with a deviation of 32 by the variance-preserving process, and of 4.3 by EDM's, where that of the data is 1.
    /// </summary>
    Noise,
}
