using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>A score that is given as a function of the data at a time and of the time.</summary>
internal sealed class AnalyticScore(DiffusionProcess process, double dataScale, int dimension, Func<Tensor, Tensor, Tensor> score, DType dtype)
    : ScoreField(process, dataScale, dimension)
{
    public override DType DType => dtype;

    public override IReadOnlyList<Parameter> Parameters => [];

    public override Tensor Velocity(Tensor z, Tensor logRatio, Conditioning conditioning)
    {
        (Tensor cos, Tensor sin) = Angle(logRatio);
        Tensor logSigma = logRatio + Math.Log(DataScale), time = Process.TimeOf(logSigma), scale = Process.LogScale(time).Exp();
        Tensor y = z / cos, x = (scale * DataScale * y).Reshape(-1, Dimension), at = score(x, time);
        if (at.Shape != x.Shape)
        {
            throw new ShapeException($"Diffusion: the score of points of shape {x.Shape} has shape {at.Shape}; it must be the same.");
        }

        // D = x + σ²·∇ln p with x and its score taken to scale 1; F = (D/σ_d − cosθ·z)/sinθ.
        return (sin * y) + ((2 * logSigma).Exp() * scale * at.Reshape(z.Shape) / (DataScale * sin));
    }
}
