namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>
    /// A part of the tensor, by positions and ranges along its axes: <c>x[0]</c>, <c>x[.., 1..3]</c>, <c>x[^1, ..]</c>.
    /// Axes not named are taken whole. A position removes its axis, a range keeps it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">A position or range lies outside of its axis.</exception>
    /// <exception cref="ShapeException">There are more entries than axes.</exception>
    public Tensor this[params ReadOnlySpan<TensorIndex> index]
    {
        get
        {
            int taken = 0, ellipses = 0;
            foreach (TensorIndex entry in index)
            {
                taken += entry.TakesAxis ? 1 : 0;
                ellipses += entry.What == TensorIndex.Kind.Ellipsis ? 1 : 0;
            }

            if (taken > Rank || ellipses > 1)
            {
                throw new ShapeException(ellipses > 1
                    ? "Index: at most one Ellipsis may stand in an index."
                    : $"Index: {taken} entries for a tensor of shape {Shape}, which has {Rank} axes.");
            }

            int[] starts = new int[Rank], lengths = Shape.ToArray(), steps = new int[Rank];
            Array.Fill(steps, 1);
            var result = new List<int>(Rank);
            int axis = 0;
            foreach (TensorIndex entry in index)
            {
                switch (entry.What)
                {
                    case TensorIndex.Kind.NewAxis:
                        result.Add(1);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        for (int end = axis + Rank - taken; axis < end; axis++)
                        {
                            result.Add(lengths[axis]);
                        }

                        break;
                    default:
                        (starts[axis], lengths[axis], steps[axis]) = entry.Resolve(axis, Shape);
                        if (entry.What != TensorIndex.Kind.Position)
                        {
                            result.Add(lengths[axis]);
                        }

                        axis++;
                        break;
                }
            }

            for (; axis < Rank; axis++)
            {
                result.Add(lengths[axis]);
            }

            Shape part = Shape.Create(result.ToArray());
            bool whole = part.Size == Size && Array.TrueForAll(steps, step => step == 1);
            return (whole ? this : new Slice(starts, lengths, steps).Apply(this)).Reshape(part);
        }
    }
}
