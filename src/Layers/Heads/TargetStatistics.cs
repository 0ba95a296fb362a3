using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Mean and standard deviation of the training targets, in the units that the head sees.</summary>
/// <param name="Mean">The mean, with the head's target shape.</param>
/// <param name="StdDev">The standard deviation, with the head's target shape; never 0.</param>
public readonly record struct TargetStatistics(Tensor Mean, Tensor StdDev)
{
    /// <summary>One mean and one standard deviation for all elements of a target.</summary>
    internal static TargetStatistics Typical(Shape target, (double Mean, double StdDev) values, DType dtype) =>
        new(Tensor.Full(target, values.Mean, dtype), Tensor.Full(target, values.StdDev, dtype));
}
