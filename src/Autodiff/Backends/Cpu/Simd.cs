using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>The widest registers that this processor has in hardware.</summary>
internal static class Simd
{
    /// <summary>
    /// Whether 512-bit lanes are used. The runtime reports <see cref="Vector512.IsHardwareAccelerated"/> as false on processors that lower
    /// their clock under 512-bit load, although the instructions are there; dense kernels gain more than the clock loses, so the
    /// instruction sets are asked directly.
    /// </summary>
    public static readonly bool Use512 = Vector512.IsHardwareAccelerated
        || (Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512DQ.IsSupported);

    public static readonly bool Use256 = Vector256.IsHardwareAccelerated;
}
