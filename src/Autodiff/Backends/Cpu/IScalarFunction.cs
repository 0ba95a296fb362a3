namespace ProbNet.Autodiff;

/// <summary>A function of one double, for lanes that a vector form does not serve.</summary>
internal interface IScalarFunction
{
    static abstract double Apply(double x);
}
