using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>Where the elements of a tensor lie in memory that holds more or fewer than them: a strided view, with the lengths of its axes.</summary>
/// <param name="Shape">The lengths.</param>
/// <param name="Offset">The first element.</param>
/// <param name="Strides">Elements from one index to the next, for each axis.</param>
internal readonly record struct Layout(Shape Shape, int Offset, int[] Strides)
{
    /// <summary>Row-major from the first element on.</summary>
    public static Layout Of(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        Strided.StridesOf(shape, strides);
        return new(shape, 0, strides);
    }

    /// <summary>Whether the elements lie row-major from the first on, and nothing else between them.</summary>
    public bool IsRowMajor
    {
        get
        {
            int stride = 1;
            for (int i = Shape.Rank - 1; i >= 0; i--)
            {
                if (Shape[i] != 1 && Strides[i] != stride)
                {
                    return false;
                }

                stride *= Shape[i];
            }

            return Offset == 0;
        }
    }

    /// <summary>The same elements, repeated along axes of length 1 and new axes in front.</summary>
    public Layout BroadcastTo(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        for (int i = 1; i <= Shape.Rank; i++)
        {
            strides[^i] = Shape[^i] == 1 ? 0 : Strides[^i];
        }

        return new(shape, Offset, strides);
    }

    /// <summary>As what a kernel takes.</summary>
    public View View => new(Offset, [.. Strides]);
}
