namespace ProbNet.Autodiff;

/// <summary>How many work items there are along each of three axes, of a whole launch or of one group of it.</summary>
internal readonly record struct WorkSize(long X, long Y = 1, long Z = 1)
{
    /// <summary>All items. The default value, which has none, lets the driver choose the group.</summary>
    public long Items => checked(X * Y * Z);

    public override string ToString() => FormattableString.Invariant($"({X}, {Y}, {Z})");
}
