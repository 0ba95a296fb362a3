using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A ternary operation whose function exists for three doubles at a time; Float32 goes through double and is rounded once.</summary>
internal abstract class ScalarTernaryOp : TernaryOp
{
    private BlockKernel? _singles;
    private BlockKernel? _doubles;

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? _singles ??= new ElementBlock<Function<float>, float, float>(new(this), BlockKernel.HeavyTile)
        : _doubles ??= new ElementBlock<Function<double>, double, double>(new(this), BlockKernel.HeavyTile);

    /// <summary>The function of one triple of elements.</summary>
    protected abstract double Map(double a, double b, double c);

    private readonly struct Function<T>(ScalarTernaryOp op) : IElementKernel<T, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static int Operands => 3;

        public T Apply(T a, T b, T c) => T.CreateTruncating(op.Map(double.CreateTruncating(a), double.CreateTruncating(b), double.CreateTruncating(c)));
    }
}
