namespace ProbNet.Autodiff;

/// <summary>A copy of an optimizer's state on a device, where steps go on.</summary>
internal interface IStateMirror
{
    /// <summary>Brings the optimizer's own arrays up to date. The next step on the device takes them over again.</summary>
    void Pull();

    /// <summary>Forgets the copy: the optimizer's own arrays have been replaced.</summary>
    void Drop();
}
