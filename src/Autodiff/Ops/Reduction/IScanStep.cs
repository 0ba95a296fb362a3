namespace ProbNet.Autodiff;

/// <summary>The state of a scan, which starts as default and takes in one element at a time.</summary>
internal interface IScanStep<T>
{
    /// <summary>Takes in an element and gives the result up to and with it.</summary>
    T Next(T value);
}
