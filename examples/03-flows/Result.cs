using ProbNet.Autodiff;

namespace ProbNet.Examples.FlowDensities;

/// <summary>What a model scored on the test points of a set.</summary>
/// <param name="Points">The set.</param>
/// <param name="Contestant">The kind of model.</param>
/// <param name="Flow">What was learned.</param>
/// <param name="Nll">The mean of −ln p, in nats.</param>
/// <param name="Gap">The mean of ln p_exact − ln p on the same points, with its standard error; null where the exact density is not known.</param>
/// <param name="Seconds">How long training took.</param>
internal sealed record Result(PointSet Points, Contestant Contestant, FittedFlow Flow, double Nll, (double Mean, double Error)? Gap, double Seconds)
{
    public static Result Of(PointSet points, Contestant contestant, FittedFlow flow, double seconds)
    {
        Tensor log = flow.LogDensity(points.Test);
        (double, double)? gap = null;
        if (points.Truth is { } truth)
        {
            Tensor difference = truth.LogDensity(points.Test) - log;
            gap = (difference.Mean().ToScalar(), difference.Std().ToScalar() / Math.Sqrt(difference.Size));
        }

        return new(points, contestant, flow, -log.Mean().ToScalar(), gap, seconds);
    }
}
