using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>A training step that is compiled at its first batch and replayed: the rows, the key and the numbers of a batch are its inputs.</summary>
internal sealed class CompiledStep<TOut> : TrainingStep<TOut> where TOut : Sampler
{
    private readonly Graph _graph;

    public CompiledStep(
        Model<TOut> model, TrainedPhase<TOut> phase, (Tensor X, Tensor Y) examples, Func<Tensor, RandomKey, Tensor> dequantize, FitOptions options)
        : base(model, phase, examples, dequantize)
    {
        _graph = Graph.Compile((RandomKey key, Tensor[] inputs) =>
        {
            var batch = new Batch(inputs[0], key, inputs[1], inputs[2]);
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => Loss(batch), phase.Parameters);
            MoveAverages(batch.AverageRate);
            Trace.Current!.Update(
                phase.Optimizer, phase.Parameters, gradients, new UpdateGuard(loss, options.ClipValue, options.ClipNorm) { Weight = batch.Rows.Size });
            return [loss];
        });
    }

    public override StepResult? Take(Batch batch)
    {
        try
        {
            _graph.Step(batch.Key, batch.Rows, batch.Progress, batch.AverageRate);
        }
        catch (TracingException e)
        {
            throw new TracingException($"Fit: the model or its loss cannot be compiled: {e.Message} Or train with FitOptions {{ Compile = false }}.");
        }

        // On a device the outcome would have to be waited for.
        return _graph.LastUpdate is { } outcome ? new StepResult(outcome.Loss, outcome.GradientNorm, outcome.Broken) : null;
    }

    public override EpochTotals? EndEpoch() => _graph.LastUpdate is null && _graph.TakeTotals() is { } totals
        ? new(totals.Loss, totals.GradientNorm, totals.Bad is { } bad ? ((int)bad.Step, new StepResult(bad.Loss, bad.GradientNorm, totals.Broken)) : null)
        : null;

    /// <summary>The plan.</summary>
    public override string ToString() => _graph.ToString();
}
