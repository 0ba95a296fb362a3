using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Laws that tensors obey whatever their shapes and values: empty, scalar and broadcast ones included.</summary>
public class AlgebraicLaws
{
    private const int Count = 300;

    // Sums of at most a few hundred terms of size one: far above their rounding, far below any wrong term.
    private const double Rounding = 1e-12;

    [Fact]
    public void Broadcasting_IsSymmetricAndTheSameAsExpandingFirst() => ForAll((draw, shapes) =>
    {
        Tensor a = Values(shapes[0], draw.Seed), b = Values(shapes[1], draw.Seed + 1);
        Shape shape = Shape.Broadcast(a.Shape, b.Shape);
        foreach (Func<Tensor, Tensor, Tensor> symmetric in new Func<Tensor, Tensor, Tensor>[]
            { (x, y) => x + y, (x, y) => x * y, Tensor.Maximum, Tensor.Minimum, Tensor.Hypot, Tensor.LogAddExp })
        {
            AssertSame(symmetric(a, b), symmetric(b, a));
        }

        foreach (Func<Tensor, Tensor, Tensor> op in new Func<Tensor, Tensor, Tensor>[]
            { (x, y) => x - y, (x, y) => x / y, (x, y) => x.LessThan(y), Tensor.Atan2, (x, y) => Tensor.Where(x.LessThan(y), x, y) })
        {
            AssertSame(op(a.BroadcastTo(shape), b.BroadcastTo(shape)), op(a, b));
        }
    });

    [Fact]
    public void Arithmetic_UndoesItself() => ForAll(draw =>
    {
        Tensor x = Values(draw.Shape, draw.Seed), positive = Values(draw.Shape, draw.Seed, Domain.Positive);
        AssertSame(x, -(-x));
        AssertSame(Tensor.ZerosLike(x), x - x);
        AssertClose(x, x / positive * positive);
        AssertClose(positive, positive.Log().Exp());
        AssertClose(x, x.Expm1().Log1p());
        AssertClose(positive, positive.Sqrt().Square());
        AssertClose(positive, positive.Reciprocal().Reciprocal());
        AssertClose(Tensor.OnesLike(x), x.Sigmoid() + (-x).Sigmoid());
        AssertSame(-x.Tanh(), (-x).Tanh());
        AssertClose(x.Softplus() - x, (-x).Softplus());
        AssertClose(Tensor.OnesLike(x), x.Sin().Square() + x.Cos().Square());
        AssertClose(x, x.Floor() + x.Remainder(1.0));
    });

    [Fact]
    public void Softmax_SumsToOneAndIgnoresAShift() => ForAll(draw =>
    {
        Tensor x = 20 * Values(WithLast(draw.Shape, 1), draw.Seed);
        Tensor softmax = x.Softmax();
        AssertClose(Tensor.Ones(x.Shape[..^1], x.DType), softmax.Sum(-1));
        AssertClose(softmax, (x + 700).Softmax(), 1e-10);
        AssertClose(x.LogSoftmax().Exp(), softmax);
        AssertClose(x - x.LogSumExp(-1, keepDims: true), x.LogSoftmax());
        AssertClose(x.LogSumExp(-1) + 1e4, (x + 1e4).LogSumExp(-1));
        Assert.All(softmax.ToDoubles(), p => Assert.InRange(p, 0, 1));
    });

    [Fact]
    public void MatMul_IsAssociativeDistributiveAndTransposes() => ForAll(draw =>
    {
        (int n, int k) = (draw.Mask & 3, (draw.Mask >> 2) & 7);
        Tensor a = Values(draw.Shape.Concat([n, k]), draw.Seed), b = Values([k, 3], draw.Seed + 1), c = Values([3, 2], draw.Seed + 2);
        AssertClose(a.MatMul(b).MatMul(c), a.MatMul(b.MatMul(c)));
        AssertClose(a.MatMul(b) + a.MatMul(2 * b), a.MatMul(3 * b));
        AssertClose(a.MatMul(b).Transpose(), b.Transpose().MatMul(a.Transpose()));
        AssertClose((a.Unsqueeze(-1) * b).Sum(-2), a.MatMul(b));
        AssertSame(a, a.MatMul(Tensor.Eye(k, DType.Float64)));
        AssertClose(a.MatMul(b), Tensor.Einsum("...ij,jk->...ik", a, b));
        AssertSame(a.Transpose(), Tensor.Einsum("...ij->...ji", a));
        AssertClose(a.MatMul(b[.., 0]), Tensor.Einsum("...ij,j->...i", a, b[.., 0]));
    });

