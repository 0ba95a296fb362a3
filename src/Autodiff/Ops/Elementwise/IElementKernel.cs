namespace ProbNet.Autodiff;

/// <summary>A function of one to three elements, for loops without SIMD. A struct, so that the loop is compiled for it.</summary>
internal interface IElementKernel<T, TResult>
{
    static abstract int Operands { get; }

    /// <summary>The function; operands that it does not have are 0.</summary>
    TResult Apply(T a, T b, T c);
}
