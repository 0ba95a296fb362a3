using ProbNet.Autodiff;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>
/// Galaxies of Sérsic's profile I(r) ∝ exp(−b·(r/R)^(1/n)) with elliptical isophotes (Sérsic 1963), in images of 16 × 16 pixels with Normal noise. Flux, size and
/// axis ratio, but also the index n, the orientation and where the centre lies in its pixel are drawn at random: the latter three are for the latent variables to find.
/// </summary>
internal static class GalaxySimulator
{
    public const int Side = 16;
    public const double Noise = 0.02;
    private const int Oversampling = 3;

    /// <summary>Images without and with noise.</summary>
    /// <param name="count">How many.</param>
    /// <param name="key">The source of randomness.</param>
    /// <returns>Both [count, 256]: the light that falls into each pixel.</returns>
    public static (Tensor Clean, Tensor Noisy) Simulate(int count, RandomKey key)
    {
        double[] draws = key.FoldIn(0).Uniform([count, 7], DType.Float64).ToDoubles();
        float[] pixels = new float[count * Side * Side];
        for (int i = 0; i < count; i++)
        {
            Span<double> u = draws.AsSpan(7 * i, 7);
            Draw(
                pixels.AsSpan(i * Side * Side, Side * Side), flux: 10 * Math.Pow(4, u[0]), radius: 1.6 + (1.6 * u[1]), axisRatio: 0.35 + (0.65 * u[2]),
                angle: Math.PI * u[3], index: 0.6 + (1.4 * u[4]), x: u[5] - 0.5, y: u[6] - 0.5);
        }

        Tensor clean = Tensor.From(pixels, [count, Side * Side]);
        return (clean, clean + (Noise * key.FoldIn(1).Normal(clean.Shape)));
    }

    private static void Draw(Span<float> image, double flux, double radius, double axisRatio, double angle, double index, double x, double y)
    {
        // The radius that holds half of the light of a circular profile (Ciotti and Bertin 1999, to first order).
        double b = (2 * index) - (1.0 / 3), cos = Math.Cos(angle), sin = Math.Sin(angle), stretch = Math.Sqrt(axisRatio), total = 0;
        Span<double> light = stackalloc double[Side * Side];
        for (int row = 0; row < Side * Oversampling; row++)
        {
            for (int column = 0; column < Side * Oversampling; column++)
            {
                double dx = ((column + 0.5) / Oversampling) - (Side / 2.0) - x, dy = ((row + 0.5) / Oversampling) - (Side / 2.0) - y;
                double along = ((cos * dx) + (sin * dy)) * stretch, across = ((cos * dy) - (sin * dx)) / stretch;
                double value = Math.Exp(-b * Math.Pow(Math.Sqrt((along * along) + (across * across)) / radius, 1 / index));
                light[(row / Oversampling * Side) + (column / Oversampling)] += value;
                total += value;
            }
        }

        for (int i = 0; i < image.Length; i++)
        {
            image[i] = (float)(flux * light[i] / total);
        }
    }
}
