using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A special function of one to three arguments, element by element with broadcasting, computed in double precision whatever the type. Where a derivative
/// has no closed form (the second ones in the shape parameters of the incomplete gamma and beta functions), it is a difference quotient of sixth order.
/// </summary>
internal abstract class SpecialOp : ElementwiseOp
{
    // 0.02 of the scale on which the function changes: the remainder of order h⁶ and the rounding error over h are then both near 1e-12.
    private const double RelativeStep = 0.02;

    private BlockKernel? _singles;
    private BlockKernel? _doubles;

    public override TensorType Infer(Tensor[] inputs)
    {
        DType dtype = RequireFloating(inputs[0]);
        Shape shape = inputs[0].Shape;
        foreach (Tensor input in inputs)
        {
            if (input.DType != dtype)
            {
                throw new DTypeException(
                    $"{Name}: the arguments have different types, {dtype} {inputs[0].Shape} and {input.DType} {input.Shape}; convert one with Cast.");
            }

            shape = Shape.Broadcast(shape, input.Shape);
        }

        return new(shape, dtype);
    }

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? _singles ??= Kernel<float>(inputs.Length)
        : _doubles ??= Kernel<double>(inputs.Length);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Derivative(index, inputs, output) is { } derivative ? dy * derivative : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    /// <summary>The function of one element; arguments that it does not have repeat the last.</summary>
    public abstract double Map(double a, double b, double c);

    /// <summary>The derivative with respect to one argument at one element, by differences unless overridden.</summary>
    public virtual double Slope(int index, double a, double b, double c)
    {
        double h = RelativeStep * Step(index, a, b, c);
        return Difference(new Argument(this, index, a, b, c), h);
    }

    /// <summary>The scale on which the function changes with an argument, small enough that three steps stay in its domain.</summary>
    public abstract double Step(int index, double a, double b, double c);

    /// <summary>The derivative in terms of tensor operations; by <see cref="Slope"/> unless overridden; null for exactly zero.</summary>
    protected virtual Tensor? Derivative(int index, Tensor[] inputs, Tensor output) => new SpecialSlope(this, index).Apply(inputs);

    /// <summary>
    /// The derivative of the logarithm of a tail, exp(log density − log tail): in double precision, in which logarithms of millions still differ by
    /// what they differ. 0 where the tail is empty.
    /// </summary>
    /// <param name="logDensity">The log density of the same arguments.</param>
    /// <param name="inputs">The arguments.</param>
    /// <param name="output">The logarithm of the tail.</param>
    protected Tensor Hazard(Func<Tensor[], Tensor> logDensity, Tensor[] inputs, Tensor output) => Hazard(logDensity, inputs, output, WideTail(inputs, output));

    /// <inheritdoc cref="Hazard(Func{Tensor[], Tensor}, Tensor[], Tensor)"/>
    protected static Tensor Hazard(Func<Tensor[], Tensor> logDensity, Tensor[] inputs, Tensor output, Tensor wideTail) =>
        (logDensity(Array.ConvertAll(inputs, x => x.Cast(DType.Float64))) - Tensor.Where(wideTail.IsInfinite(), double.PositiveInfinity, wideTail)).Exp().Cast(output.DType);

    /// <summary>The logarithm of the tail in double precision.</summary>
    protected Tensor WideTail(Tensor[] inputs, Tensor output) =>
        output.DType == DType.Float64 ? output : Apply(Array.ConvertAll(inputs, x => x.Cast(DType.Float64)));

    /// <summary>f'(0) from six values of f: error O(h⁶).</summary>
    protected static double Difference<TFunction>(TFunction f, double h) where TFunction : struct, IShifted =>
        ((45 * (f.At(h) - f.At(-h))) - (9 * (f.At(2 * h) - f.At(-2 * h))) + f.At(3 * h) - f.At(-3 * h)) / (60 * h);

    private BlockKernel Kernel<T>(int operands) where T : unmanaged, IBinaryFloatingPointIeee754<T> => operands switch
    {
        1 => new ElementBlock<One<T>, T, T>(new(this), BlockKernel.HeavyTile),
        2 => new ElementBlock<Two<T>, T, T>(new(this), BlockKernel.HeavyTile),
        _ => new ElementBlock<Three<T>, T, T>(new(this), BlockKernel.HeavyTile),
    };

    private static T Run<T>(SpecialOp op, T a, T b, T c) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        T.CreateTruncating(op.Map(double.CreateTruncating(a), double.CreateTruncating(b), double.CreateTruncating(c)));

    private readonly struct Argument(SpecialOp op, int index, double a, double b, double c) : IShifted
    {
        public double At(double shift) =>
            index == 0 ? op.Map(a + shift, b, c) : index == 1 ? op.Map(a, b + shift, c) : op.Map(a, b, c + shift);
    }

    private readonly struct One<T>(SpecialOp op) : IElementKernel<T, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static int Operands => 1;

        public T Apply(T a, T b, T c) => Run(op, a, a, a);
    }

    private readonly struct Two<T>(SpecialOp op) : IElementKernel<T, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static int Operands => 2;

        public T Apply(T a, T b, T c) => Run(op, a, b, b);
    }

    private readonly struct Three<T>(SpecialOp op) : IElementKernel<T, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static int Operands => 3;

        public T Apply(T a, T b, T c) => Run(op, a, b, c);
    }

    /// <summary>∂f/∂argument as a function of its own, so that higher orders follow.</summary>
    private sealed class SpecialSlope(SpecialOp inner, int with) : SpecialOp
    {
        public override string Name => $"{inner.Name}, derivative {with}";

        public override double Map(double a, double b, double c) => inner.Slope(with, a, b, c);

        public override double Step(int index, double a, double b, double c) => 2 * inner.Step(index, a, b, c);
    }
}
