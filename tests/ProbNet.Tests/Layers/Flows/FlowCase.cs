using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>A flow as the battery sees it: a row of the table that all kinds of steps go through.</summary>
internal static class FlowCase
{
    public const int Features = 2;

    private static readonly int[] s_hidden = [8];

    public static IReadOnlyDictionary<string, Func<FlowHead>> All { get; } = new Dictionary<string, Func<FlowHead>>
    {
        ["Elementwise affine"] = () => new(2, new ElementwiseStep()),
        ["Elementwise spline"] = () => new(2, new ElementwiseStep(ElementMap.Spline(5, 3, learnTails: true))),
        ["ActNorm"] = () => new(2, new ActNormStep()),
        ["LU linear"] = () => new(3, new LuLinearStep()),
        ["Householder"] = () => new(3, new HouseholderStep()),
        ["Permutation"] = () => new(3, new PermutationStep([2, 0, 1]), new PermutationStep()),
        ["Planar"] = () => new(2, new PlanarStep(), new PlanarStep()),
        ["Radial"] = () => new(2, new RadialStep(), new RadialStep()),
        ["RealNVP"] = () => new(2, Affine(false), Affine(true)),
        ["RealNVP, three coordinates"] = () => new(3, Affine(false), new LuLinearStep(), Affine(true)),
        ["RealNVP, one coordinate"] = () => new(1, Affine(false), Affine(true)),
        ["NICE"] = () => new(2, new CouplingStep(ElementMap.Shift, hidden: s_hidden, activation: Activation.Tanh), new ElementwiseStep()),
        ["Spline coupling"] = () => new(2, Spline(false), Spline(true)),
        ["MAF"] = () => new(3, Masked(ElementMap.Affine(), false), Masked(ElementMap.Affine(), true)),
        ["Autoregressive spline"] = () => new(3, Masked(ElementMap.Spline(4), false), Masked(ElementMap.Spline(4), true)),
        ["Spline coupling, learned tails"] = () => new(2, Spline(false, learnTails: true), Spline(true, learnTails: true)),
        ["Autoregressive spline, learned tails"] = () => new(2, Masked(ElementMap.Spline(4, 3, learnTails: true), false)),
        ["Inverted spline"] = () => new(2, new InvertedStep(Masked(ElementMap.Spline(4), false)), new InvertedStep(Spline(true))),
        ["Inverted planar and radial"] = () => new(2, new InvertedStep(new PlanarStep()), new InvertedStep(new RadialStep())),
        ["IAF"] = () => new(3, new InvertedStep(Masked(ElementMap.Affine(), false)), new InvertedStep(Masked(ElementMap.Affine(), true))),
    };

    public static Xunit.TheoryData<string> Names => [.. All.Keys];

    /// <summary>The head, built for two features, with parameters away from the identity at which it starts.</summary>
    public static FlowHead Build(string name, DType dtype = DType.Float64)
    {
        FlowHead head = All[name]();
        head.Build([Features], new BuildContext("head", RandomKey.FromSeed(1), dtype));
        RandomKey key = RandomKey.FromSeed(2);
        foreach (Parameter parameter in head.Parameters)
        {
            key = key.FoldIn(1);
            parameter.Value += 0.4 * key.Normal(parameter.Shape, dtype);
        }

        return head;
    }

    private static CouplingStep Affine(bool swap) => new(ElementMap.Affine(), swap, s_hidden, Activation.Tanh);

    private static CouplingStep Spline(bool swap, bool learnTails = false) => new(ElementMap.Spline(4, 3, learnTails), swap, s_hidden, Activation.Tanh);

    private static AutoregressiveStep Masked(ElementMap map, bool swap) => new(map, swap, [9, 8], Activation.Tanh);
}
