namespace ProbNet.Autodiff;

/// <summary>Where compiled steps keep the values of parameters that they have changed.</summary>
internal unsafe interface IParameterStore
{
    /// <summary>Where they are.</summary>
    Device Device { get; }

    /// <summary>A parameter's value as a tensor of its own.</summary>
    Tensor Snapshot(Parameter parameter);

    /// <summary>Copies a parameter's value to the host.</summary>
    void CopyTo(Parameter parameter, byte* to);
}
