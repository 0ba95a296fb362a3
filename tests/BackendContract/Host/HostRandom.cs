using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>Random numbers: Philox4x32-10 (Salmon et al. 2011), and a program from its bits to numbers.</summary>
internal static class HostRandom
{
    public static void Run(RandomKernel kernel, HostArgument[] arguments)
    {
        ulong key = (ulong)arguments[0].Get(DType.Int64, 0), stream = (ulong)arguments[0].Get(DType.Int64, 1);
        DType result = kernel.Map.OutputTypes[0];
        Span<long> output = stackalloc long[1];
        for (int i = 0; i < kernel.Count; i++)
        {
            long bits = kernel.Map.Inputs[0] == DType.Int32
                ? Word(key, stream, (ulong)i)
                : Word(key, stream, 2 * (ulong)i) | ((long)Word(key, stream, (2 * (ulong)i) + 1) << 32);
            KernelInterpreter.Run(kernel.Map, [bits], [], [i], output);
            arguments[1].Set(result, i, output[0]);
        }
    }

    /// <summary>Word number <paramref name="index"/> of a key.</summary>
    public static uint Word(ulong key, ulong stream, ulong index)
    {
        ulong block = index / 4;
        uint x0 = (uint)block, x1 = (uint)(block >> 32), x2 = (uint)stream, x3 = (uint)(stream >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = 0xD2511F53UL * x0, p1 = 0xCD9E8D57UL * x2;
            (x0, x1, x2, x3) = ((uint)(p1 >> 32) ^ x1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ x3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (index % 4) switch
        {
            0 => x0,
            1 => x1,
            2 => x2,
            _ => x3,
        };
    }
}
