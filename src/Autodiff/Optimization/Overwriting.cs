namespace ProbNet.Autodiff;

/// <summary>Whether an optimizer's step may write new weights over the old ones.</summary>
internal enum Overwriting
{
    /// <summary>Something still reads the old weights.</summary>
    Never,

    /// <summary>Where it is known in advance that all new weights are finite: a step that breaks a weight is to leave the old ones.</summary>
    IfFinite,

    /// <summary>Nothing asks for the old weights again.</summary>
    Always,
}
