using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A special function of one to three arguments, element by element with broadcasting, computed in double precision whatever the type. Where a derivative
/// has no closed form (the second ones in the shape parameters of the incomplete gamma and beta functions), it is a difference quotient of sixth order.
/// </summary>
internal abstract class SpecialOp : Op
{
    // 0.02 of the scale on which the function changes: the remainder of order h⁶ and the rounding error over h are then both near 1e-12.
    private const double RelativeStep = 0.02;

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

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        int count = type.Shape.Size;
        double[] a = Values(inputs[0], type.Shape);
        double[] b = inputs.Length > 1 ? Values(inputs[1], type.Shape) : a;
        double[] c = inputs.Length > 2 ? Values(inputs[2], type.Shape) : b;
        if (type.DType == DType.Float64)
        {
            double[] y = GC.AllocateUninitializedArray<double>(count);
            for (int i = 0; i < count; i++)
            {
                y[i] = Map(a[i], b[i], c[i]);
            }

            return y;
        }

        float[] z = GC.AllocateUninitializedArray<float>(count);
        for (int i = 0; i < count; i++)
        {
            z[i] = (float)Map(a[i], b[i], c[i]);
        }

        return z;
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Derivative(index, inputs, output) is { } derivative ? dy * derivative : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    /// <summary>The function of one element; arguments that it does not have repeat the last.</summary>
    public abstract double Map(double a, double b, double c);

    /// <summary>The derivative with respect to one argument at one element, by differences unless overridden.</summary>
    public virtual double Slope(int index, double a, double b, double c)
    {
        double h = RelativeStep * Step(index, a, b, c);
        return Difference(t => Shifted(index, t, a, b, c), h);
    }

    /// <summary>The scale on which the function changes with an argument, small enough that three steps stay in its domain.</summary>
    public abstract double Step(int index, double a, double b, double c);

    /// <summary>The derivative in terms of tensor operations; by <see cref="Slope"/> unless overridden; null for exactly zero.</summary>
    protected virtual Tensor? Derivative(int index, Tensor[] inputs, Tensor output) => new SpecialSlope(this, index).Apply(inputs);

    /// <summary>f'(0) from six values of f: error O(h⁶).</summary>
    protected static double Difference(Func<double, double> f, double h) =>
        ((45 * (f(h) - f(-h))) - (9 * (f(2 * h) - f(-2 * h))) + f(3 * h) - f(-3 * h)) / (60 * h);

    private double Shifted(int index, double t, double a, double b, double c) =>
        index == 0 ? Map(a + t, b, c) : index == 1 ? Map(a, b + t, c) : Map(a, b, c + t);

    private static double[] Values(Tensor tensor, Shape shape)
    {
        tensor = tensor.Shape == shape ? tensor : Gradient.Stop(tensor).BroadcastTo(shape);
        return tensor.DType == DType.Float64 ? tensor.Data<double>() : Array.ConvertAll(tensor.Data<float>(), x => (double)x);
    }

    /// <summary>∂f/∂argument as a function of its own, so that higher orders follow.</summary>
    private sealed class SpecialSlope(SpecialOp inner, int with) : SpecialOp
    {
        public override string Name => $"{inner.Name}, derivative {with}";

        public override double Map(double a, double b, double c) => inner.Slope(with, a, b, c);

        public override double Step(int index, double a, double b, double c) => 2 * inner.Step(index, a, b, c);
    }
}
