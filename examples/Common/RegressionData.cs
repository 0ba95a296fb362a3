using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Features and a target, in double.</summary>
/// <param name="Name">What the data are called.</param>
/// <param name="Features">Names of the features.</param>
/// <param name="Target">Name of the target.</param>
/// <param name="X">[n, features].</param>
/// <param name="Y">[n].</param>
public sealed record RegressionData(string Name, IReadOnlyList<string> Features, string Target, Tensor X, Tensor Y)
{
    /// <summary>What the axis of the first feature is called, with its unit where it is known.</summary>
    public string FeatureLabel { get; init; } = Features[0];

    /// <summary>What the axis of the target is called, with its unit where it is known.</summary>
    public string TargetLabel { get; init; } = Target;

    /// <summary>Number of examples.</summary>
    public int Count => Y.Size;

    /// <summary>Reads the target and the features of a table.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="target">The column to predict; null is the last.</param>
    /// <param name="features">The columns to predict from; null are all others.</param>
    /// <exception cref="BadInputException">The file or a column cannot be used.</exception>
    public static RegressionData Read(string path, string? target = null, IReadOnlyList<string>? features = null)
    {
        CsvTable table = CsvTable.Read(path);
        target ??= table.Columns[^1];
        double[] y = table.Numbers(target);
        features ??= [.. table.Columns.Where(column => column != target)];
        if (features.Count == 0)
        {
            throw new BadInputException($"The file '{path}' has no column besides the target '{target}'; at least one feature is needed.");
        }

        if (features.Contains(target))
        {
            throw new BadInputException($"The target '{target}' is also among the features.");
        }

        string? twice = features.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
        {
            throw new BadInputException($"The feature '{twice}' is given twice.");
        }

        if (y.Min() == y.Max())
        {
            throw new BadInputException(FormattableString.Invariant($"The target '{target}' is {y[0]} in every row; there is nothing to predict."));
        }

        Tensor x = Tensor.Stack([.. features.Select(feature => Tensor.From(table.Numbers(feature)))], axis: 1);
        return new(Path.GetFileNameWithoutExtension(path), features, target, x, Tensor.From(y));
    }

    /// <summary>Some of the rows.</summary>
    public RegressionData Rows(Tensor rows) => this with { X = X.IndexSelect(0, rows), Y = Y.IndexSelect(0, rows) };

    /// <summary>Cuts the data in two.</summary>
    /// <param name="testRows">The 0-based rows of the test part; the others are the training part.</param>
    public (RegressionData Train, RegressionData Test) Split(IReadOnlyCollection<long> testRows)
    {
        var test = testRows.ToHashSet();
        long[] train = [.. Enumerable.Range(0, Count).Select(row => (long)row).Where(row => !test.Contains(row))];
        return (Rows(Tensor.From(train)), Rows(Tensor.From([.. testRows])));
    }
}
