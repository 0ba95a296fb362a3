namespace ProbNet.Autodiff;

/// <summary>A function of one to three doubles, which serves the lanes that a vector form leaves out; arguments that it does not have are ignored.</summary>
internal interface IScalarOfThree
{
    static abstract double Apply(double a, double b, double c);
}
