namespace ProbNet.Autodiff;

/// <summary>A reduction one element at a time: for integers and booleans.</summary>
internal interface IFoldStep<T>
{
    static abstract T Identity { get; }

    static abstract T Next(T total, T value);
}
