using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

/// <summary>Remembers the targets that it is trained on, where steps are not compiled.</summary>
internal sealed class RecordingHead : Head<Normal>
{
    private Parameter? _loc;

    public List<double[]> Targets { get; } = [];

    public List<double[]> Validated { get; } = [];

    public List<double[]> First { get; } = [];

    public List<double[]> Calibrated { get; } = [];

    public override TargetScaling Scaling => TargetScaling.Affine;

    public override IReadOnlyList<Parameter> Parameters => _loc is null ? [] : [_loc];

    protected override Support TargetSupport => Support.Real;

    public override LayerDescription Describe() => new(Name);

    public override Normal Forward(Tensor features) => new(_loc!, 1);

    public override Tensor Loss(Normal prediction, Tensor target, LossContext context)
    {
        (context.IsTraining ? Targets : Validated).Add(target.ToDoubles());
        return -prediction.LogDensity(target);
    }

    public override void InitializeOn(FirstExamples examples) => First.Add(examples.Targets.ToDoubles());

    public override void Calibrate(IEnumerable<(Normal Prediction, Tensor Target)> blocks) => Calibrated.AddRange(blocks.Select(block => block.Target.ToDoubles()));

    public override Normal Rescale(Normal prediction, Tensor loc, Tensor scale) => new(loc + (scale * prediction.Loc), scale * prediction.Scale);

    protected override void OnBuild(Shape features, BuildContext context) => _loc = context.Parameter("loc", [], Initializer.Zeros);
}
