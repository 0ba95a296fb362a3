using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>Examples that have passed all checks, split into a training and a validation part, in their original units.</summary>
internal sealed record TrainingData(Tensor TrainX, Tensor TrainY, Tensor? ValidationX, Tensor? ValidationY)
{
    public bool HasValidation => ValidationX is not null;

    public static TrainingData Create<TOut>(Model<TOut> model, Tensor x, Tensor y, FitOptions options) where TOut : Sampler
    {
        x = Check(model, x, y, "Fit", options.Dequantization);
        if (((INestedHead)model.Head).NeedsSpread && options.Dequantization == 0)
        {
            RequireSpread(model.Head, y);
        }

        if (options.ValidationData is { } validation)
        {
            Tensor vx = Check(model, validation.X, validation.Y, "Fit (ValidationData)", options.Dequantization);
            if (vx.Shape[1..] != x.Shape[1..])
            {
                throw new ShapeException($"Fit (ValidationData): its inputs have shape {vx.Shape}, but the training inputs have shape {x.Shape}.");
            }

            return new(x, y, vx, validation.Y);
        }

        if (options.ValidationSplit == 0)
        {
            return new(x, y, null, null);
        }

        int n = x.Shape[0], held = (int)Math.Round(options.ValidationSplit * n, MidpointRounding.AwayFromZero);
        if (held == 0 || held == n)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.ValidationSplit, FormattableString.Invariant(
                    $"Fit: ValidationSplit = {options.ValidationSplit} of {n} examples leaves {n - held} for training and {held} for validation; both need one."));
        }

        Tensor order = options.Key.FoldIn(Streams.ValidationSplit).Permutation(n);
        Tensor validationRows = order[..held], trainingRows = order[held..];
        return new(x.IndexSelect(0, trainingRows), y.IndexSelect(0, trainingRows), x.IndexSelect(0, validationRows), y.IndexSelect(0, validationRows));
    }

    private static Tensor Check<TOut>(Model<TOut> model, Tensor x, Tensor y, string caller, double cell) where TOut : Sampler
    {
        Tensor inputs = model.ShapeInputs(x, caller);
        Shape expected = Shape.Create([inputs.Shape[0]]).Concat(model.Head.TargetShape);
        if (y.Shape != expected)
        {
            string hint = y.Size == expected.Size ? $" Use y.Reshape({expected}): broadcasting would silently compare every row with every other."
                : model.Head is CategoricalHead head && y.Shape == expected.Concat([head.Classes]) ? " Use y.ArgMax(-1): the numbers of the classes, not one-hot rows."
                : "";
            string inputsToo = model.TakesNoInputs ? "" : $"the inputs have shape {x.Shape} and ";
            throw new ShapeException($"{caller}: the targets have shape {y.Shape}, but {inputsToo}{model.Head} needs targets of shape {expected}.{hint}");
        }

        if (inputs.Shape[0] == 0)
        {
            throw new ShapeException($"{caller}: there are no examples; the inputs have shape {x.Shape}.");
        }

        RequireFinite(inputs, "inputs", caller);
        RequireFinite(y, "targets", caller);

        if (cell > 0 && ((INestedHead)model.Head).TargetSupport.IsDiscrete)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"{caller}: with Dequantization = {cell} the targets are points of cells of that width, but {model.Head} predicts whole numbers: set it to 0."));
        }

        // What the head is trained on are points of the cells, in the model's type.
        model.Head.CheckTargets(cell == 0 ? y : y.Cast(DType.Float64) + (0.5 * cell), model.DType);
        return inputs;
    }

    // The likelihood of a coordinate that has one value rises without bound, and training with it.
    private static void RequireSpread(IHead head, Tensor y)
    {
        Tensor rows = y.To(Device.Cpu).Cast(DType.Float64).Reshape(y.Shape[0], y.Size / y.Shape[0]);
        int constant = rows.Min(0).EqualTo(rows.Max(0)).AsSpan<bool>().IndexOf(true);
        if (constant >= 0 && y.Shape[0] > 1)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Fit: column {constant} of the targets is {rows[0][constant].ToScalar():R} in every row, and the density of {head.Name} has no floor there: it would rise ")
                + "without bound. Leave the column out, or set FitOptions.Dequantization to the width of its cells.");
        }
    }

    public static void RequireFinite(Tensor rows, string what, string caller)
    {
        if (!rows.DType.IsFloating())
        {
            return;
        }

        int bad = rows.IsFinite().AsSpan<bool>().IndexOf(false);
        if (bad >= 0)
        {
            int width = rows.Rank == 0 ? 1 : rows.Size / rows.Shape[0];
            string column = width > 1 ? $", column {bad % width}" : "";
            throw new ArgumentException(FormattableString.Invariant(
                $"{caller}: the {what} contain {rows.Reshape(-1)[bad].ToScalar()} in row {bad / width}{column}; remove or impute such rows first."));
        }
    }
}
