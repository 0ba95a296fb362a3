using ProbNet.Autodiff;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>
/// A simulated survey of quasars: template spectra, redshifted, seen through five filters, with noise. A power law with broad emission lines, and the
/// absorption by the gas between the galaxies bluewards of Lyman α. As a line moves from one filter to the next the colours go back and forth, so that one set of
/// colours may belong to several redshifts.
/// </summary>
internal static class SimulatedQuasars
{
    // Central wavelength and width (standard deviation of a Gaussian transmission) of u, g, r, i, z, in Å.
    private static readonly (double Centre, double Width)[] s_filters = [(3551, 230), (4686, 480), (6166, 470), (7480, 500), (8932, 400)];

    // Rest wavelength in Å, equivalent width in Å, standard deviation in Å: Lyman α, C IV, C III], Mg II, H β, H α (after Vanden Berk et al. 2001).
    private static readonly (double Centre, double Strength, double Width)[] s_lines =
        [(1216, 90, 20), (1549, 25, 18), (1909, 22, 25), (2800, 32, 30), (4861, 46, 35), (6563, 190, 40)];

    private const double FirstWavelength = 2800;
    private const double LastWavelength = 10_500;
    private const double Step = 20;

    public static Survey Simulate(int train, int test, RandomKey key)
    {
        int n = train + test;
        double[] redshift = [.. Redshifts(key.FoldIn(0), n)];
        double[] slope = key.FoldIn(1).Normal([n], DType.Float64).ToDoubles(), strength = key.FoldIn(2).Normal([n], DType.Float64).ToDoubles();
        double[] brightness = key.FoldIn(3).Uniform([n], DType.Float64).ToDoubles(), noise = key.FoldIn(4).Normal([n, 5], DType.Float64).ToDoubles();
        var objects = new List<(double[], double)>();
        for (int i = 0; i < n; i++)
        {
            double[] magnitudes = Magnitudes(redshift[i], -0.5 + (0.15 * slope[i]), Math.Exp(0.3 * strength[i]));

            // The survey's faint end: more objects, r up to 21, and errors that grow with the magnitude.
            double r = 21 - (4 * brightness[i] * brightness[i]), shift = r - magnitudes[2];
            for (int band = 0; band < 5; band++)
            {
                double m = magnitudes[band] + shift, error = Math.Sqrt(0.0001 + (0.0004 * Math.Pow(10, 0.6 * (m - 20))));
                magnitudes[band] = m + (error * noise[(i * 5) + band]);
            }

            objects.Add((Survey.Features(magnitudes), redshift[i]));
        }

        return Survey.Of(FormattableString.Invariant($"simulated quasars ({train} + {test})"), objects, Enumerable.Range(0, train), Enumerable.Range(train, test));
    }

    // The sum of three uniform numbers is a broad hump over 0.3 … 3.9.
    private static double[] Redshifts(RandomKey key, int n) => (0.3 + (1.2 * key.Uniform([n, 3], DType.Float64).Sum(-1))).ToDoubles();

    /// <summary>Magnitudes up to a common shift, at a redshift, for a slope of f_ν ∝ ν^slope and a strength of the lines.</summary>
    private static double[] Magnitudes(double redshift, double slope, double strength)
    {
        double[] flux = new double[5], weight = new double[5];
        for (double wavelength = FirstWavelength; wavelength <= LastWavelength; wavelength += Step)
        {
            double f = Flux(wavelength / (1 + redshift), redshift, slope, strength);
            for (int band = 0; band < 5; band++)
            {
                // Photons counted: f_ν dν/ν, and dν/ν = dλ/λ.
                double z = (wavelength - s_filters[band].Centre) / s_filters[band].Width, t = Math.Exp(-0.5 * z * z) / wavelength;
                flux[band] += f * t;
                weight[band] += t;
            }
        }

        return [.. Enumerable.Range(0, 5).Select(band => -2.5 * Math.Log10(flux[band] / weight[band]))];
    }

    private static double Flux(double rest, double redshift, double slope, double strength)
    {
        double f = Math.Pow(rest / 2500, -slope);
        foreach ((double centre, double width, double deviation) in s_lines)
        {
            double z = (rest - centre) / deviation;
            f += Math.Pow(centre / 2500, -slope) * strength * width / (deviation * Math.Sqrt(2 * Math.PI)) * Math.Exp(-0.5 * z * z);
        }

        // Transmission of the Lyman α forest, exp(−0.0036·(1 + z)^3.46) (Madau 1995), and nothing beyond the Lyman limit.
        double absorber = (1 + redshift) * rest / 1216;
        return rest < 912 ? 1e-3 * f : rest < 1216 ? f * Math.Exp(-0.0036 * Math.Pow(Math.Max(1, absorber), 3.46)) : f;
    }
}
