using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// An invertible map with the logarithm of its volume change: for flows, constraints and transformed distributions alike. Only the fused
/// <see cref="ForwardAndLogDet"/> must be given; a map of numbers without an inverse of its own is inverted numerically.
/// </summary>
/// <remarks>
/// Nothing is cached behind the scenes: a map holds no state, may be shared by threads and traced. Where draws are wanted together with their densities, the
/// forward pass gives both; <see cref="Cached"/> makes a map that remembers, for each result that is still alive, the argument it came from.
/// </remarks>
public abstract class Transform
{
    /// <summary>How many of the last axes one argument takes: 0 for a map of numbers, element by element; 1 for vectors.</summary>
    public virtual int EventRank => 0;

    /// <summary>How many of the last axes one result takes: 2 where vectors become matrices.</summary>
    public virtual int OutputRank => EventRank;

    /// <summary>The shape of maps side by side: that of the parameters, without event axes.</summary>
    public virtual Shape BatchShape => Shape.Scalar;

    /// <summary>What the map takes.</summary>
    public abstract Support Domain { get; }

    /// <summary>What it gives.</summary>
    public abstract Support Codomain { get; }

    /// <summary>For a map of numbers: whether it increases. One map does not do both.</summary>
    public virtual bool IsIncreasing => true;

    /// <summary>
    /// For a map of numbers: above 0 where it increases and below where it decreases, in a function that is being traced, if only values tell; else null, and
    /// <see cref="IsIncreasing"/> tells.
    /// </summary>
    internal virtual Tensor? Trend => null;

    /// <summary>
    /// For a map of numbers: arguments at which it is not smooth, such as the knots of a spline, [kinks] + batch; null where there are none. Integrals over a transformed
    /// distribution end their panels there; without them they lose digits.
    /// </summary>
    public virtual Tensor? Kinks => null;

    /// <summary>The parameters by name, for listings.</summary>
    public virtual IReadOnlyList<(string Name, Tensor Value)> Parameters => [];

    /// <summary>y = t(x) and ln |det ∂y/∂x|, the latter without the last <see cref="EventRank"/> axes.</summary>
    /// <param name="x">Points of the domain.</param>
    public abstract (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x);

    /// <summary>The x with t(x) = y. Where a map of numbers does not say how, by bracketing and Newton's method, with the gradient of the implicit function.</summary>
    /// <param name="y">Points of the codomain.</param>
    /// <exception cref="NotSupportedException">The map is one of vectors and has no inverse of its own.</exception>
    public virtual Tensor Inverse(Tensor y) => NumericInverse.Find(this, y);

    /// <summary>y = t(x).</summary>
    /// <param name="x">Points of the domain.</param>
    public virtual Tensor Forward(Tensor x) => ForwardAndLogDet(x).Value;

    /// <summary>x with t(x) = y and ln |det ∂x/∂y|.</summary>
    /// <param name="y">Points of the codomain.</param>
    public virtual (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        Tensor x = Inverse(y);
        return (x, -ForwardAndLogDet(x).LogDet);
    }

    /// <summary>The shape of results for arguments of a shape. Only the last <see cref="EventRank"/> axes change.</summary>
    /// <param name="shape">The shape of arguments.</param>
    /// <exception cref="ShapeException">The map does not take such arguments.</exception>
    public virtual Shape ForwardShape(Shape shape) => shape;

    /// <summary>The shape of arguments for results of a shape. Only the last <see cref="OutputRank"/> axes change.</summary>
    /// <param name="shape">The shape of results.</param>
    /// <exception cref="ShapeException">The map does not give such results.</exception>
    public virtual Shape InverseShape(Shape shape) => shape;

    /// <summary>This map followed by another. Where one is of numbers and the other of vectors, the former acts on each coordinate.</summary>
    /// <param name="next">The map applied to this one's results.</param>
    public Transform Then(Transform next) => new ComposedTransform(this, next);

    /// <summary>The map in the opposite direction, as an object.</summary>
    public virtual Transform Inverted() => new InvertedTransform(this);

    /// <summary>This map on each element of a larger argument, as one map: the last axes become event axes, over which the log-determinants add up.</summary>
    /// <param name="axes">How many more of the last axes one argument takes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public Transform Independent(int axes) => axes == 0 ? this : new IndependentTransform(this, axes);

    /// <summary>
    /// The same map with a memory: the inverse of a tensor that its own forward pass returned is the argument it was given, together with the log-determinant, at
    /// no cost and without loss of digits. An entry lives as long as the result does. For maps whose inverse is slow, such as an autoregressive one.
    /// </summary>
    public Transform Cached() => new CachedTransform(this);

    /// <inheritdoc/>
    public override string ToString() => GetType().Name.Replace("Transform", "", StringComparison.Ordinal);

    /// <summary>The one of two results that belongs to the direction of the map.</summary>
    internal Tensor ByTrend(Func<Tensor> increasing, Func<Tensor> decreasing) => Trend is { } trend
        ? Tensor.Where(trend > 0, increasing(), decreasing())
        : IsIncreasing ? increasing() : decreasing();

    /// <summary>A log-determinant that does not depend on the argument, for each of its elements.</summary>
    private protected static Tensor Constant(Tensor logDet, Tensor x, int eventRank = 0)
    {
        logDet = logDet.IsLiteral ? logDet.Cast(x.DType) : logDet;
        return logDet.BroadcastTo(Shape.Broadcast(logDet.Shape, x.Shape[..^eventRank]));
    }

    /// <summary>The last axes, by how many.</summary>
    private protected static int[] LastAxes(int count) => [.. Enumerable.Range(-count, count)];
}
