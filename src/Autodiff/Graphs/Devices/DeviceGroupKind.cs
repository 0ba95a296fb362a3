namespace ProbNet.Autodiff;

/// <summary>What the kernel of a <see cref="DeviceGroup"/> is built around.</summary>
internal enum DeviceGroupKind
{
    /// <summary>Elementwise operations alone.</summary>
    Map,

    /// <summary>Elementwise operations, reductions of them, and elementwise operations on what comes out.</summary>
    Reduce,

    /// <summary>A matrix product and elementwise operations on its result.</summary>
    Product,

    /// <summary>An operation with kernels of its own.</summary>
    Single,

    /// <summary>An operation that runs on the host.</summary>
    Host,
}
