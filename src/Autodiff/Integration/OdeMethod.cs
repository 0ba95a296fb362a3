namespace ProbNet.Autodiff;

/// <summary>A Runge–Kutta method of fixed steps.</summary>
public enum OdeMethod
{
    /// <summary>First order, one evaluation a step.</summary>
    Euler,

    /// <summary>Second order, two evaluations a step: the trapezoidal rule, predicted by Euler's.</summary>
    Heun,

    /// <summary>Fourth order, four evaluations a step: the classical method.</summary>
    RungeKutta4,
}
