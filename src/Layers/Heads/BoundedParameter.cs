using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Raw features brought into ±100 without a kink, near 0 as they are: entries of matrices that are to stay invertible in single precision.</summary>
internal static class BoundedParameter
{
    private const double Limit = 100;

    /// <summary>100·tanh(raw/100).</summary>
    public static Tensor FromRaw(Tensor raw) => Limit * (raw / Limit).Tanh();

    /// <summary>The raw value that gives a bounded one.</summary>
    public static Tensor ToRaw(Tensor value) => Limit * (value / Limit).Atanh();
}
