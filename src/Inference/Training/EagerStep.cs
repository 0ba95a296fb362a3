using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>A training step whose operations run one by one: a debugger shows their values.</summary>
internal sealed class EagerStep<TOut>(
    Model<TOut> model, TrainedPhase<TOut> phase, (Tensor X, Tensor Y) examples, Func<Tensor, RandomKey, Tensor> dequantize, FitOptions options)
    : TrainingStep<TOut>(model, phase, examples, dequantize)
    where TOut : Sampler
{
    private readonly IReadOnlyList<Parameter> _parameters = phase.Parameters;

    public override StepResult? Take(Batch batch)
    {
        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(() => Loss(batch), _parameters);
        var result = new StepResult(value.ToScalar(), GradientClipping.GlobalNorm(gradients), null);
        if (!result.IsFinite)
        {
            return result;
        }

        // A finite gradient too can carry a weight beyond the range of its type.
        Tensor[] before = [.. _parameters.Select(parameter => parameter.Value)];
        MoveAverages(batch.AverageRate);
        Phase.Optimizer.Step(_parameters, Clip(gradients));
        Parameter? broken = _parameters.FirstOrDefault(parameter => !Forensics.IsFinite(parameter.Value));
        for (int i = 0; broken is not null && i < before.Length; i++)
        {
            _parameters[i].Value = before[i];
        }

        return result with { Broken = broken };
    }

    private IReadOnlyList<Tensor> Clip(IReadOnlyList<Tensor> gradients)
    {
        if (options.ClipValue is { } limit)
        {
            gradients = GradientClipping.ByValue(gradients, limit).Gradients;
        }

        return options.ClipNorm is { } maxNorm ? GradientClipping.ByGlobalNorm(gradients, maxNorm).Gradients : gradients;
    }
}
