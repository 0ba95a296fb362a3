namespace ProbNet.Distributions;

/// <summary>A function of how far an argument is moved, whose slope at 0 a difference quotient takes: a struct, so that loops over elements allocate nothing.</summary>
internal interface IShifted
{
    /// <summary>The function with the argument moved.</summary>
    double At(double shift);
}
