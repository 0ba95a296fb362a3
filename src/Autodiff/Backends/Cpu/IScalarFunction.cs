namespace ProbNet.Autodiff;

/// <summary>A function of one double, for lanes that a vector form does not serve.</summary>
internal interface IScalarFunction
{
    static abstract double Apply(double x);

    /// <summary>The instruction that stands for it in a recorded program.</summary>
    static virtual KernelOp Instruction => throw new NotSupportedException("This function has no instruction: its vector form serves all arguments of recorded lanes.");
}
