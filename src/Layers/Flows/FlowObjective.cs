namespace ProbNet.Layers;

/// <summary>By what a continuous flow is trained.</summary>
public enum FlowObjective
{
    /// <summary>
    /// Conditional flow matching along straight paths from noise to data (Lipman et al. 2023): a regression of the velocity, without solving an equation. The loss is a
    /// mean squared error and no log density.
    /// </summary>
    FlowMatching,

    /// <summary>The negative log-likelihood, through the solution of the equation (Chen et al. 2018; Grathwohl et al. 2019): tens of times the work a step.</summary>
    MaximumLikelihood,
}
