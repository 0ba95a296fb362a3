namespace ProbNet.Autodiff;

/// <summary>A function of one to three elements, for loops without SIMD. A struct, so that the loop is compiled for it.</summary>
internal interface IElementKernel<T, TResult>
{
    static abstract int Operands { get; }

    /// <summary>The function; operands that it does not have are 0.</summary>
    TResult Apply(T a, T b, T c);

    /// <summary>The function in a program for a device; null if it has no such form. Operands that it does not have are −1.</summary>
    static virtual int? Record(ProgramBuilder builder, int a, int b, int c) => null;
}
