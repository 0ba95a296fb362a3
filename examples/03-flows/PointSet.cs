using ProbNet.Autodiff;

namespace ProbNet.Examples.FlowDensities;

/// <summary>Points to learn from and to score on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">[n, 2].</param>
/// <param name="Validation">[n, 2], to choose the best epoch by; null for none.</param>
/// <param name="Test">[n, 2].</param>
/// <param name="Truth">The exact density, if it is known.</param>
internal sealed record PointSet(string Name, Tensor Train, Tensor? Validation, Tensor Test, ToyDensity? Truth)
{
    private const double ValidationFraction = 0.1;

    // So many that steps hardly see one twice.
    private const int Copies = 20;

    /// <summary>Half the side of the pictures.</summary>
    public double Extent => Truth?.Extent ?? (1.1 * Math.Max(Train.Abs().Max().ToScalar(), Test.Abs().Max().ToScalar()));

    public static PointSet Draw(ToyDensity truth, Settings settings, RandomKey key)
    {
        (RandomKey train, RandomKey test) = key.Split();
        return new(truth.Name, truth.Sample(train, settings.Points), null, truth.Sample(test, settings.TestPoints), truth);
    }

    /// <summary>Two files of two columns each; the last tenth of the first is for validation.</summary>
    public static PointSet Read(string train, string test)
    {
        Tensor all = Points(train);
        int n = all.Shape[0], held = Math.Max(1, (int)(ValidationFraction * n));
        return new(Path.GetFileNameWithoutExtension(train), all[..(n - held)], all[(n - held)..], Points(test), null);
    }

    /// <summary>
    /// Copies of the training points, each with other Normal noise: what is learned is as smooth as the noise is wide (Rothfuss et al. 2019), so that few points are not
    /// learned by heart.
    /// </summary>
    /// <param name="noise">Its standard deviation, in those of the points.</param>
    /// <param name="key">Its source.</param>
    public Tensor TrainWithNoise(double noise, RandomKey key) => noise == 0 ? Train : Tensor.Concat(
        [.. key.Split(Copies).Select(copy => Train + (noise * Train.Std(0) * copy.Normal(Train.Shape, Train.DType)))]);

    private static Tensor Points(string path)
    {
        CsvTable table = CsvTable.Read(path);
        return table.Columns.Count < 2
            ? throw new BadInputException($"The file '{path}' has {table.Columns.Count} column; two are needed.")
            : Tensor.Stack([Tensor.From(table.Numbers(table.Columns[0])), Tensor.From(table.Numbers(table.Columns[1]))], -1);
    }
}
