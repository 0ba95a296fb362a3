namespace ProbNet.Autodiff;

/// <summary>y = a − b·⌊a/b⌋, with the sign of b, exact. ∂y/∂a = 1, ∂y/∂b = −⌊a/b⌋. Integers too.</summary>
internal sealed class Remainder : ScalarBinaryOp
{
    public static readonly Remainder Instance = new();

    protected override bool TakesIntegers => true;

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] switch
    {
        DType.Int32 => ElementBlock<Integers<int>, int, int>.Instance,
        DType.Int64 => ElementBlock<Integers<long>, long, long>.Instance,
        _ => base.Block(inputs),
    };

    protected override double Map(double a, double b)
    {
        double remainder = a % b;
        return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    }

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * (a / b).Floor();

    private readonly struct Integers<T> : IElementKernel<T, T> where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        public static int Operands => 2;

        public T Apply(T a, T b, T c)
        {
            if (T.IsZero(b))
            {
                throw new DivideByZeroException("Remainder: an integer divisor is 0; mask it first, or use a floating-point type.");
            }

            // b = −1 leaves nothing, and the smallest integer would overflow on the way.
            T remainder = b == -T.One ? T.Zero : a % b;
            return remainder != T.Zero && T.IsNegative(remainder) != T.IsNegative(b) ? remainder + b : remainder;
        }

        // A device cannot throw: a divisor of 0 gives 0.
        public static int? Record(ProgramBuilder builder, int a, int b, int c)
        {
            int remainder = builder.Emit(KernelOp.Remainder, a, b), zero = builder.Constant(0, builder.TypeOf(a));
            int differs = builder.Emit(KernelOp.Xor, builder.Ask(KernelOp.Less, remainder, zero), builder.Ask(KernelOp.Less, b, zero));
            int isWhole = builder.Ask(KernelOp.Equal, remainder, zero);
            int moved = builder.Select(differs, builder.Emit(KernelOp.Add, remainder, b), remainder);
            return builder.Select(isWhole, remainder, moved);
        }
    }
}
