namespace ProbNet.Autodiff;

/// <summary>
/// Derivatives of functions of tensors, by reverse-mode automatic differentiation. All are themselves differentiable: nest them for higher orders.
/// </summary>
public static class Gradient
{
    /// <summary>The gradient of a scalar function, with the shape of <paramref name="x"/>.</summary>
    /// <param name="f">A function with one element as its result.</param>
    /// <param name="x">Where; of a floating-point type.</param>
    /// <exception cref="ShapeException">The result has more than one element: use <see cref="Jacobian"/> or
    /// <see cref="Vjp(Func{Tensor, Tensor}, Tensor, Tensor)"/>.</exception>
    public static Tensor Of(Func<Tensor, Tensor> f, Tensor x) => ValueAndGradient(f, x).Gradient;

    /// <summary>A scalar function's value, and its gradient with the shape of <paramref name="x"/>.</summary>
    /// <inheritdoc cref="Of"/>
    public static (Tensor Value, Tensor Gradient) ValueAndGradient(Func<Tensor, Tensor> f, Tensor x)
    {
        (Tensor value, Tensor[] gradients) = ValueAndGradient(xs => f(xs[0]), [x]);
        return (value, gradients[0]);
    }

    /// <summary>A scalar function's value, and its gradients with respect to each input.</summary>
    /// <inheritdoc cref="Of"/>
    public static (Tensor Value, Tensor[] Gradients) ValueAndGradient(Func<Tensor[], Tensor> f, params Tensor[] inputs)
    {
        using var scope = new GradientScope();
        Tensor[] leaves = Array.ConvertAll(inputs, scope.Watch);
        Tensor y = RequireScalar(f(leaves));
        Tensor[] gradients = scope.Backward(y, Tensor.OnesLike(y), leaves);
        return (scope.Release(y), Array.ConvertAll(gradients, scope.Release));
    }

    /// <summary>A loss and its gradients with respect to parameters, in their order. Reading a parameter inside the loss is what connects it.</summary>
    /// <param name="loss">Computes one number from the parameters.</param>
    /// <param name="parameters">The parameters to differentiate with respect to; zeros for one that the loss does not use.</param>
    /// <exception cref="ShapeException">The loss has more than one element.</exception>
    public static (Tensor Value, Tensor[] Gradients) ValueAndGradient(Func<Tensor> loss, IReadOnlyList<Parameter> parameters)
    {
        using var scope = new GradientScope(parameters);
        Tensor y = RequireScalar(loss());
        Tensor[] leaves = parameters.Select(scope.LeafOf).ToArray();
        Tensor[] gradients = scope.Backward(y, Tensor.OnesLike(y), leaves);
        return (scope.Release(y), Array.ConvertAll(gradients, scope.Release));
    }

    /// <summary>
    /// Vector-Jacobian product: the value y = f(x), and vᵀ·∂y/∂x with the shape of x. One backward pass.
    /// </summary>
    /// <param name="f">Any function of a tensor.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">The vector: of the shape and type of f(x).</param>
    public static (Tensor Value, Tensor Product) Vjp(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        (Tensor value, Tensor[] products) = Vjp(xs => f(xs[0]), [x], v);
        return (value, products[0]);
    }

    /// <summary>Vector-Jacobian products with respect to several inputs.</summary>
    /// <inheritdoc cref="Vjp(Func{Tensor, Tensor}, Tensor, Tensor)"/>
    public static (Tensor Value, Tensor[] Products) Vjp(Func<Tensor[], Tensor> f, Tensor[] inputs, Tensor v)
    {
        using var scope = new GradientScope();
        Tensor[] leaves = Array.ConvertAll(inputs, scope.Watch);
        Tensor y = f(leaves);
        RequireLike(v, y, "Vjp", "vector", "value of the function");
        Tensor[] products = scope.Backward(y, v, leaves);
        return (scope.Release(y), Array.ConvertAll(products, scope.Release));
    }

