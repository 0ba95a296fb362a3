using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class LinearAlgebraTests
{
    private const int Digits = 12;

    private static readonly Tensor A = Tensor.From(new double[] { 4, 1, 2, 0.5, 3, -1, 1, 0, 5 }, [3, 3]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(40)]
    public void Factorizations_OfManySizes_GiveBackTheMatrix(int n)
    {
        Tensor a = StructureCases.Values([n, n]) + (Tensor.Eye(n, DType.Float64) * n), spd = a.MatMul(a.Transpose());
        Tensor l = spd.Cholesky(), b = StructureCases.Values([n, 3], 1), identity = Tensor.Eye(n, DType.Float64);
        AssertClose(spd, l.MatMul(l.Transpose()));
        AssertClose(l, l.Tril());
        AssertClose(identity, a.MatMul(a.Inverse()));
        AssertClose(b, a.MatMul(a.Solve(b)));
        AssertClose(b, spd.MatMul(l.CholeskySolve(b)));
        AssertClose(a.Tril().Solve(b), a.SolveTriangular(b));
        AssertClose(a.Triu().Transpose().Solve(b), a.SolveTriangular(b, upper: true, transpose: true));
        (Tensor w, Tensor v) = spd.SymmetricEigen();
        AssertClose(spd, v.MatMul(w.DiagEmbed()).MatMul(v.Transpose()), 1e-9);
        AssertClose(identity, v.Transpose().MatMul(v));
        AssertClose(w, w.Sort().Values);
        Assert.Equal(spd.SlogDet().LogAbs.ToScalar(), spd.LogDetSpd().ToScalar(), 9);
        Assert.Equal(w.Log().Sum().ToScalar(), spd.LogDetSpd().ToScalar(), 9);
    }

    [Fact]
    public void Factorizations_OfNoRows_AreEmpty()
    {
        Tensor none = Tensor.Zeros([2, 0, 0], DType.Float64);
        Assert.Equal([2, 0, 0], none.Cholesky().Shape);
        Assert.Equal([1.0, 1.0], none.Determinant().ToDoubles());
        Assert.Equal([0.0, 0.0], none.SlogDet().LogAbs.ToDoubles());
        Assert.Equal([2, 0, 3], none.Solve(Tensor.Zeros([2, 0, 3], DType.Float64)).Shape);
        Assert.Equal([2, 0, 0], Gradient.Of(a => a.MatrixExp().Sum(), none).Shape);
        Assert.Equal([0, 3, 3], Tensor.Zeros([0, 3, 3]).Inverse().Shape);
    }

    [Fact]
    public void Cholesky_NotPositiveDefinite_NamesTheMatrixAndThePivot()
    {
        Tensor batch = Tensor.Stack([Tensor.Eye(2), Tensor.From(new float[] { 1, 2, 2, 1 }, [2, 2])]);
        Assert.StartsWith(
            "Cholesky: matrix [1] of [2, 2, 2] is not positive definite: the leading minor of order 2 has the pivot -3.",
            Assert.Throws<LinearAlgebraException>(() => batch.Cholesky()).Message);
        Assert.Equal([2, 2, 2], batch.Cholesky(jitter: 1.5).Shape);
        Assert.Throws<LinearAlgebraException>(() => Tensor.Full([1, 1], double.NaN).Cholesky());
        Assert.Contains("[2, 3]; square matrices", Assert.Throws<ShapeException>(() => Tensor.Zeros([2, 3]).Cholesky()).Message);
        Assert.Contains("Cast", Assert.Throws<DTypeException>(() => Tensor.Eye(2, DType.Int32).Cholesky()).Message);
    }

    [Fact]
    public void Solve_Singular_NamesTheMatrixAndTheColumn()
    {
        Tensor singular = Tensor.From(new double[] { 1, 2, 2, 4 }, [2, 2]);
        Assert.Equal("Inverse: the matrix [2, 2] is singular: column 1 has no pivot.", Assert.Throws<LinearAlgebraException>(() => singular.Inverse()).Message);
        Assert.Throws<LinearAlgebraException>(() => singular.Solve(Tensor.From(1.0, 2)));
        Assert.Contains("its diagonal is 0 at row 1", Assert.Throws<LinearAlgebraException>(
            () => Tensor.From(new double[] { 1, 2, 2, 0 }, [2, 2]).SolveTriangular(Tensor.From(1.0, 2))).Message);
        Assert.Contains("needs as many", Assert.Throws<ShapeException>(() => singular.Solve(Tensor.From(1.0, 2, 3))).Message);
    }

    [Fact]
    public void Determinant_Singular_HasItsCofactorsAsGradient()
    {
        Tensor singular = Tensor.From(new double[] { 1, 2, 2, 4 }, [2, 2]), zero = Tensor.Zeros([3, 3], DType.Float64);
        Assert.Equal(0, singular.Determinant().ToScalar());
        Assert.Equal([4.0, -2, -2, 1], Gradient.Of(a => a.Determinant(), singular).ToDoubles());
        Assert.Equal(new double[9], Gradient.Of(a => a.Determinant(), zero).ToDoubles());
        Assert.Equal([1.0], Gradient.Of(a => a.Determinant(), Tensor.Zeros([1, 1], DType.Float64)).ToDoubles());
        (Tensor sign, Tensor logAbs) = Tensor.Stack([A, -A, zero]).SlogDet();
        Assert.Equal([1.0, -1, 0], sign.ToDoubles());
        Assert.Equal([Math.Log(50.5), Math.Log(50.5), double.NegativeInfinity], logAbs.ToDoubles(), (a, b) => a == b || Math.Abs(a - b) < 1e-14);
        // 4(15 − 0) − 1(2.5 + 1) + 2(0 − 3) = 50.5
        Assert.Equal(50.5, A.Determinant().ToScalar(), Digits);
    }

    [Fact]
    public void SolveTriangular_OtherTriangle_IsNotReadAndHasNoGradient()
    {
        Tensor a = Tensor.From(new[] { 2, double.NaN, 1, 4 }, [2, 2]), b = Tensor.From(2.0, 9);
        Assert.Equal([1.0, 2], a.SolveTriangular(b).ToDoubles());
        Assert.Equal(0, Gradient.Of(m => m.SolveTriangular(b).Sum(), a)[0, 1].ToScalar());
        Assert.Equal([2.0, 7], a.SolveTriangular(b, unitDiagonal: true).ToDoubles());
    }

    [Fact]
    public void MatrixExp_KnownMatrices_AreExact()
    {
        // A nilpotent matrix has e^N = I + N + N²/2; a rotation generator gives cosines and sines.
        Tensor nilpotent = Tensor.From(new double[] { 0, 2, 3, 0, 0, 4, 0, 0, 0 }, [3, 3]);
        AssertClose(Tensor.From(new double[] { 1, 2, 7, 0, 1, 4, 0, 0, 1 }, [3, 3]), nilpotent.MatrixExp(), 1e-14);
        const double angle = 40;
        Tensor rotation = Tensor.From(new[] { 0, -angle, angle, 0 }, [2, 2]).MatrixExp();
        AssertClose(Tensor.From(new[] { Math.Cos(angle), -Math.Sin(angle), Math.Sin(angle), Math.Cos(angle) }, [2, 2]), rotation, 1e-13);
        Assert.All(Tensor.Full([2, 2], double.NaN, DType.Float64).MatrixExp().ToDoubles(), value => Assert.True(double.IsNaN(value)));
        Assert.Equal(Math.E, Tensor.Ones([1, 1]).MatrixExp().ToScalar(), 6);
    }

    [Fact]
    public void MatrixExp_LargeCotangent_KeepsTheGradientAccurate()
    {
        Tensor x = StructureCases.Values([3, 3]);
        Tensor small = Gradient.Of(a => a.MatrixExp().Sum(), x), large = Gradient.Of(a => a.MatrixExp().Sum() * 1e12, x);
        AssertClose(small, large * 1e-12, 1e-14);
    }

    [Fact]
    public void SymmetricEigen_EqualEigenvalues_GiveFiniteGradients()
    {
        Tensor identity = Tensor.Eye(3, DType.Float64);
        Assert.Equal([1.0, 1, 1], identity.SymmetricEigenvalues().ToDoubles());
        AssertClose(identity, Gradient.Of(a => a.SymmetricEigenvalues().Sum(), identity));
        Assert.All(Gradient.Of(a => a.SymmetricEigen().Vectors.Sum(), identity).ToDoubles(), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void MatMul_ShapesThatDoNotFit_NameBothAxes()
    {
        Assert.Equal(
            "MatMul: inner dimensions differ: left [32, 4] (axis 1 = 4), right [5, 8] (axis 0 = 5).",
            Assert.Throws<ShapeException>(() => Tensor.Zeros([32, 4]).MatMul(Tensor.Zeros([5, 8]))).Message);
        Assert.Equal([0.0, 0, 0, 0, 0, 0], Tensor.Zeros([3, 0]).MatMul(Tensor.Zeros([0, 2])).ToDoubles());
    }

    [Fact]
    public void Kron_BlocksOfTheRight_AreScaledByTheLeft() => Assert.Equal(
        [0, 1, 0, 2, 1, 0, 2, 0],
        Tensor.From(new[] { 1, 2 }, [1, 2]).Kron(Tensor.From(new[] { 0, 1, 1, 0 }, [2, 2])).ToArray<int>());

    [Fact]
    public void Einsum_AgainstTheProductsItStandsFor_Agrees()
    {
        Tensor x = StructureCases.Values([2, 3]), y = StructureCases.Values([3, 4], 1), batch = StructureCases.Values([5, 2, 3], 2);
        AssertClose(x.MatMul(y), Tensor.Einsum("ij,jk", x, y));
        AssertClose(x.MatMul(y).Transpose(), Tensor.Einsum("ij, jk -> ki", x, y));
        AssertClose(batch.MatMul(y), Tensor.Einsum("...j,jk->...k", batch, y));
        AssertClose(A.Trace(), Tensor.Einsum("ii", A));
        AssertClose(A.Diagonal(), Tensor.Einsum("ii->i", A));
        AssertClose((batch * x).Sum([1, 2]), Tensor.Einsum("bij,ij->b", batch, x));
        AssertClose(x.Transpose(), Tensor.Einsum("ba", x));
        AssertClose(x.Sum(0), Tensor.Einsum("ij->j", x));
        AssertClose(batch.Transpose(0, 2), Tensor.Einsum("i...k->k...i", batch));
    }

    [Fact]
    public void Einsum_MistakesInTheEquation_AreNamed()
    {
        Tensor x = Tensor.Zeros([2, 3]), y = Tensor.Zeros([4, 5]);
        Assert.Equal("Einsum: 'ij,jk->ik' names 2 operands, but 1 are given.", Assert.Throws<ShapeException>(() => Tensor.Einsum("ij,jk->ik", x)).Message);
        Assert.Contains("operand 0 has shape [2, 3] with 2 axes, but 'ijk'", Assert.Throws<ShapeException>(() => Tensor.Einsum("ijk->i", x)).Message);
        Assert.Contains("label 'j' in 'ij,jk->ik' has length 3 in one operand and 4 in operand 1", Assert.Throws<ShapeException>(() => Tensor.Einsum("ij,jk->ik", x, y)).Message);
        Assert.Contains("label 'z' of the result", Assert.Throws<ArgumentException>(() => Tensor.Einsum("ij->iz", x)).Message);
        Assert.Contains("label 'i' of the result", Assert.Throws<ArgumentException>(() => Tensor.Einsum("ij->ii", x)).Message);
        Assert.Contains("'1'", Assert.Throws<ArgumentException>(() => Tensor.Einsum("i1->i", x)).Message);
        Assert.Contains("stands twice", Assert.Throws<ShapeException>(() => Tensor.Einsum("ii->i", x)).Message);
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance = 1e-11)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            Assert.True(Math.Abs(a[i] - b[i]) <= tolerance * (1 + Math.Abs(a[i])), $"element {i}: expected {a[i]:R}, got {b[i]:R}");
        }
    }
}
