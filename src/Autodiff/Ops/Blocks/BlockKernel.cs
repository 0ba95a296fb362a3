namespace ProbNet.Autodiff;

/// <summary>
/// An elementwise function of one to three operands on a block of elements that lie in a row: what eager operations run over whole arrays, and fused
/// programs over blocks that stay in the first-level cache. Immutable, and the same on every thread.
/// </summary>
/// <param name="tile">Elements that are worth a thread's claiming them; threads share the work from four tiles on.</param>
internal abstract unsafe class BlockKernel(int tile = BlockKernel.LightTile)
{
    /// <summary>The tile of an operation of about half a nanosecond an element: waking a thread costs some tens of microseconds.</summary>
    protected const int LightTile = 1 << 15;

    /// <summary>The tile of an operation of tens of nanoseconds an element.</summary>
    public const int HeavyTile = 1 << 10;

    /// <summary>Elements that are worth a thread's claiming them; threads share the work from four tiles on.</summary>
    public int Tile { get; } = tile;

    /// <summary>
    /// y[i] = f(a[i], b[i], c[i]) for 0 ≤ i &lt; count. Nothing outside of these elements is written; y may be the very block of an operand of elements
    /// of the same size.
    /// </summary>
    /// <param name="a">The first operand, of the type that the kernel was made for.</param>
    /// <param name="b">The second; ignored by a function of one.</param>
    /// <param name="c">The third; ignored by a function of one or two.</param>
    /// <param name="y">The result.</param>
    /// <param name="count">Elements of the result; not negative.</param>
    /// <param name="constant">Which operands are one element that stands for all: bit 0 for a, bit 1 for b, bit 2 for c.</param>
    public abstract void Run(void* a, void* b, void* c, void* y, int count, int constant);

    /// <summary>Writes the function into a program for a device; null if it has no such form, and runs on the host.</summary>
    /// <param name="builder">The program.</param>
    /// <param name="operands">The instructions of the operands, of the types that the kernel was made for.</param>
    /// <returns>The instruction of the result.</returns>
    public virtual int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => null;
}
