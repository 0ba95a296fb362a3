using System.Text;
using ProbNet.Autodiff;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ProbNet.Inference;

/// <summary>Explains a step whose loss or gradient is not finite.</summary>
internal static class Forensics
{
    public static string Explain(
        Func<Tensor> loss, IReadOnlyList<Parameter> parameters, Tensor rows, int epoch, int batch, StepResult result, Optimizer optimizer, string kept)
    {
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant($"Fit: in epoch {epoch}, batch {batch}, "));
        text.Append(double.IsFinite(result.Loss)
            ? FormattableString.Invariant($"the loss was {result.Loss:G5} but the norm of its gradient was {result.GradientNorm}.")
            : FormattableString.Invariant($"the loss was {result.Loss}."));

        // The step is run again, operation by operation: same weights, same batch, same keys.
        NonFiniteReport? report = NonFinite.Find(loss, parameters);
        if (report is not null)
        {
            text.Append(" First not finite: ").Append(report).Append('.');
            if (report.Shape.Rank > 0 && report.Shape[0] == rows.Size)
            {
                text.Append(FormattableString.Invariant($" That is row {rows[report.Index[0]].ToScalar()} of the training part."));
            }
        }

        text.Append(" Largest weights: ");
        text.AppendJoin(", ", parameters
            .Select(parameter => (parameter.Name, Size: parameter.Value.Size == 0 ? 0 : parameter.Value.Abs().Max().ToScalar()))
            .OrderByDescending(parameter => parameter.Size)
            .Take(3)
            .Select(parameter => FormattableString.Invariant($"{parameter.Name} {parameter.Size:G3}")));
        text.Append(". ").Append(kept);
        text.Append(FormattableString.Invariant(
            $" Try a learning rate below {optimizer.CurrentLearningRate:G3}, ClipNorm, or look at that row."));
        return text.ToString();
    }

    /// <summary>Explains a step of the optimizer that left the range of the weights' type, though loss and gradient were finite.</summary>
    public static string ExplainStep(Parameter parameter, int epoch, int batch, Optimizer optimizer, string kept) => FormattableString.Invariant(
        $"Fit: in epoch {epoch}, batch {batch}, loss and gradient were finite, but the optimizer's step made {parameter.Name} not finite. {kept} ")
        + FormattableString.Invariant($"Try a learning rate below {optimizer.CurrentLearningRate:G3}, or ClipNorm.");

    public static bool IsFinite(Tensor x) => x.DType == DType.Float32
        ? TensorPrimitives.IsFiniteAll(x.AsSpan<float>())
        : TensorPrimitives.IsFiniteAll(x.AsSpan<double>());
}
