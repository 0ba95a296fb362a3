using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// Graphs of random operations on values of a few shapes that broadcast against each other, with sums, products, slices and softmaxes between, and a
/// gradient at the end.
/// </summary>
internal static class RandomGraph
{
    private const int Rows = 37, Columns = 6;

    /// <summary>A batch, a row, a column, a matrix and a batch of integers.</summary>
    public static Tensor[] Inputs(int seed, DType dtype = DType.Float64)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        return
        [
            key.FoldIn(1).Normal([Rows, Columns], dtype),
            key.FoldIn(2).Normal([Columns], dtype),
            key.FoldIn(3).Normal([Rows, 1], dtype),
            key.FoldIn(4).Normal([Columns, Columns], dtype),
            key.FoldIn(5).Integers(0, Columns, [Rows, 1]),
        ];
    }

    /// <summary>The values that a list of choices builds, and the gradient of their sum.</summary>
    public static Tensor[] Build(int[] choices, Tensor[] x)
    {
        Tensor last = x[0];
        Tensor Total(Tensor[] leaves)
        {
            var values = new List<Tensor> { leaves[0], leaves[1], leaves[2] };
            foreach (int choice in choices)
            {
                Tensor a = values[choice / 32 % values.Count], b = values[choice / 1024 % values.Count];
                values.Add(Next(choice % 32, a, b, leaves[3], x[4]));
            }

            last = values[^1];
            return values.Select(value => value.Tanh().Sum()).Aggregate((sum, term) => sum + term);
        }

        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(Total, x[..4]);
        return [value, Gradient.Stop(last), .. gradients];
    }

    private static Tensor Next(int kind, Tensor a, Tensor b, Tensor matrix, Tensor index) => kind switch
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
        14 => a.Shape[-1] == Columns && a.Rank == 2 ? a.MatMul(matrix) : a.Relu(),
        15 => Tensor.Where(a > b, a, b.Square()),
        16 => Tensor.Maximum(a, b),
        17 => a.Shape[-1] == Columns ? Tensor.Concat([a[TensorIndex.Ellipsis, 3..], a[TensorIndex.Ellipsis, ..3]], -1) : a.Sin(),
        18 => a.Rank == 2 && a.Shape[-1] == Columns ? a[TensorIndex.Ellipsis, ..1] : a.Cos(),
        19 => a.Sum(0, keepDims: true),
        20 => a.Rank == 2 && a.Shape[0] == Rows && a.Shape[1] == Columns ? a.Transpose().MatMul(a).Softmax().Sum(0) : a.Erf(),
        21 => a.Rank == 2 && a.Shape[0] == Rows && a.Shape[1] == Columns ? a.Gather(-1, index) : a.Log1p2(),
        22 => a.Rank == 2 && a.Shape == b.Shape ? Tensor.Stack([a, b], 1).Sum(1) : a.Negate2(),
        23 => a.Rank == 2 ? a.Reshape(a.Size).Reshape(a.Shape) * 0.5 : a * 0.25,
        24 => a.Cast(DType.Float32).Cast(a.DType),
        25 => (a > 0).Cast(a.DType) * b,
        26 => a.Rank == 2 && a.Shape[0] == Rows ? a[3..].Sum(0, keepDims: true) : a.Square(),
        27 => a.Rank == 2 && a.Shape[1] == Columns ? a.CumSum(-1) : a.Sqrt2(),
        28 => a.Rank == 2 ? a.Transpose().Exp2Bounded().Transpose() : a.Exp2Bounded(),
        29 => Gradient.Stop(a) + b,
        30 => a.Var(-1, keepDims: true),
        _ => Tensor.Where(a.IsFinite() & (b < 1), 1.5 * a, b),
    };

    private static Tensor Log1p2(this Tensor x) => x.Square().Log1p();

    private static Tensor Negate2(this Tensor x) => -(-x);

    private static Tensor Sqrt2(this Tensor x) => (1 + x.Square()).Sqrt();

    private static Tensor Exp2Bounded(this Tensor x) => x.Tanh().Exp();
}
