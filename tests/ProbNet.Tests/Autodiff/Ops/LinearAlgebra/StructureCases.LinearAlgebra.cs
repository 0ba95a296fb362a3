using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

internal static partial class StructureCases
{
    private static void AddLinearAlgebra()
    {
        Add("MatMul", (a, b) => a.MatMul(b), Values([3, 4]), Values([4, 2], 1));
        Add("MatMul batch", (a, b) => a.MatMul(b), Values([2, 1, 3, 4]), Values([3, 4, 2], 1));
        Add("MatMul batch with matrix", (a, b) => a.MatMul(b), Values([2, 3, 4]), Values([4, 2], 1));
        Add("MatMul vector matrix", (a, b) => a.MatMul(b), Values([4]), Values([4, 3], 1));
        Add("MatMul matrices vector", (a, b) => a.MatMul(b), Values([2, 3, 4]), Values([4], 1));
        Add("MatMul vectors", (a, b) => a.MatMul(b), Values([4]), Values([4], 1));
        Add("MatMul vector with batch", (a, b) => a.MatMul(b), Values([4]), Values([2, 4, 3], 1));
        Add("MatMul inner zero", (a, b) => a.MatMul(b), Values([2, 3, 0]), Values([0, 2], 1));
    }
}
