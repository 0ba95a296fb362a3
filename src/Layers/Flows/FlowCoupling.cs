namespace ProbNet.Layers;

/// <summary>Which noise flow matching joins to which example by a straight path.</summary>
public enum FlowCoupling
{
    /// <summary>Any noise to any example (Lipman et al. 2023). The paths cross, so that those of the learned flow bend.</summary>
    Independent,

    /// <summary>
    /// The noise and the examples of a batch such that the sum of their squared distances is least (Tong et al. 2023; Pooladian et al. 2023), in parts of at most
    /// <see cref="VelocityHead{TOut}.MostCoupled"/> examples. The targets of the regression spread less and the learned paths are straighter. Without features only: near to an
    /// example's features there would be one part of the noise and not all of it.
    /// </summary>
    OptimalTransport,
}
