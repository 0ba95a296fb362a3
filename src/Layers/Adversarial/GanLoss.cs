namespace ProbNet.Layers;

/// <summary>What generator and critic play for.</summary>
public enum GanLoss
{
    /// <summary>
    /// The critic tells how little two distributions differ: the Wasserstein distance, if its slope is held at 1 between the data and the draws (Arjovsky et al. 2017;
    /// Gulrajani et al. 2017). Trains steadily and covers all of the data.
    /// </summary>
    Wasserstein,

    /// <summary>The critic tells data from draws, the generator raises the log probability of being taken for data (Goodfellow et al. 2014).</summary>
    NonSaturating,
}
