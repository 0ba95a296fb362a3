namespace ProbNet.Autodiff;

/// <summary>
/// Random bits of a key by Philox4x32-10 (Salmon et al. 2011), mapped by a program. Word w of a key (two 64-bit numbers: key and stream) is word w mod 4 of the block whose
/// counter is w / 4 in its lower half and the stream in its upper. The program's one input is word i as Int32, or words 2i (the lower) and 2i + 1 as Int64. Buffers:
/// the key, the output, row-major.
/// </summary>
/// <param name="Name">What it is for.</param>
/// <param name="Map">From bits to numbers: made of operations that every device rounds alike, so that draws have the same bits everywhere.</param>
/// <param name="Count">How many elements.</param>
public sealed record RandomKernel(string Name, KernelProgram Map, int Count) : Kernel(Name);
