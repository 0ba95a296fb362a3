namespace ProbNet.Autodiff;

/// <summary>What <see cref="MatMulTile"/> computes in one call: blocks of C one after the other. All distances are in elements.</summary>
internal unsafe struct MatMulRun<T>
    where T : unmanaged
{
    public T* A;
    public T* B;
    public T* C;

    /// <summary>What is read after this run, such as the next panel of A or B: <see cref="MatMulTile.RunPacked"/> fetches it into the second-level cache.</summary>
    public T* Next;

    /// <summary>Bytes of it that are fetched with each block.</summary>
    public nint Share;

    /// <summary>From a row of A to the next.</summary>
    public nint RowStride;

    /// <summary>From a column of A to the next.</summary>
    public nint DepthStride;

    /// <summary>From a row of B to the next; within a row the elements are contiguous, and a whole number of registers can be read.</summary>
    public nint RightStride;

    /// <summary>From a row of C to the next.</summary>
    public nint ResultStride;

    /// <summary>From the A of a block to that of the next.</summary>
    public nint NextLeft;

    /// <summary>From the B of a block to that of the next.</summary>
    public nint NextRight;

    /// <summary>From the C of a block to that of the next.</summary>
    public nint NextResult;

    public int Depth;

    public int Blocks;

    /// <summary>How many lanes of the last register are columns of C; the others are computed and dropped.</summary>
    public int Lanes;

    /// <summary>Whether the product is added to C.</summary>
    public bool Accumulate;
}
