using System.Text.Json.Nodes;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The orthogonal factor of a Gaussian matrix, with its signs fixed by a positive diagonal of the other factor, without which it would not be
/// uniformly distributed (Mezzadri 2007).
/// </summary>
internal sealed class OrthogonalInitializer(double gain) : Initializer
{
    public const string Kind = "orthogonal";

    private readonly double _gain = double.IsFinite(gain)
        ? gain
        : throw new ArgumentOutOfRangeException(nameof(gain), gain, "orthogonal: the gain must be finite.");

    public override string Name => Kind;

    public override LayerDescription Describe() => new(Name, new JsonObject { ["gain"] = _gain });

    public override Tensor Create(Shape shape, RandomKey key, DType dtype)
    {
        (int rows, int columns) = Fans(shape);
        if (shape.Size == 0)
        {
            return Tensor.Zeros(shape, dtype);
        }

        (int tall, int thin) = (Math.Max(rows, columns), Math.Min(rows, columns));
        QR<double> factors = key.Normal([tall, thin], DType.Float64).ToMatrix<double>().QR(QRMethod.Thin);
        Matrix<double> q = factors.Q;
        for (int j = 0; j < thin; j++)
        {
            if (factors.R[j, j] < 0)
            {
                q.SetColumn(j, -q.Column(j));
            }
        }

        Matrix<double> weights = rows >= columns ? q : q.Transpose();
        return (Tensor.From(weights) * _gain).Reshape(shape).Cast(dtype);
    }
}
