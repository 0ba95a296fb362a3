using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// Graphs of random operations on values of a few shapes that broadcast against each other, with sums, products, slices and softmaxes between, and a
/// gradient at the end, or a step of training.
/// </summary>
internal static class RandomGraph
{
    /// <summary>A batch [rows, columns], a row, a column, a square matrix and a batch of integers.</summary>
    public static Tensor[] Inputs(int seed, DType dtype = DType.Float64, int rows = 37, int columns = 6)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        return
        [
            key.FoldIn(1).Normal([rows, columns], dtype),
            key.FoldIn(2).Normal([columns], dtype),
            key.FoldIn(3).Normal([rows, 1], dtype),
            key.FoldIn(4).Normal([columns, columns], dtype),
            key.FoldIn(5).Integers(0, columns, [rows, 1]),
        ];
    }

    /// <summary>Whether a list of choices rounds values of Float64 to Float32 on the way.</summary>
    public static bool RoundsToFloat32(int[] choices) => choices.Any(choice => choice % 32 == 24);

    /// <summary>The values that a list of choices builds, and the gradient of their sum.</summary>
    public static Tensor[] Build(int[] choices, Tensor[] x)
    {
        Tensor last = x[0];
        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(leaves => Total(choices, leaves, x[4], out last), x[..4]);
        return [value, Gradient.Stop(last), .. gradients];
    }

    /// <summary>
    /// Steps of training of the row and of the matrix, whose loss is the mean of what a list of choices builds, and of a third parameter that is written: the losses, and the
    /// parameters in the end.
    /// </summary>
    public static Tensor[] Train(int[] choices, Tensor[] x, int steps, bool compiled)
    {
        Parameter row = new("row", x[1]), matrix = new("matrix", x[3]), average = new("average", x[1]);
        Optimizer optimizer = (choices.Length % 3) switch
        {
            0 => new Sgd(0.1),
            1 => new Sgd(0.1, momentum: 0.9),
            _ => new Adam(0.01, epsilon: 0.01),
        };
        Tensor[] Step(Tensor[] inputs)
        {
            Tensor last = inputs[0];
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(
                () => Total(choices, [inputs[0], row.Read(), inputs[1], matrix.Read()], inputs[2], out last) / inputs[0].Size, [row, matrix]);
            average.Value = (0.75 * average.Value) + (0.25 * Gradient.Stop(last).Tanh().Mean());
            optimizer.Step([row, matrix], gradients);
            return [loss];
        }

        Graph? graph = compiled ? Graph.Compile(Step) : null;
        var losses = new List<Tensor>();
        for (int step = 0; step < steps; step++)
        {
            Tensor[] inputs = [x[0], x[2], x[4]];
            losses.AddRange(graph is null ? Step(inputs) : graph.Run(inputs));
        }

        return [.. losses, row.Value, matrix.Value, average.Value];
    }

    private static Tensor Total(int[] choices, Tensor[] leaves, Tensor index, out Tensor last)
    {
        var values = new List<Tensor> { leaves[0], leaves[1], leaves[2] };
        foreach (int choice in choices)
        {
            Tensor a = values[choice / 32 % values.Count], b = values[choice / 1024 % values.Count];
            values.Add(Next(choice % 32, a, b, leaves[3], index));
        }

        last = values[^1];
        return values.Select(value => value.Tanh().Sum()).Aggregate((sum, term) => sum + term);
    }

    private static Tensor Next(int kind, Tensor a, Tensor b, Tensor matrix, Tensor index)
    {
        int rows = index.Shape[0], columns = matrix.Shape[0], half = columns / 2;
        bool isWhole = a.Rank == 2 && a.Shape[0] == rows && a.Shape[1] == columns;
        return kind switch
        {
            0 => a + b,
            1 => a - b,
            2 => a * b,
            3 => a / (1 + b.Square()),
            4 => a.Tanh(),
            5 => a.Sigmoid(),
            6 => a.Softplus(),
            7 => (-a.Abs()).Exp(),
            8 => a.Sum(-1, keepDims: true),
            9 => a.Mean(-1, keepDims: true),
            10 => a.Max(-1, keepDims: true),
            11 => a.Softmax(),
            12 => a.LogSoftmax(),
            13 => a.LogSumExp(-1, keepDims: true),
            14 => a.Shape[-1] == columns && a.Rank == 2 ? a.MatMul(matrix) : a.Relu(),
            15 => Tensor.Where(a > b, a, b.Square()),
            16 => Tensor.Maximum(a, b),
            17 => a.Shape[-1] == columns && half > 0 ? Tensor.Concat([a[TensorIndex.Ellipsis, half..], a[TensorIndex.Ellipsis, ..half]], -1) : a.Sin(),
            18 => a.Rank == 2 && a.Shape[-1] == columns ? a[TensorIndex.Ellipsis, ..1] : a.Cos(),
            19 => a.Sum(0, keepDims: true),
            20 => isWhole ? a.Transpose().MatMul(a).Softmax().Sum(0) : a.Erf(),
            21 => isWhole ? a.Gather(-1, index) : a.Log1p2(),
            22 => a.Rank == 2 && a.Shape == b.Shape ? Tensor.Stack([a, b], 1).Sum(1) : a.Negate2(),
            23 => a.Rank == 2 ? a.Reshape(a.Size).Reshape(a.Shape) * 0.5 : a * 0.25,
            24 => a.Cast(DType.Float32).Cast(a.DType),
            25 => (a > 0).Cast(a.DType) * b,
            26 => a.Rank == 2 && a.Shape[0] == rows && rows > 3 ? a[3..].Sum(0, keepDims: true) : a.Square(),
            27 => a.Rank == 2 && a.Shape[1] == columns ? a.CumSum(-1) : a.Sqrt2(),
            28 => a.Rank == 2 ? a.Transpose().Exp2Bounded().Transpose() : a.Exp2Bounded(),
            29 => Gradient.Stop(a) + b,
            30 => a.Shape[-1] > 1 ? a.Var(-1, keepDims: true) : a.Square(),
            _ => Tensor.Where(a.IsFinite() & (b < 1), 1.5 * a, b),
        };
    }

    private static Tensor Log1p2(this Tensor x) => x.Square().Log1p();

    private static Tensor Negate2(this Tensor x) => -(-x);

    private static Tensor Sqrt2(this Tensor x) => (1 + x.Square()).Sqrt();

    private static Tensor Exp2Bounded(this Tensor x) => x.Tanh().Exp();
}
