using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The update that Adam and AdamW share: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w·shrink − step·m/(√v·c + ε), where step and c hold the
/// bias corrections; with AMSGrad the largest v so far stands in for v.
/// </summary>
internal struct AdamRule<T> : IUpdateRule<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector<T> _kept1, _added1, _kept2, _added2, _step, _correction, _epsilon, _l2, _shrink;
    private readonly bool _amsGrad;

    public AdamRule(long t, double rate, double beta1, double beta2, double epsilon, double l2, double shrink, bool amsGrad)
    {
        _kept1 = UpdateLoop.All<T>(beta1);
        _added1 = UpdateLoop.All<T>(1 - beta1);
        _kept2 = UpdateLoop.All<T>(beta2);
        _added2 = UpdateLoop.All<T>(1 - beta2);
        _step = UpdateLoop.All<T>(rate / (1 - Math.Pow(beta1, t)));
        _correction = UpdateLoop.All<T>(1 / Math.Sqrt(1 - Math.Pow(beta2, t)));
        _epsilon = UpdateLoop.All<T>(epsilon);
        _l2 = UpdateLoop.All<T>(l2);
        _shrink = UpdateLoop.All<T>(shrink);
        _amsGrad = amsGrad;
    }

    public readonly Vector<T> Next(Vector<T> value, Vector<T> gradient, ref Vector<T> mean, ref Vector<T> square, ref Vector<T> largest)
    {
        Vector<T> g = gradient + (_l2 * value);
        mean = (_kept1 * mean) + (_added1 * g);
        square = (_kept2 * square) + (_added2 * g * g);
        Vector<T> v = square;
        if (_amsGrad)
        {
            v = largest = Vector.Max(largest, square);
        }

        return (value * _shrink) - (_step * mean / ((Vector.SquareRoot(v) * _correction) + _epsilon));
    }
}
