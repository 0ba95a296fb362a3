namespace ProbNet.Layers;

/// <summary>Which rescaling of its targets a head allows: what maps its family of distributions to itself.</summary>
public enum TargetScaling
{
    /// <summary>None: counts, classes, the unit interval, angles.</summary>
    None,

    /// <summary>Multiplication only: positive targets.</summary>
    ScaleOnly,

    /// <summary>Shift and scale: real targets.</summary>
    Affine,
}
