using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Uniform on the eight dark squares, two by two, of a board from −4 to 4: the density is 1/32 there.</summary>
public sealed class Checkerboard : ToyDensity
{
    public override string Name => "checkerboard";

    public override Tensor Sample(RandomKey key, int count)
    {
        RandomKey[] keys = key.Split(3);
        Tensor x = (4 * keys[0].Uniform([count], DType.Float64)) - 2;
        Tensor y = keys[1].Uniform([count], DType.Float64) - (2 * Part(keys[2], count, 2)) + x.Floor().Remainder(2);
        return 2 * Tensor.Stack([x, y], -1);
    }

    public override Tensor LogDensity(Tensor points)
    {
        Tensor inside = (points.Abs() < 4).All([-1]), square = (points / 2).Floor();
        Tensor dark = (square[.., 0] + square[.., 1]).Remainder(2).EqualTo(0);
        return Tensor.Where(inside & dark, Tensor.Scalar(-Math.Log(32), DType.Float64), double.NegativeInfinity);
    }
}
