using System.Numerics;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The innermost loop of every matrix product: a block of C, up to twelve rows by one or two registers, stays in registers while A and B
/// stream past; a row takes a broadcast and a fused multiply-add for each register. The height and the width of a block are the sizes of the
/// types <c>R</c> and <c>W</c>, which the JIT knows as constants: each pair compiles to a loop of its own. No method is called while the sums
/// are live: the JIT would keep them in memory throughout.
/// </summary>
internal static unsafe partial class MatMulTile
{
    /// <summary>Rows of a full block: with 32 registers of 512 bits twelve, with 16 narrower ones six.</summary>
    public static int Rows<V>()
        where V : unmanaged => sizeof(V) == 64 ? 12 : 6;

    /// <summary>The loop for <paramref name="rows"/> rows, 1 … 12, by <paramref name="vectors"/> registers, 1 or 2.</summary>
    public static void Run<V, T>(MatMulRun<T>* run, int rows, int vectors)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (vectors == 1)
        {
            Run<V, T, Size1>(run, rows);
        }
        else
        {
            Run<V, T, Size2>(run, rows);
        }
    }

    private static void Run<V, T, W>(MatMulRun<T>* run, int rows)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where W : unmanaged
    {
        switch (rows)
        {
            case 1:
                Run<V, T, Size1, W>(run);
                break;
            case 2:
                Run<V, T, Size2, W>(run);
                break;
            case 3:
                Run<V, T, Size3, W>(run);
                break;
            case 4:
                Run<V, T, Size4, W>(run);
                break;
            case 5:
                Run<V, T, Size5, W>(run);
                break;
            case 6:
                Run<V, T, Size6, W>(run);
                break;
            case 7:
                Run<V, T, Size7, W>(run);
                break;
            case 8:
                Run<V, T, Size8, W>(run);
                break;
            case 9:
                Run<V, T, Size9, W>(run);
                break;
            case 10:
                Run<V, T, Size10, W>(run);
                break;
            case 11:
                Run<V, T, Size11, W>(run);
                break;
            default:
                Run<V, T, Size12, W>(run);
                break;
        }
    }

    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private struct Size1;

    [StructLayout(LayoutKind.Sequential, Size = 2)]
    private struct Size2;

    [StructLayout(LayoutKind.Sequential, Size = 3)]
    private struct Size3;

    [StructLayout(LayoutKind.Sequential, Size = 4)]
    private struct Size4;

    [StructLayout(LayoutKind.Sequential, Size = 5)]
    private struct Size5;

    [StructLayout(LayoutKind.Sequential, Size = 6)]
    private struct Size6;

    [StructLayout(LayoutKind.Sequential, Size = 7)]
    private struct Size7;

    [StructLayout(LayoutKind.Sequential, Size = 8)]
    private struct Size8;

    [StructLayout(LayoutKind.Sequential, Size = 9)]
    private struct Size9;

    [StructLayout(LayoutKind.Sequential, Size = 10)]
    private struct Size10;

    [StructLayout(LayoutKind.Sequential, Size = 11)]
    private struct Size11;

    [StructLayout(LayoutKind.Sequential, Size = 12)]
    private struct Size12;
}
