using System.Collections.Immutable;

namespace ProbNet.Autodiff;

/// <summary>Where the elements of an argument are, for each index of the space that a kernel runs over: Offset + Σ index[d]·Strides[d].</summary>
/// <param name="Offset">The element at index 0, counted from the start of the argument's memory.</param>
/// <param name="Strides">Elements from one index to the next, for each axis of the space; 0 where an element is repeated, negative where an axis is reversed.</param>
public readonly record struct View(int Offset, ImmutableArray<int> Strides);
