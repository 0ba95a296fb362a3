using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>What an optimizer's update computes in one step: a rule, and the numbers of the step.</summary>
/// <param name="Rule">The rule; it may change from step to step.</param>
/// <param name="Numbers">The numbers.</param>
internal readonly record struct UpdateStep(UpdateRule Rule, UpdateNumbers Numbers)
{
    /// <summary>The numbers that a launch of the rule's program is given.</summary>
    public double[] Arguments => Rule.Arguments(Numbers);

    /// <summary>A bound of the new weights; infinity if the rule knows none.</summary>
    public double LargestWeight(Largest before) => Rule.LargestWeight(Numbers, before);

    /// <summary>Runs it on the processor.</summary>
    public void Run<T>(ParameterState state, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rule.Run(Numbers, state, value, gradient, result);
}
