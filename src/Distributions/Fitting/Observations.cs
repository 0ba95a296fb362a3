using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Observations with their weights in double, checked, and the statistics of them that estimators use.</summary>
internal sealed class Observations
{
    private readonly double[] _weights;

    private double[]? _sorted, _sortedWeights;

    private Observations(double[] values, double[] weights, Tensor data, Tensor weightTensor)
    {
        Values = values;
        _weights = weights;
        Data = data;
        Weights = weightTensor;
        Total = weights.Sum();
        Mean = Average(static x => x);
        Variance = Average(x => (x - Mean) * (x - Mean));
    }

    public double[] Values { get; }

    public Tensor Data { get; }

    public Tensor Weights { get; }

    /// <summary>The sum of the weights.</summary>
    public double Total { get; }

    public double Mean { get; }

    /// <summary>With the total in the denominator.</summary>
    public double Variance { get; }

    public double StdDev => Math.Sqrt(Variance);

    public double Min => Sorted()[0];

    public double Max => Sorted()[^1];

    /// <exception cref="ShapeException">The data are not a vector, or empty; the weights have another shape.</exception>
    /// <exception cref="ArgumentException">A number is NaN or infinite, a weight negative, or all weights 0; the message names the row.</exception>
    public static Observations Check(string method, Tensor data, Tensor? weights)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Rank != 1 || data.Size == 0)
        {
            throw new ShapeException($"{method}: the data have shape {data.Shape}; a vector of at least one observation is needed.");
        }

        if (weights is not null && weights.Shape != data.Shape)
        {
            throw new ShapeException($"{method}: the weights have shape {weights.Shape} and the data {data.Shape}; they must be equal.");
        }

        Tensor x = data.Cast(DType.Float64), w = weights?.Cast(DType.Float64) ?? Tensor.Ones(data.Shape, DType.Float64);
        double[] values = x.ToDoubles(), shares = w.ToDoubles();
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"{method}: the observation in row {i} is {values[i]}; remove it or replace it."), nameof(data));
            }

            if (!(shares[i] >= 0 && double.IsFinite(shares[i])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{method}: the weight in row {i} is {shares[i]}; weights are finite and not negative."), nameof(weights));
            }
        }

        if (weights is not null)
        {
            // What has no weight is not there: it must not bound a support.
            double[] kept = [.. values.Where((_, i) => shares[i] > 0)];
            shares = [.. shares.Where(share => share > 0)];
            values = kept.Length > 0 ? kept : throw new ArgumentException($"{method}: all weights are 0.", nameof(weights));
            (x, w) = (Tensor.From(values), Tensor.From(shares));
        }

        return new(values, shares, x, w);
    }

    /// <summary>Σ w·f(x)/Σ w.</summary>
    public double Average(Func<double, double> f)
    {
        double sum = 0;
        for (int i = 0; i < Values.Length; i++)
        {
            sum += _weights[i] * f(Values[i]);
        }

        return sum / Total;
    }

    /// <summary>The least observation at and below which a part of the weight lies; the middle of two where it is met exactly.</summary>
    public double Quantile(double level)
    {
        double[] sorted = Sorted();
        double below = 0, wanted = level * Total;
        for (int i = 0; i < sorted.Length - 1; i++)
        {
            below += _sortedWeights![i];
            if (below > wanted)
            {
                return sorted[i];
            }

            if (below == wanted)
            {
                return 0.5 * (sorted[i] + sorted[i + 1]);
            }
        }

        return sorted[^1];
    }

    /// <summary>The observations from the least on, with their weights.</summary>
    public IEnumerable<(double Value, double Weight)> Ascending() => Sorted().Zip(_sortedWeights!);

    private double[] Sorted()
    {
        if (_sorted is null)
        {
            _sorted = [.. Values];
            _sortedWeights = [.. _weights];
            Array.Sort(_sorted, _sortedWeights);
        }

        return _sorted;
    }
}
