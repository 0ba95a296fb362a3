namespace ProbNet.Charts;

/// <summary>How a heat map turns values into colours.</summary>
public enum ColorMap
{
    /// <summary>Viridis (van der Walt and Smith 2015): perceptually uniform, safe for colour blindness, dark for low values.</summary>
    Viridis,

    /// <summary>Black for low values, white for high ones: pictures.</summary>
    Gray,

    /// <summary>ColorBrewer's red to blue (Harrower and Brewer 2003), reversed: blue for low values, white in the middle, red for high ones.</summary>
    Diverging,
}
