namespace ProbNet.Layers;

/// <summary>A step of a sampler on y = x/σ_d: y ← State·y + Noise·ε(y) + Fresh·(a new standard Normal), with ε(y) the expected noise in y.</summary>
/// <param name="From">ln(σ/σ_d) before.</param>
/// <param name="To">ln(σ/σ_d) after; −∞ for no noise.</param>
/// <param name="State">The factor of the state.</param>
/// <param name="Noise">The factor of the expected noise.</param>
/// <param name="Fresh">The factor of new noise.</param>
internal readonly record struct Transition(double From, double To, double State, double Noise, double Fresh)
{
    /// <summary>Whether ε is averaged over both ends of the step.</summary>
    public bool IsSecondOrder { get; init; }
}
