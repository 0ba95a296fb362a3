using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Central differences of elementwise functions, to hold gradients against at both orders.</summary>
internal static class Differences
{
    // Truncation of a difference with step h is of order h², rounding of order 1e-16/h: both below this for functions of order one.
    private const double Step = 1e-5;
    private const double Tolerance = 2e-7;

    /// <summary>Holds the gradient of each input, and of each gradient, against central differences.</summary>
    public static void Check(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        CheckOrder(f, inputs, "first");
        for (int i = 0; i < inputs.Length; i++)
        {
            int index = i;
            CheckOrder(xs => Gradient.ValueAndGradient(zs => (f(zs) * Weights(f(inputs))).Sum(), xs).Gradients[index], inputs, $"second, of input {i},");
        }
    }

    private static void CheckOrder(Func<Tensor[], Tensor> f, Tensor[] inputs, string order)
    {
        Tensor y = f(inputs);
        Tensor weights = Weights(y);
        Tensor[] gradients = Gradient.ValueAndGradient(xs => (f(xs) * weights).Sum(), inputs).Gradients;
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] x = inputs[k].ToDoubles(), gradient = gradients[k].ToDoubles();
            for (int i = 0; i < x.Length; i++)
            {
                double step = Step * Math.Max(1, Math.Abs(x[i]));
                double difference = (Shifted(step) - Shifted(-step)) / (2 * step);
                Assert.True(
                    Math.Abs(difference - gradient[i]) <= Tolerance * (1 + Math.Abs(difference)),
                    $"{order} derivative by input {k}, element {i}, at {x[i]:R}: {gradient[i]:R}, by differences {difference:R}");
                double Shifted(double by)
                {
                    double[] moved = (double[])x.Clone();
                    moved[i] += by;
                    Tensor[] arguments = (Tensor[])inputs.Clone();
                    arguments[k] = Tensor.From(moved, inputs[k].Shape);
                    return (f(arguments) * weights).Sum().ToScalar();
                }
            }
        }
    }

    /// <summary>Fixed weights of both signs and different sizes, so that no two errors cancel.</summary>
    private static Tensor Weights(Tensor y)
    {
        double[] weights = new double[y.Size];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Sin((2.3 * i) + 1) + 0.3;
        }

        return Tensor.From(weights, y.Shape);
    }
}
