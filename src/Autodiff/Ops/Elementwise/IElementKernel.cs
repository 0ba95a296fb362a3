namespace ProbNet.Autodiff;

/// <summary>A function of two elements, for loops without SIMD. A struct, so that the loop is compiled for it.</summary>
internal interface IElementKernel<T, TResult>
{
    TResult Apply(T a, T b);
}
