namespace ProbNet.Autodiff;

/// <summary>
/// y_i = log Σ_{j≤i} e^{x_j} along an axis; over j ≥ i if reversed. dx_i = e^{x_i − y_i} r_i with r_i = dy_i + e^{y_i − y_{i+1}} r_{i+1}:
/// no exponent is positive. −∞ where all elements so far are −∞, with a gradient of zero.
/// </summary>
internal sealed unsafe class LogCumSumExp(int axis, bool reverse) : ScanOp(axis, reverse)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor factors = ExpDifference.Instance.Apply(output, Shifted.Along(output, Axis, Reverse ? 1 : -1, double.PositiveInfinity));
        Tensor later = new LinearRecurrence(Axis, !Reverse).Apply(factors, dy);
        return ExpDifference.Instance.Apply(inputs[0], output) * later;
    }

    protected override Reduction Kind => Reduction.LogSumExp;

    protected override void Scan<T>(T* x, T* y, Extent extent) => Run<T, Step<T>>(x, y, extent);

    private struct Step<T> : IScanStep<T> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        // The total is max + log(sum), where the sum is of exponentials shifted by the maximum.
        private T _max;
        private T _sum;

        public T Next(T value)
        {
            if (_sum == T.Zero)
            {
                (_max, _sum) = T.IsNegativeInfinity(value) ? (value, T.Zero) : (value, T.One);
            }
            else if (value > _max || T.IsNaN(value))
            {
                _sum = (T.IsPositiveInfinity(value) ? T.Zero : _sum * T.Exp(_max - value)) + T.One;
                _max = value;
            }
            else if (!T.IsInfinity(value))
            {
                _sum += T.Exp(value - _max);
            }

            return _max + T.Log(_sum);
        }
    }
}
