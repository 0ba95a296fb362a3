using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Raw features made probabilities that stay off 0 and 1, in single precision too: the logistic function of a logit that saturates at ±15, so that the
/// smallest is 3·10⁻⁷.
/// </summary>
internal static class ProbabilityParameter
{
    private const double Limit = 15;

    /// <summary>The probability, and its complement without cancellation.</summary>
    public static (Tensor Probability, Tensor Complement) FromRaw(Tensor raw)
    {
        Tensor logit = Limit * (raw / Limit).Tanh();
        return (logit.Sigmoid(), (-logit).Sigmoid());
    }

    /// <summary>The raw value of a probability, kept off 0 and 1, where training would start without a gradient.</summary>
    public static Tensor ToRaw(Tensor probability)
    {
        Tensor p = probability.Clip(0.01, 0.99);
        return Unsaturate(p.Log() - (1 - p).Log());
    }

    /// <summary>The raw value of a logit, which is brought into ±14.</summary>
    public static Tensor Unsaturate(Tensor logit) => Limit * (logit.Clip(1 - Limit, Limit - 1) / Limit).Atanh();
}
