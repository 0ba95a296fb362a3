namespace ProbNet.Autodiff;

/// <summary>
/// y = sin(πx)/(πx), 1 at 0, or its n-th derivative. dy/dx is the next derivative, so that every order is accurate at and around 0.
/// </summary>
/// <remarks>With z = πx and f = sin(z)/z: f⁽ⁿ⁾(z) = Σₖ (−1)ᵏ z²ᵏ⁻ⁿ / ((2k − n)! (2k + 1)), and z·f⁽ⁿ⁾ + n·f⁽ⁿ⁻¹⁾ = sin(z + nπ/2).</remarks>
internal sealed class Sinc(int order) : ScalarUnaryOp
{
    public override string Name => order == 0 ? "Sinc" : $"Sinc, derivative {order}";

    protected override double Map(double x) => Math.Pow(Math.PI, order) * (Math.Abs(Math.PI * x) > Math.Max(order, 1) ? Recurrence(x) : Series(x));

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * new Sinc(order + 1).Apply(x);

    // Stable for z above n.
    private double Recurrence(double x)
    {
        double z = Math.PI * x, f = 0;
        for (int n = 0; n <= order; n++)
        {
            double sine = (n % 4) switch
            {
                0 => double.SinPi(x),
                1 => double.CosPi(x),
                2 => -double.SinPi(x),
                _ => -double.CosPi(x),
            };
            f = (sine - (n * f)) / z;
        }

        return f;
    }

    private double Series(double x)
    {
        double z = Math.PI * x, sum = 0;
        int k = (order + 1) / 2;
        double power = order % 2 == 0 ? 1 : z;
        for (double term = double.PositiveInfinity; Math.Abs(term) > 1e-18 * Math.Abs(sum) && !double.IsNaN(term); k++)
        {
            term = (k % 2 == 0 ? power : -power) / ((2 * k) + 1);
            sum += term;
            int next = (2 * k) - order;
            power *= z * z / ((next + 1) * (next + 2));
        }

        return sum;
    }
}
