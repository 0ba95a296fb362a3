using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A family of counts.</summary>
internal abstract class CountHeadFamily<T> : HeadFamily<T> where T : Univariate
{
    public sealed override TargetScaling Scaling => TargetScaling.None;

    public override Support TargetSupport => Support.NonNegativeIntegers;

    public override (double Mean, double StdDev) TypicalTargets => (1, 1);
}
