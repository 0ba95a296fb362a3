namespace ProbNet.Charts;

/// <summary>How a mark takes part in the choice of hues.</summary>
internal enum HueRole
{
    /// <summary>Takes the next hue of the cycle.</summary>
    Series,

    /// <summary>Takes the hue of the series it belongs to.</summary>
    Companion,

    /// <summary>Measured points: ink beside a model's lines and bands.</summary>
    Data,

    /// <summary>Grey unless asked otherwise.</summary>
    Reference,
}
