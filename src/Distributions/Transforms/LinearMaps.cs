using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Products and shapes that the linear maps share.</summary>
internal static class LinearMaps
{
    /// <summary>M·x for vectors [..., n] and matrices [..., m, n].</summary>
    public static Tensor Times(Tensor matrix, Tensor x) => matrix.Rank == 2 ? x.MatMul(matrix.Transpose()) : matrix.MatMul(x.Unsqueeze(-1)).Squeeze(-1);

    /// <summary>L⁻¹·x for lower triangular L [..., n, n] and vectors [..., n].</summary>
    public static Tensor Whiten(Tensor lower, Tensor x) => lower.SolveTriangular(x.Unsqueeze(-1)).Squeeze(-1);

    /// <summary>Σ ln Lᵢᵢ for matrices [..., n, n].</summary>
    public static Tensor LogDiagonal(Tensor lower) => lower.Diagonal().Log().Sum(-1);

    /// <summary>The lower triangle of a matrix [..., n, n] whose diagonal must be above 0.</summary>
    /// <exception cref="ShapeException">It is not a square matrix.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number on the diagonal is not above 0.</exception>
    public static Tensor RequireFactor(string owner, string parameter, Tensor lower)
    {
        ParameterChecks.Positive(owner, $"the diagonal of {parameter}", RequireSquare(owner, parameter, lower).Diagonal());
        return lower.Tril();
    }

    /// <summary>The Cholesky factor; NaN for a matrix that holds NaN.</summary>
    public static Tensor Factor(Tensor matrix)
    {
        Tensor nan = matrix.IsNaN().Any([-2, -1], keepDims: true);
        Tensor factor = Tensor.Where(nan, Tensor.Eye(matrix.Shape[-1], matrix.DType), matrix).Cholesky();
        return Tensor.Where(nan, double.NaN, factor);
    }

    /// <summary>Refuses parameters of different types.</summary>
    /// <exception cref="DTypeException">They differ, or are not of a floating-point type.</exception>
    public static void RequireAlike(string owner, params ReadOnlySpan<(string Name, Tensor Value)> parameters)
    {
        foreach ((string name, Tensor value) in parameters)
        {
            ArgumentNullException.ThrowIfNull(value);
            if (!value.DType.IsFloating() || value.DType != parameters[0].Value.DType)
            {
                throw new DTypeException(
                    $"{owner}: {name} is {value.DType} {value.Shape}; all parameters must have one floating-point type ({parameters[0].Name} is {parameters[0].Value.DType}).");
            }
        }
    }

    /// <summary>A tensor whose last two axes are a square matrix.</summary>
    /// <exception cref="ShapeException">They are not.</exception>
    public static Tensor RequireSquare(string owner, string parameter, Tensor matrix) => matrix.Rank >= 2 && matrix.Shape[-1] == matrix.Shape[-2]
        ? matrix
        : throw new ShapeException($"{owner}: {parameter} has shape {matrix.Shape}; its last two axes must be a square matrix.");

    /// <summary>A tensor whose last axis is a vector, of a given length unless that is null.</summary>
    /// <exception cref="ShapeException">It is not.</exception>
    public static Tensor RequireVector(string owner, string parameter, Tensor vector, int? length = null) =>
        vector.Rank >= 1 && (length is null || vector.Shape[-1] == length || vector.Shape[-1] == 1)
            ? vector
            : throw new ShapeException($"{owner}: {parameter} has shape {vector.Shape}; its last axis must be a vector{(length is { } n ? $" of {n}" : "")}.");
}
