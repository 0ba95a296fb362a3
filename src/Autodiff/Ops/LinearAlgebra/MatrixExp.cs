using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// Y = e^A by scaling and squaring with the Padé approximant of degree 13 (Higham 2005), in double precision. Its derivative in a direction is a
/// block of the exponential of a matrix of twice the size (Van Loan 1978; Al-Mohy and Higham 2009): dA is the upper right block of
/// exp([[Aᵀ, dY], [0, Aᵀ]]).
/// </summary>
internal sealed class MatrixExp : SquareMatrixOp
{
    public static readonly MatrixExp Instance = new();

    // Up to this 1-norm the approximant is exact to double precision (Higham 2005, table 2.3).
    private const double LargestNorm = 5.371920351148152;

    private static readonly double[] s_pade =
    [
        64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640,
        1323241920, 40840800, 960960, 16380, 182, 1,
    ];

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor a = inputs[0].Transpose();
        int n = a.Shape[-1];

        // The block is linear in dY; a large dY would only lead to needless scaling, so it is brought to the size of one.
        Tensor size = Gradient.Stop(n == 0 ? dy : dy.Abs().Max([-2, -1], keepDims: true));
        Tensor unit = n == 0 ? size : Tensor.Where(size.EqualTo(0), 1, size);
        Tensor upper = Tensor.Concat([a, dy / unit], -1), lower = Tensor.Concat([Tensor.ZerosLike(a), a], -1);
        return Apply(Tensor.Concat([upper, lower], -2))[TensorIndex.Ellipsis, ..n, n..] * unit;
    }

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        double[] scaled = new double[n * n];
        TensorPrimitives.ConvertTruncating(a, scaled.AsSpan());
        double norm = Norm(scaled, n);
        if (!double.IsFinite(norm))
        {
            y.Fill(T.NaN);
            return;
        }

        int squarings = norm > LargestNorm ? (int)Math.Ceiling(Math.Log2(norm / LargestNorm)) : 0;
        TensorPrimitives.Multiply(scaled, Math.ScaleB(1, -squarings), scaled);
        double[] result = Pade(scaled, n);
        for (int i = 0; i < squarings; i++)
        {
            result = Product(result, result, n);
        }

        TensorPrimitives.ConvertTruncating<double, T>(result, y);
    }

    private static double[] Pade(double[] a, int n)
    {
        double[] a2 = Product(a, a, n), a4 = Product(a2, a2, n), a6 = Product(a2, a4, n);
        double[] odd = Product(a6, Sum(a2, a4, a6, 9, 11, 13), n), even = Product(a6, Sum(a2, a4, a6, 8, 10, 12), n);
        TensorPrimitives.Add(odd, Sum(a2, a4, a6, 3, 5, 7), odd);
        TensorPrimitives.Add(even, Sum(a2, a4, a6, 2, 4, 6), even);
        for (int i = 0; i < n; i++)
        {
            odd[(i * n) + i] += s_pade[1];
            even[(i * n) + i] += s_pade[0];
        }

        double[] u = Product(a, odd, n), result = new double[n * n];
        TensorPrimitives.Add(even, u, result);
        TensorPrimitives.Subtract(even, u, even);
        int[] pivots = new int[n];
        LuFactors.Factor<double>(even, pivots, n, out _);
        LuFactors.Solve<double>(even, pivots, result, n, n);
        return result;
    }

    private static double[] Sum(double[] a2, double[] a4, double[] a6, int b2, int b4, int b6)
    {
        double[] sum = new double[a2.Length];
        TensorPrimitives.Multiply(a2, s_pade[b2], sum);
        TensorPrimitives.MultiplyAdd(a4, s_pade[b4], sum, sum);
        TensorPrimitives.MultiplyAdd(a6, s_pade[b6], sum, sum);
        return sum;
    }

    private static double[] Product(double[] a, double[] b, int n)
    {
        double[] c = new double[n * n];
        MatMulKernel.Run(false, false, n, n, n, a, 0, b, 0, c, 0);
        return c;
    }

    /// <summary>The largest sum of magnitudes of a column.</summary>
    private static double Norm(double[] a, int n)
    {
        double largest = 0;
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                sum += Math.Abs(a[(i * n) + j]);
            }

            largest = double.IsNaN(sum) ? sum : Math.Max(largest, sum);
        }

        return largest;
    }
}