    [Fact]
    public void LinearAlgebra_SolutionsSolveAndFactorsMultiplyBack() => ForAll(draw =>
    {
        int n = (draw.Mask & 3) + 1;
        Tensor x = Values(draw.Shape.Concat([n, n]), draw.Seed), b = Values(draw.Shape.Concat([n, 2]), draw.Seed + 1), one = Tensor.Eye(n, DType.Float64);
        Tensor a = x + (6 * n * one), spd = x.MatMul(x.Transpose()) + one;
        AssertClose(b, a.MatMul(a.Solve(b)), 1e-10);
        AssertClose(one.BroadcastTo(a.Shape), a.MatMul(a.Inverse()), 1e-10);
        Tensor l = spd.Cholesky();
        AssertClose(spd, l.MatMul(l.Transpose()), 1e-10);
        AssertSame(l, l.Tril());
        AssertClose(b, spd.MatMul(l.CholeskySolve(b)), 1e-8);
        AssertClose(b, a.Triu().MatMul(a.SolveTriangular(b, upper: true)), 1e-10);
        AssertClose(a.Determinant() * spd.Determinant(), a.MatMul(spd).Determinant(), 1e-9);
        AssertClose(a.Determinant().Abs().Log(), a.SlogDet().LogAbs, 1e-10);
        AssertClose(spd.SlogDet().LogAbs, spd.LogDetSpd(), 1e-10);
        (Tensor values, Tensor vectors) = spd.SymmetricEigen();
        AssertClose(spd, vectors.MatMul(values.Unsqueeze(-1) * vectors.Transpose()), 1e-10);
        AssertClose(values.Sum(-1), spd.Trace(), 1e-10);
        AssertClose(one.BroadcastTo(a.Shape), (0.1 * x).MatrixExp().MatMul((-0.1 * x).MatrixExp()), 1e-10);
    });

