using ProbNet.Autodiff;

namespace ProbNet.Examples.FlowDensities;

/// <summary>What a model scored on the points of a set.</summary>
/// <param name="Points">The set.</param>
/// <param name="Flow">What was learned.</param>
/// <param name="Nll">The mean of −ln p of the test points, in nats.</param>
/// <param name="ValidationNll">The same of the validation points, to choose settings by; null without any.</param>
/// <param name="Gap">The mean of ln p_exact − ln p on the test points, with its standard error; null where the exact density is not known.</param>
/// <param name="Seconds">How long training took.</param>
internal sealed record Result(PointSet Points, FittedFlow Flow, double Nll, double? ValidationNll, SplitFigure? Gap, double Seconds)
{
    public static Result Of(PointSet points, FittedFlow flow, double seconds)
    {
        Tensor log = flow.LogDensity(points.Test);
        SplitFigure? gap = null;
        if (points.Truth is { } truth)
        {
            Tensor difference = truth.LogDensity(points.Test) - log;
            gap = new(difference.Mean().ToScalar(), difference.Std().ToScalar() / Math.Sqrt(difference.Size));
        }

        double? validation = points.Validation is { } held ? -flow.LogDensity(held).Mean().ToScalar() : null;
        return new(points, flow, -log.Mean().ToScalar(), validation, gap, seconds);
    }
}
