namespace ProbNet.Layers;

/// <summary>What is carried along the path of a continuous flow.</summary>
internal enum FlowTask
{
    /// <summary>The point.</summary>
    Point,

    /// <summary>The point and the integral of the divergence.</summary>
    Density,

    /// <summary>The point, the integral of an estimate of the divergence, and the direction of the estimate.</summary>
    Estimate,
}
