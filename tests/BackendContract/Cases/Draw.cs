using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>What a random test is made from: the lengths of some axes, bits that choose which of them broadcast, and a seed for the values.</summary>
internal sealed record Draw(Shape Shape, int Mask, int Seed);
