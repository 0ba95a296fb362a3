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

    private static Tensor Points(string path)
    {
        CsvTable table = CsvTable.Read(path);
        return table.Columns.Count < 2
            ? throw new BadInputException($"The file '{path}' has {table.Columns.Count} column; two are needed.")
            : Tensor.Stack([Tensor.From(table.Numbers(table.Columns[0])), Tensor.From(table.Numbers(table.Columns[1]))], -1);
    }
}
