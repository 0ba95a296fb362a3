namespace ProbNet.Layers;

/// <summary>By what the variance of initial weights is divided.</summary>
internal enum FanMode
{
    In,
    Average,
}
