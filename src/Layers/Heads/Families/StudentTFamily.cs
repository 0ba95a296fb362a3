using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Student t distributions by loc, scale above a floor, and degrees of freedom, fixed or learned above a floor.</summary>
internal sealed class StudentTFamily(double? df, double minDf, double minScale) : HeadFamily<StudentT>
{
    private const double InitialDf = 6;

    /// <summary>The family with settings in their range, or an error that names the head.</summary>
    public static StudentTFamily Checked(string head, double? df, double minDf, double minScale) => new(
        df is { } fixedDf ? PositiveParameter.RequireFloor(head, nameof(df), fixedDf, above: 1) : null,
        PositiveParameter.RequireFloor(head, nameof(minDf), minDf, above: 1),
        PositiveParameter.RequireFloor(head, nameof(minScale), minScale));

    /// <summary>Adds its settings to those of a head.</summary>
    public JsonObject Describe(JsonObject settings)
    {
        settings["df"] = df;
        settings["min_df"] = minDf;
        settings["min_scale"] = minScale;
        return settings;
    }

    public override int ParameterCount => df is null ? 3 : 2;

    public override TargetScaling Scaling => TargetScaling.Affine;

    public override Support TargetSupport => Support.Real;

    public override StudentT FromRaw(IReadOnlyList<Tensor> raw) =>
        new(df is { } fixedDf ? fixedDf : PositiveParameter.FromRaw(raw[2], minDf), raw[0], PositiveParameter.FromRaw(raw[1], minScale));

    public override IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev)
    {
        // The standard deviation of a Student t distribution is √(df / (df − 2)) times its scale; without a variance, its quartiles must do.
        double initial = df ?? Math.Max(InitialDf, minDf + 1);
        Tensor rawScale = PositiveParameter.ToRaw(stdDev * (initial > 2 ? Math.Sqrt((initial - 2) / initial) : 0.5), minScale);
        return df is null ? [mean, rawScale, PositiveParameter.ToRaw(Tensor.Full(mean.Shape, initial, mean.DType), minDf)] : [mean, rawScale];
    }
}
