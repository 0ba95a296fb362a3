using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class ReductionLoopTests
{
    private const double Infinity = double.PositiveInfinity;

    private static readonly int[] RowCounts = [0, 1, 3, 17];

    [Fact]
    public void Rows_AnyLengthAndWidth_AgreeWithLinq()
    {
        for (int columns = 0; columns <= 256; columns++)
        {
            foreach (int rows in RowCounts)
            {
                double[] x = Values(rows * columns, columns);
                double[][] lines = [.. Enumerable.Range(0, rows).Select(r => x[(r * columns)..((r + 1) * columns)])];
                CheckRows<SumReduction>(x, rows, columns, [.. lines.Select(l => l.Sum())], 1e-6);
                CheckRows<SumSquaresReduction>(x, rows, columns, [.. lines.Select(l => l.Sum(v => v * v))], 1e-6);
                CheckRows<MaxReduction>(x, rows, columns, [.. lines.Select(l => l.DefaultIfEmpty(-Infinity).Max())], 0);
                CheckRows<MinReduction>(x, rows, columns, [.. lines.Select(l => l.DefaultIfEmpty(Infinity).Min())], 0);
            }
        }
    }

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 5, 7)]
    [InlineData(1, 32, 50)]
    [InlineData(1, 1000, 3)]
    [InlineData(2, 100, 64)]
    [InlineData(4, 33, 130)]
    [InlineData(1, 65, 16)]
    [InlineData(0, 3, 2)]
    [InlineData(2, 3, 0)]
    public void Middle_AnyShapeAndWidth_AgreesWithLinq(int outer, int reduce, int inner)
    {
        double[] x = Values(outer * reduce * inner, 5);
        double[] Fold(Func<IEnumerable<double>, double> fold) =>
            [.. from o in Enumerable.Range(0, outer)
                from i in Enumerable.Range(0, inner)
                select fold(Enumerable.Range(0, reduce).Select(r => x[(((o * reduce) + r) * inner) + i]))];
        CheckMiddle<SumReduction>(x, outer, reduce, inner, Fold(v => v.Sum()), 1e-6);
        CheckMiddle<SumSquaresReduction>(x, outer, reduce, inner, Fold(v => v.Sum(e => e * e)), 1e-6);
        CheckMiddle<MaxReduction>(x, outer, reduce, inner, Fold(v => v.DefaultIfEmpty(-Infinity).Max()), 0);
        CheckMiddle<MinReduction>(x, outer, reduce, inner, Fold(v => v.DefaultIfEmpty(Infinity).Min()), 0);
    }

    [Fact]
    public void Max_RowWithNaN_IsNaNWhereverItStands()
    {
        for (int columns = 1; columns < 100; columns += 7)
        {
            for (int at = 0; at < columns; at++)
            {
                float[] x = new float[columns], y = new float[1];
                x[at] = float.NaN;
                ReductionLoop.Rows<MaxReduction, float>(x, y, 1, columns);
                Assert.True(float.IsNaN(y[0]));
                ReductionLoop.Middle<MinReduction, float>(x, y, 1, columns, 1);
                Assert.True(float.IsNaN(y[0]));
            }
        }
    }

    [Fact]
    public void SumRows_TenMillionTenths_KeepsSixDigits()
    {
        // 0.1f = 0.100000001490116…; one after the other, the float sum would be 1087937.
        const int Count = 10_000_000;
        float[] x = new float[Count], y = new float[1];
        Array.Fill(x, 0.1f);
        ReductionLoop.Rows<SumReduction, float>(x, y, 1, Count);
        Assert.Equal(1_000_000.015, y[0], 0.5);
        ReductionLoop.Middle<SumReduction, float>(x, y, 1, Count, 1);
        Assert.Equal(1_000_000.015, y[0], 0.5);
    }

    [Fact]
    public void Exponential_AnyLengthAndWidth_AgreesWithItsDefinition()
    {
        for (int columns = 1; columns <= 130; columns++)
        {
            const int Rows = 18;
            double[] x = [.. Values(Rows * columns, columns).Select(v => 30 * v)];
            double[] log = [.. Enumerable.Range(0, Rows).Select(r => Math.Log(x[(r * columns)..((r + 1) * columns)].Sum(Math.Exp)))];
            double[] logSoftmax = [.. x.Select((v, i) => v - log[i / columns])];
            CheckExponential<Lanes512<double>, double>(x, log, logSoftmax, Rows, columns, 1e-13);
            CheckExponential<Lanes256<double>, double>(x, log, logSoftmax, Rows, columns, 1e-13);
            CheckExponential<Lanes128<double>, double>(x, log, logSoftmax, Rows, columns, 1e-13);
            CheckExponential<Lanes512<float>, float>(x, log, logSoftmax, Rows, columns, 2e-5);
            CheckExponential<Lanes256<float>, float>(x, log, logSoftmax, Rows, columns, 2e-5);
        }
    }

    [Theory]
    [InlineData(new[] { -Infinity, -Infinity }, -Infinity, new[] { 0.0, 0 })]
    [InlineData(new[] { -Infinity, 3 }, 3, new[] { 0.0, 1 })]
    [InlineData(new[] { Infinity, 3 }, Infinity, new[] { 1.0, 0 })]
    [InlineData(new[] { Infinity, Infinity, -Infinity, 0 }, Infinity, new[] { 0.5, 0.5, 0, 0 })]
    [InlineData(new[] { 1, double.NaN }, double.NaN, new[] { double.NaN, double.NaN })]
    [InlineData(new[] { 1e308, 1e308 }, 1e308, new[] { 0.5, 0.5 })]
    [InlineData(new[] { -1e5, -1e5 }, -1e5 + 0.6931471805599453, new[] { 0.5, 0.5 })]
    public void Exponential_RowWithExtremes_HasItsLimit(double[] row, double logSumExp, double[] softmax)
    {
        // Padded with −∞, which adds nothing, to rows that run one a lane and to rows that run on their own.
        foreach (int columns in new[] { row.Length, 7, 90 })
        {
            double[] x = Enumerable.Repeat(-Infinity, Math.Max(columns, row.Length)).ToArray();
            row.CopyTo(x, 0);
            double[] y = new double[1], soft = new double[x.Length], logSoft = new double[x.Length];
            ReductionLoop.LogSumExpRows<Lanes256<double>, double>(x, y, 1, x.Length);
            ReductionLoop.SoftmaxRows<Lanes256<double>, double>(x, soft, 1, x.Length);
            ReductionLoop.LogSoftmaxRows<Lanes256<double>, double>(x, logSoft, 1, x.Length);
            Assert.Equal(logSumExp, y[0], 1e-12);
            Assert.Equal(softmax, soft[..row.Length]);
            for (int i = 0; i < row.Length; i++)
            {
                Assert.Equal(Math.Log(softmax[i]), logSoft[i], 1e-12);
            }
        }
    }

    private static void CheckRows<R>(double[] x, int rows, int columns, double[] expected, double tolerance)
        where R : struct, IReduction
    {
        CheckRows<R, Lanes512<float>, float>(x, rows, columns, expected, tolerance);
        CheckRows<R, Lanes256<float>, float>(x, rows, columns, expected, tolerance);
        CheckRows<R, Lanes128<double>, double>(x, rows, columns, expected, tolerance);
        CheckRows<R, Lanes512<double>, double>(x, rows, columns, expected, tolerance);
    }

    private static void CheckRows<R, V, T>(double[] x, int rows, int columns, double[] expected, double tolerance)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = new T[rows];
        ReductionLoop.Rows<R, V, T>(Convert<T>(x), y, rows, columns);
        AssertClose(expected, y, tolerance * Math.Max(1, columns));
    }

    private static void CheckMiddle<R>(double[] x, int outer, int reduce, int inner, double[] expected, double tolerance)
        where R : struct, IReduction
    {
        CheckMiddle<R, Lanes512<float>, float>(x, outer, reduce, inner, expected, tolerance);
        CheckMiddle<R, Lanes256<double>, double>(x, outer, reduce, inner, expected, tolerance);
        CheckMiddle<R, Lanes128<float>, float>(x, outer, reduce, inner, expected, tolerance);
    }

    private static void CheckMiddle<R, V, T>(double[] x, int outer, int reduce, int inner, double[] expected, double tolerance)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = new T[outer * inner];
        ReductionLoop.Middle<R, V, T>(Convert<T>(x), y, outer, reduce, inner);
        AssertClose(expected, y, tolerance * Math.Max(1, reduce));
    }

    private static void CheckExponential<V, T>(double[] x, double[] log, double[] logSoftmax, int rows, int columns, double tolerance)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] from = Convert<T>(x), y = new T[rows], soft = new T[x.Length];
        ReductionLoop.LogSumExpRows<V, T>(from, y, rows, columns);
        AssertClose(log, y, tolerance);
        ReductionLoop.SoftmaxRows<V, T>(from, soft, rows, columns);
        AssertClose([.. logSoftmax.Select(Math.Exp)], soft, tolerance);
        ReductionLoop.LogSoftmaxRows<V, T>(from, from, rows, columns);
        AssertClose(logSoftmax, from, tolerance);
    }

    private static void AssertClose<T>(double[] expected, T[] got, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double g = double.CreateChecked(got[i]);
            Assert.True(Math.Abs(expected[i] - g) <= tolerance || expected[i].Equals(g), $"Element {i}: {g:R}, expected {expected[i]:R}.");
        }
    }

    private static T[] Convert<T>(double[] x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = new T[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.CreateTruncating(x[i]);
        }

        return y;
    }

    /// <summary>Multiples of 2⁻²⁰ in [−1, 1), which float and double hold alike.</summary>
    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Next(-1 << 20, 1 << 20) / (double)(1 << 20);
        }

        return values;
    }
}
