using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>
/// A function of single elements with several results: instructions without branches, each of which reads results of earlier ones. The same code that the processor runs
/// on SIMD registers writes them down, so a device computes what the processor does.
/// </summary>
/// <param name="Inputs">The types of the inputs.</param>
/// <param name="Instructions">The instructions in order.</param>
/// <param name="Outputs">Which instructions are results.</param>
/// <param name="Numbers">How many numbers a launch gives.</param>
public sealed record KernelProgram(
    ImmutableArray<DType> Inputs, ImmutableArray<KernelInstruction> Instructions, ImmutableArray<int> Outputs, int Numbers = 0)
{
    /// <summary>The types of the results.</summary>
    public ImmutableArray<DType> OutputTypes => [.. Outputs.Select(output => Instructions[output].Type)];

    /// <summary>The program that gives back its inputs.</summary>
    /// <param name="types">Their types.</param>
    public static KernelProgram Copy(params ReadOnlySpan<DType> types)
    {
        ImmutableArray<DType> inputs = [.. types];
        return new(
            inputs,
            [.. inputs.Select((type, i) => new KernelInstruction(KernelOp.Input, type, i))],
            [.. Enumerable.Range(0, inputs.Length)]);
    }
}