    /// <summary>
    /// Jacobian-vector product: the value y = f(x), and ∂y/∂x·v with the shape of y. Computed as the derivative of the vector-Jacobian product,
    /// which is linear in its vector, so that it needs no rules of its own.
    /// </summary>
    /// <param name="f">Any function of a tensor.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">The direction: of the shape and type of x.</param>
    public static (Tensor Value, Tensor Tangent) Jvp(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        RequireLike(v, x, "Jvp", "direction", "input");
        using var scope = new GradientScope();
        Tensor leaf = scope.Watch(x);
        Tensor y = f(leaf);
        using var inner = new GradientScope();
        Tensor u = inner.Watch(Tensor.ZerosLike(y));
        Tensor product = scope.Backward(y, u, [leaf])[0];
        Tensor tangent = inner.Backward(product, v, [u])[0];
        return (scope.Release(y), scope.Release(inner.Release(tangent)));
    }

    /// <summary>The matrix of all first derivatives: shape of f(x), then shape of x. One backward pass an element of f(x).</summary>
    public static Tensor Jacobian(Func<Tensor, Tensor> f, Tensor x)
    {
        using var scope = new GradientScope();
        Tensor leaf = scope.Watch(x);
        Tensor y = f(leaf);
        if (y.Size == 0 || x.Size == 0)
        {
            return Tensor.Zeros(y.Shape.Concat(x.Shape), x.DType);
        }

        var rows = new Tensor[y.Size];
        for (int i = 0; i < rows.Length; i++)
        {
            double[] basis = new double[rows.Length];
            basis[i] = 1;
            Tensor v = Tensor.From(basis, y.Shape).Cast(y.DType);
            rows[i] = scope.Release(scope.Backward(y, v, [leaf])[0]);
        }

        return Tensor.Stack(rows).Reshape(y.Shape.Concat(x.Shape));
    }

    /// <summary>The matrix of second derivatives of a scalar function: shape of x, twice.</summary>
    /// <exception cref="ShapeException">The result of f has more than one element.</exception>
    public static Tensor Hessian(Func<Tensor, Tensor> f, Tensor x) => Jacobian(z => Of(f, z), x);

    /// <summary>The product of the Hessian of a scalar function with a vector, without the matrix: two passes.</summary>
    /// <param name="f">A function with one element as its result.</param>
    /// <param name="x">Where.</param>
    /// <param name="v">The vector: of the shape and type of x.</param>
    public static Tensor HessianVectorProduct(Func<Tensor, Tensor> f, Tensor x, Tensor v)
    {
        RequireLike(v, x, "HessianVectorProduct", "vector", "input");
        return Vjp(z => Of(f, z), x, v).Product;
    }

    /// <summary>The same values as a constant: no gradient flows through.</summary>
    public static Tensor Stop(Tensor x) => x.Levels == 0 && !x.IsSymbolic ? x : new StopGradient().Apply(x);

    /// <summary>
    /// An operation of your own: a forward function, and its vector-Jacobian product in terms of tensor operations
    /// (so that higher orders work).
    /// </summary>
    /// <param name="name">Its name in errors.</param>
    /// <param name="forward">From the inputs to the result. Not differentiated.</param>
    /// <param name="vjp">From inputs, result and the gradient with respect to the result: the gradients of the inputs; null for exactly zero.</param>
    /// <param name="inputs">The inputs.</param>
    public static Tensor Custom(
        string name, Func<Tensor[], Tensor> forward, Func<Tensor[], Tensor, Tensor, Tensor?[]> vjp, params Tensor[] inputs)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new CustomOp(name, forward, vjp).Apply(inputs);
    }

    /// <summary>
    /// Runs a part of a computation without keeping its intermediate results; they are computed again in the backward pass
    /// (activation checkpointing: memory for time). Tensors and parameters that the function captures receive their gradients too.
    /// </summary>
    /// <param name="f">The part; called once forward and once an order of derivative backward, so it must be repeatable.</param>
    /// <param name="inputs">Its inputs.</param>
    public static Tensor Checkpoint(Func<Tensor[], Tensor> f, params Tensor[] inputs) => CheckpointOp.Run(f, inputs);

    private static Tensor RequireScalar(Tensor y) => y.Size == 1 && y.DType.IsFloating()
        ? y
        : throw new ShapeException(
            $"Gradient: the function's result is {y.DType} {y.Shape}; one floating-point number is needed. Sum or average it, or use Jacobian or Vjp.");

    private static void RequireLike(Tensor v, Tensor like, string op, string what, string whatLike)
    {
        if (v.Shape != like.Shape || v.DType != like.DType)
        {
            throw new ShapeException($"{op}: the {what} is {v.DType} {v.Shape}, but the {whatLike} is {like.DType} {like.Shape}; they must be alike.");
        }
    }
}
