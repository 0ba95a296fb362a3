using System.Text;

namespace ProbNet.Autodiff;

/// <summary>Where the time of a call of a graph on a device goes.</summary>
/// <param name="Device">The device.</param>
/// <param name="Kernels">Its kernels, the most expensive first.</param>
public sealed record GraphProfile(Device Device, IReadOnlyList<KernelTime> Kernels)
{
    /// <summary>A table of the kernels with their times.</summary>
    public override string ToString()
    {
        TimeSpan total = Kernels.Aggregate(TimeSpan.Zero, (sum, kernel) => sum + kernel.Total);
        var text = new StringBuilder();
        text.Append(FormattableString.Invariant(
            $"{Device}: {Kernels.Sum(kernel => kernel.Count)} launches, {total.TotalMicroseconds:N0} µs on the device"));
        foreach (KernelTime kernel in Kernels)
        {
            text.AppendLine();
            text.Append(FormattableString.Invariant($"{kernel.Total.TotalMicroseconds,10:N1} µs  {kernel.Count,4} ×  {kernel.Kernel}"));
        }

        return text.ToString();
    }
}
