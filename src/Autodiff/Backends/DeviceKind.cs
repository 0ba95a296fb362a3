namespace ProbNet.Autodiff;

/// <summary>What a device is made of.</summary>
public enum DeviceKind
{
    /// <summary>The processor, or a part of it.</summary>
    Cpu,

    /// <summary>A graphics processor.</summary>
    Gpu,

    /// <summary>Anything else.</summary>
    Accelerator,
}
