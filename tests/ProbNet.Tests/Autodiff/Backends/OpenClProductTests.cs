using ProbNet.Autodiff;
using static ProbNet.Tests.Autodiff.OpenClKernelCompare;

namespace ProbNet.Tests.Autodiff;

/// <summary>Matrix products on the device against the back end in plain C#.</summary>
public class OpenClProductTests : OpenClComparisonTests
{
    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Product_OfAwkwardSizes_WithAllTransposes(DType type)
    {
        (int M, int N, int K)[] sizes =
        [
            (1, 1, 1), (2, 3, 5), (5, 2, 17), (3, 17, 1), (17, 5, 3), (63, 65, 64), (64, 64, 16), (65, 127, 2),
            (127, 1, 63), (1, 127, 65), (8, 16, 8), (9, 15, 127), (4, 8, 9), (150, 70, 230),
        ];
        (bool Left, bool Right)[] layouts = [(false, false), (true, false), (false, true), (true, true)];
        for (int i = 0; i < sizes.Length; i++)
        {
            // Each size in one layout, the next in the next; in full where time does not matter.
            (int m, int n, int k) = sizes[i];
            foreach ((bool left, bool right) in OpenClTest.IsThorough ? layouts : [layouts[i % 4]])
            {
                Compare(type, 1, m, n, k, left, right, m * k, k * n);
            }
        }
    }

    [OpenClFact]
    public void Product_OfNoTerms_FinishesZero()
    {
        Compare(DType.Float32, 1, 5, 7, 0, false, false, 0, 0);
        Compare(DType.Float32, 2, 5, 7, 0, false, true, 0, 0);
        Compare(DType.Float32, 1, 0, 7, 3, false, false, 0, 0);
    }

    [OpenClFact]
    public void Product_Batched_WithSharedMatrices()
    {
        foreach ((bool left, bool right) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            Compare(DType.Float32, 3, 5, 19, 7, left, right, 5 * 7, 7 * 19);
            Compare(DType.Float32, 3, 5, 19, 7, left, right, 0, 7 * 19);
            Compare(DType.Float32, 3, 5, 19, 7, left, right, 5 * 7, 0);
            Compare(DType.Float32, 70, 2, 3, 4, left, right, 8, 12);
            Compare(DType.Float32, 2, 150, 70, 230, left, right, 150 * 230, 0);
            Compare(DType.Float32, 2, 150, 70, 230, left, right, 0, 230 * 70);
        }
    }

    [OpenClFact]
    public void Product_WithFinish_RunsItOnceOnEveryElement()
    {
        // y = tanh-like: max(c·number + bias, y before) and its index, over an output that is an input as well.
        var finish = new KernelProgram(
            [DType.Float32, DType.Float32, DType.Float32],
            [
                new(KernelOp.Input, DType.Float32, 0), new(KernelOp.Input, DType.Float32, 1), new(KernelOp.Input, DType.Float32, 2), new(KernelOp.Number, DType.Float32, 0),
                new(KernelOp.MultiplyAdd, DType.Float32, 0, 3, 1), new(KernelOp.Add, DType.Float32, 4, 2), new(KernelOp.Index, DType.Int32, 1), new(KernelOp.Index, DType.Int32, 2),
                new(KernelOp.Subtract, DType.Int32, 6, 7),
            ],
            [5, 8],
            Numbers: 1);
        foreach ((bool left, bool right) in ((bool, bool)[])[(false, false), (true, false), (false, true), (true, true)])
        {
            foreach ((int m, int n) in ((int, int)[])[(5, 19), (19, 5), (33, 17)])
            {
                var kernel = new MatrixProductKernel(
                    "finish", DType.Float32, 2, m, n, 9, left, right, m * 9, 9 * n, finish, [At(0, 0, 0, 1), RowMajor(2, m, n)], [RowMajor(2, m, n), At(1, 2 * m * n, 2 * n, 2)]);
                long[] accumulated = Values(DType.Float32, 2 * m * n, 5);
                Compare(
                    kernel, [DType.Float32, DType.Float32, DType.Float32, DType.Float32, DType.Float32, DType.Int32],
                    [Values(DType.Float32, 18 * m, 1), Values(DType.Float32, 18 * n, 2), Values(DType.Float32, n, 3), accumulated, accumulated, new long[4 * m * n]], [0.5]);
            }
        }
    }

    private void Compare(DType type, int batch, int m, int n, int k, bool transposeLeft, bool transposeRight, int leftStep, int rightStep)
    {
        var kernel = new MatrixProductKernel(
            $"{type} {batch}×[{m}, {k}]·[{k}, {n}], transposed: {transposeLeft}, {transposeRight}", type, batch, m, n, k, transposeLeft, transposeRight, leftStep, rightStep,
            KernelProgram.Copy(type), [], [RowMajor(batch, m, n)]);
        long[] left = Values(type, Math.Max((leftStep * (batch - 1)) + (m * k), 1), 1);
        long[] right = Values(type, Math.Max((rightStep * (batch - 1)) + (k * n), 1), 2);
        Compare(kernel, [type, type, type], [left, right, new long[Math.Max(batch * m * n, 1)]]);
    }

    // Each of the K products is at most 4.
    private void Compare(MatrixProductKernel kernel, DType[] types, long[][] buffers, params double[] numbers) =>
        Compare(kernel, types, buffers, 1 + kernel.K, 4 * Math.Sqrt(kernel.K + 1), numbers);
}