    [Fact]
    public void Rearranging_UndoesItself() => ForAll(draw =>
    {
        Tensor x = Values(draw.Shape, draw.Seed);
        AssertSame(x, x.Reshape(x.Size).Reshape(x.Shape));
        AssertSame(x, x.Unsqueeze(-1).Squeeze(-1));
        AssertSame(x, x.Unsqueeze(0).Squeeze(0));
        int[] order = [.. Enumerable.Range(0, x.Rank).OrderBy(axis => (draw.Mask >> axis) & 1)];
        int[] inverse = [.. Enumerable.Range(0, x.Rank).OrderBy(axis => order[axis])];
        AssertSame(x, x.Permute(order).Permute(inverse));
        for (int axis = 0; axis < x.Rank; axis++)
        {
            AssertSame(x, x.Flip(axis).Flip(axis));
            AssertSame(x, x.Roll(2, axis).Roll(-2, axis));
            AssertSame(x, x.Roll(x.Shape[axis], axis));
            AssertSame(x, x.Transpose(0, axis).Transpose(0, axis));
            AssertSame(x, x.MoveAxis(axis, 0).MoveAxis(0, axis));
            int cut = x.Shape[axis] / 2;
            AssertSame(x, Tensor.Concat(x.Split([cut, x.Shape[axis] - cut], axis), axis));
            (int, int)[] widths = [.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? (2, 1) : (0, 0))];
            AssertSame(x, x.Pad(widths, 7).Roll(-2, axis).Split([x.Shape[axis], 3], axis)[0]);
            AssertSame(x.Flip(axis), x.IndexSelect(axis, Tensor.Arange(x.Shape[axis]).Flip(0)));
        }
    });

    [Fact]
    public void Triangles_AddUpAndDiagonalsEmbed() => ForAll(draw =>
    {
        Tensor x = Values(draw.Shape.Concat([draw.Mask & 3, (draw.Mask >> 2) & 3]), draw.Seed), v = Values(WithLast(draw.Shape, 0), draw.Seed);
        AssertSame(x, x.Tril() + x.Triu(1));
        AssertSame(x.Transpose().Tril(), x.Triu().Transpose());
        AssertSame(v, v.DiagEmbed().Diagonal());
        AssertClose(x.Diagonal().Sum(-1), x.Trace());
    });

    [Fact]
    public void Reductions_AgreeWithEachOther() => ForAll(draw =>
    {
        Tensor x = Values(WithLast(draw.Shape, 1), draw.Seed);
        int n = x.Shape[^1];
        AssertClose(x.Sum(), x.Sum(-1).Sum());
        AssertClose(x.Sum(-1), x.Mean(-1) * n);
        AssertClose(x.Sum(-1), x.CumSum(-1)[TensorIndex.Ellipsis, ^1]);
        AssertClose(x.Prod(-1), x.CumProd(-1)[TensorIndex.Ellipsis, ^1]);
        AssertClose(x.LogSumExp(-1), x.LogCumSumExp(-1)[TensorIndex.Ellipsis, ^1]);
        AssertClose(x.Exp().Sum(-1).Log(), x.LogSumExp(-1));
        AssertClose((x - x.Mean(-1, keepDims: true)).Square().Mean(-1), x.Var(-1, correction: 0));
        AssertClose(x.Square().Sum(-1).Sqrt(), x.Norm(2, -1));
        AssertSame(-x.Max(-1), (-x).Min(-1));
        AssertSame(x.Max(-1, keepDims: true), x.Gather(-1, x.ArgMax(-1, keepDims: true)));
        AssertSame(x.GreaterThan(0).Any(-1), !(x.LessOrEqual(0).All(-1)));
        AssertClose(x, Differences(x.CumSum(-1)));
    });

    [Fact]
    public void Sorting_IsAnOrderedPermutation() => ForAll(draw =>
    {
        // Halves: with ties.
        Tensor x = Values(WithLast(draw.Shape, 1), draw.Seed, Domain.Halves);
        int n = x.Shape[^1];
        (Tensor sorted, Tensor indices) = x.Sort();
        AssertSame(sorted, x.Gather(-1, indices));
        AssertSame(Tensor.Arange(n).BroadcastTo(x.Shape), indices.Sort().Values);
        Assert.True((bool)sorted[TensorIndex.Ellipsis, 1..].GreaterOrEqual(sorted[TensorIndex.Ellipsis, ..^1]).All());
        AssertSame(sorted.Flip(-1), x.Sort(descending: true).Values);
        AssertSame(x.Sort(descending: true).Values, x.TopK(n).Values);
        AssertSame(x.Min(-1), sorted[TensorIndex.Ellipsis, 0]);
    });

    [Fact]
    public void Indexing_ScatterIsTheAdjointOfGather() => ForAll(draw =>
    {
        Tensor x = Values(WithLast(draw.Shape, 1), draw.Seed);
        int n = x.Shape[^1];
        Tensor index = DomainValues.Indices(x.Shape.With(-1, 3), n), y = Values(index.Shape, draw.Seed + 1);
        Assert.Equal((x.Gather(-1, index) * y).Sum().ToScalar(), (x * Tensor.ZerosLike(x).ScatterAdd(-1, index, y)).Sum().ToScalar(), Rounding * 100);
        Tensor oneHot = index.OneHot(n, DType.Float64);
        AssertClose(x.Gather(-1, index), oneHot.MatMul(x.Unsqueeze(-1)).Squeeze(-1));
        AssertSame(x, Tensor.ZerosLike(x).Scatter(-1, Tensor.Arange(n).BroadcastTo(x.Shape), x));
        AssertClose(x.GreaterThan(0).Cast(DType.Float64).Sum(), Tensor.Scalar(x.MaskedSelect(x.GreaterThan(0)).Size, DType.Float64));
    });

    /// <summary>x₀, x₁ − x₀, x₂ − x₁ … along the last axis.</summary>
    private static Tensor Differences(Tensor x) =>
        x - x.Pad([.. Enumerable.Repeat((0, 0), x.Rank - 1), (1, 0)])[TensorIndex.Ellipsis, ..^1];

    private static Shape WithLast(Shape shape, int least) => shape.Rank == 0 ? [least + 1] : shape.With(-1, Math.Max(least, shape[^1]));

    private static Tensor Values(Shape shape, int seed, Domain domain = Domain.Real) => DomainValues.Sample(domain, shape, (ulong)seed);

    private static void ForAll(Action<Draw> law) => PropertyCheck.ForAll(Draws.All, Count, law);

    private static void ForAll(Action<Draw, Shape[]> law) => PropertyCheck.ForAll(Draws.All, Count, draw => law(draw, Family.Binary.FromDraw!(draw)));

    private static void AssertSame(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.Equal(expected.DType, actual.DType);
        Assert.Equal(expected.ToDoubles(), actual.ToDoubles());
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance = Rounding)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach ((double a, double b) in expected.ToDoubles().Zip(actual.ToDoubles()))
        {
            Assert.True(Math.Abs(a - b) <= tolerance * (1 + Math.Abs(a)), $"expected {a:R}, got {b:R}");
        }
    }
}
