using ProbNet.Autodiff;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>Objects with magnitudes through five filters and a spectroscopic redshift, cut into a training and a test part.</summary>
/// <param name="Name">What it is called, and that it is simulated where it is.</param>
/// <param name="TrainX">r and the colours u−g, g−r, r−i, i−z of the training part, [n, 5].</param>
/// <param name="TrainZ">Their redshifts, [n].</param>
/// <param name="TestX">The same of the test part.</param>
/// <param name="TestZ">Their redshifts.</param>
internal sealed record Survey(string Name, Tensor TrainX, Tensor TrainZ, Tensor TestX, Tensor TestZ)
{
    // Colours beyond five standard deviations are failed measurements; what they say is that something is wrong.
    private const double Clip = 5;

    /// <summary>Features from magnitudes in the order u, g, r, i, z.</summary>
    public static double[] Features(ReadOnlySpan<double> m) => [m[2], m[0] - m[1], m[1] - m[2], m[2] - m[3], m[3] - m[4]];

    /// <summary>Inputs of both parts, standardized by the training part and clipped.</summary>
    public Survey Standardized()
    {
        Tensor mean = TrainX.Mean(0), deviation = TrainX.Std(0, correction: 0);
        Tensor Apply(Tensor x) => ((x - mean) / Tensor.Where(deviation > 0, deviation, 1.0)).Clip(-Clip, Clip).Cast(DType.Float32);
        return this with { TrainX = Apply(TrainX), TestX = Apply(TestX) };
    }

    /// <summary>A survey from features and redshifts of objects and the rows of its two parts.</summary>
    public static Survey Of(string name, IReadOnlyList<(double[] Features, double Redshift)> objects, IEnumerable<int> train, IEnumerable<int> test)
    {
        (Tensor X, Tensor Z) Part(IEnumerable<int> rows)
        {
            int[] list = [.. rows];
            return (Tensor.From([.. list.SelectMany(row => objects[row].Features)], [list.Length, objects[0].Features.Length]),
                Tensor.From([.. list.Select(row => objects[row].Redshift)]));
        }

        (Tensor trainX, Tensor trainZ) = Part(train);
        (Tensor testX, Tensor testZ) = Part(test);
        return new(name, trainX, trainZ, testX, testZ);
    }
}
