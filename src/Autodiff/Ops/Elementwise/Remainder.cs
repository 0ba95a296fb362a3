namespace ProbNet.Autodiff;

/// <summary>y = a − b·⌊a/b⌋, with the sign of b, exact. ∂y/∂a = 1, ∂y/∂b = −⌊a/b⌋. Integers too.</summary>
internal sealed class Remainder : ScalarBinaryOp
{
    public static readonly Remainder Instance = new();

    protected override bool TakesIntegers => true;

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType switch
    {
        DType.Int32 => ElementLoop.Binary<Integers<int>, int, int>(default, inputs[0], inputs[1], type.Shape),
        DType.Int64 => ElementLoop.Binary<Integers<long>, long, long>(default, inputs[0], inputs[1], type.Shape),
        _ => base.Evaluate(inputs, type),
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
        public T Apply(T a, T b)
        {
            if (T.IsZero(b))
            {
                throw new DivideByZeroException("Remainder: an integer divisor is 0; mask it first, or use a floating-point type.");
            }

            // b = −1 leaves nothing, and the smallest integer would overflow on the way.
            T remainder = b == -T.One ? T.Zero : a % b;
            return remainder != T.Zero && T.IsNegative(remainder) != T.IsNegative(b) ? remainder + b : remainder;
        }
    }
}
