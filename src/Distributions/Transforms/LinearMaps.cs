using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Products and shapes that the linear maps share.</summary>
internal static class LinearMaps
{
    /// <summary>M·x for vectors [..., n] and matrices [..., m, n].</summary>
    public static Tensor Times(Tensor matrix, Tensor x) => matrix.Rank == 2 ? x.MatMul(matrix.Transpose()) : matrix.MatMul(x.Unsqueeze(-1)).Squeeze(-1);

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
