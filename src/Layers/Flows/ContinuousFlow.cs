using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The distribution of what standard Normal noise becomes on its way along a velocity field, dx/dt = v(t, x) from t = 0 to 1 (Chen et al. 2018). Its log density is computed
/// with the exact divergence: ln p(x) = ln N(x₀) − ∫ div v dt.
/// </summary>
public sealed class ContinuousFlow : Distribution
{
    private readonly FlowPath _path;

    internal ContinuousFlow(FlowPath path) => _path = path;

    /// <summary>The shift of the outcomes.</summary>
    public Tensor Loc => _path.Loc;

    /// <summary>The factor of the outcomes.</summary>
    public Tensor Scale => _path.Scale;

    /// <inheritdoc/>
    public override Shape BatchShape => _path.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => [_path.Dimension];

    /// <inheritdoc/>
    public override DType DType => Loc.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <summary>By search, since there is no formula: see <see cref="Distribution.SearchMode"/>.</summary>
    public override Tensor Mode => SearchMode();

    /// <summary>To the tolerance of the solver.</summary>
    public override Evidence LogProbEvidence => Evidence.Numeric;

    internal FlowPath Path => _path;

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => _path.LogDensity(value, probe: null);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => _path.Draw(key, SampleShape(shape));
}
