using ProbNet.Autodiff;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>Properties of galaxies as a survey measures them on images: flux, size and ellipticity by moments under a round Gaussian window.</summary>
internal static class GalaxyShape
{
    public static readonly IReadOnlyList<string> Names = ["log10 flux", "size (pixels)", "ellipticity"];

    // Standard deviation of the window, in pixels: it keeps the noise of the outskirts out of the moments.
    private const double Window = 3;

    /// <summary>[n, 3]: log₁₀ of the sum of all pixels, the fourth root of the determinant of the second moments, and (a − b)/(a + b) of their axes.</summary>
    /// <param name="images">[n, pixels].</param>
    public static Tensor Measure(Tensor images)
    {
        int side = (int)Math.Sqrt(images.Shape[1]), n = images.Shape[0];
        double[] pixels = images.ToDoubles(), results = new double[3 * n];
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> image = pixels.AsSpan(i * side * side, side * side);
            (double x, double y) = (side / 2.0, side / 2.0);

            // The window follows the centre of light.
            (double Mass, double X, double Y, double Xx, double Xy, double Yy) m = default;
            for (int step = 0; step < 3; step++)
            {
                m = Moments(image, side, x, y);
                (x, y) = (x + (m.X / m.Mass), y + (m.Y / m.Mass));
            }

            m = Moments(image, side, x, y);
            (double xx, double xy, double yy) = (m.Xx / m.Mass, m.Xy / m.Mass, m.Yy / m.Mass);
            double determinant = Math.Max((xx * yy) - (xy * xy), 1e-6), spread = Math.Sqrt(Math.Pow((xx - yy) / 2, 2) + (xy * xy)), mean = (xx + yy) / 2;
            double major = Math.Sqrt(Math.Max(mean + spread, 1e-6)), minor = Math.Sqrt(Math.Max(mean - spread, 1e-6));
            double flux = 0;
            foreach (double value in image)
            {
                flux += value;
            }

            results[3 * i] = Math.Log10(Math.Max(flux, 1e-3));
            results[(3 * i) + 1] = Math.Pow(determinant, 0.25);
            results[(3 * i) + 2] = (major - minor) / (major + minor);
        }

        return Tensor.From(results, [n, 3]);
    }

    private static (double Mass, double X, double Y, double Xx, double Xy, double Yy) Moments(ReadOnlySpan<double> image, int side, double centreX, double centreY)
    {
        (double mass, double x, double y, double xx, double xy, double yy) = (0, 0, 0, 0, 0, 0);
        for (int row = 0; row < side; row++)
        {
            for (int column = 0; column < side; column++)
            {
                double dx = column + 0.5 - centreX, dy = row + 0.5 - centreY;
                double weight = image[(row * side) + column] * Math.Exp(-((dx * dx) + (dy * dy)) / (2 * Window * Window));
                mass += weight;
                x += weight * dx;
                y += weight * dy;
                xx += weight * dx * dx;
                xy += weight * dx * dy;
                yy += weight * dy * dy;
            }
        }

        return (Math.Max(mass, 1e-6), x, y, xx, xy, yy);
    }
}
