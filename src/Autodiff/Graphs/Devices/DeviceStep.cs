namespace ProbNet.Autodiff;

/// <summary>What a plan does at one point of a replay on a device.</summary>
internal abstract class DeviceStep
{
    /// <summary>Queues the work.</summary>
    public abstract void Run();
}
