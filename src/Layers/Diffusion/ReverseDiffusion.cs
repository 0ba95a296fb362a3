using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A diffusion taken back in time: a score at every noise level, and what is computed from it. All values are in the units of the data; at time t the diffused data are
/// loc + scale·x(t), where x(t) is the process of standardized data.
/// </summary>
public sealed class ReverseDiffusion
{
    // Rows an evaluation of the network: bounds its memory.
    private const int MostRows = 4096;

    // Of times that were computed from noise levels.
    private const double TimeTolerance = 1e-6;

    private readonly ScoreField _field;
    private readonly Conditioning _conditioning;
    private readonly AffineUnits _units;

    internal ReverseDiffusion(ScoreField field, Conditioning conditioning, Shape batchShape)
    {
        (_field, _conditioning, BatchShape) = (field, conditioning, batchShape);
    }

    private ReverseDiffusion(ReverseDiffusion other, Conditioning conditioning, AffineUnits units) : this(other._field, conditioning, other.BatchShape) => _units = units;

    /// <summary>How data become noise.</summary>
    public DiffusionProcess Process => _field.Process;

    /// <summary>The length of a vector of data.</summary>
    public int Dimension => _field.Dimension;

    /// <summary>The shape of distributions side by side.</summary>
    public Shape BatchShape { get; }

    /// <summary>The type of data.</summary>
    public DType DType => _field.DType;

    internal ScoreField Field => _field;

    internal Conditioning Conditioning => _conditioning;

    private Device Device => _conditioning.Weights is [var first, ..] ? first.Device : Device.Cpu;

    /// <summary>E[x(0) | x(t)], the expected data given what they have become.</summary>
    /// <param name="value">Diffused data, [..., dimension], broadcast against batch + [dimension].</param>
    /// <param name="time">Their time, from the process's Earliest to its Latest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside of the process.</exception>
    public Tensor Denoise(Tensor value, double time)
    {
        (Tensor z, Shape lead) = ToState(value, time, nameof(Denoise));
        double angle = Angle(time);
        Tensor f = Blocks(z, (part, conditioning) => _field.Velocity(part, ProbabilityFlow.LogRatio(angle), conditioning));
        return FromScaled((Math.Cos(angle) * z) + (Math.Sin(angle) * f), lead);
    }

    /// <summary>∇ ln p_t, the gradient of the log density of the diffused data.</summary>
    /// <param name="value">Diffused data, [..., dimension], broadcast against batch + [dimension].</param>
    /// <param name="time">Their time, from the process's Earliest to its Latest.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is outside of the process.</exception>
    public Tensor Score(Tensor value, double time)
    {
        (Tensor z, Shape lead) = ToState(value, time, nameof(Score));
        double angle = Angle(time);
        Tensor f = Blocks(z, (part, conditioning) => _field.Velocity(part, ProbabilityFlow.LogRatio(angle), conditioning));

        // −ε/(s·σ), the noise being ε = sinθ·z − cosθ·F.
        Tensor score = ((Math.Cos(angle) * f) - (Math.Sin(angle) * z)) / (Process.Scale(time) * Process.Sigma(time));
        score = score.Reshape(lead.Concat([Dimension]));
        return _units.Scale is { } scale ? score / scale : score;
    }

    /// <summary>Independent draws, of shape <paramref name="shape"/> + batch + [dimension]. No gradient flows through.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="solver">How the way back is taken; null for <see cref="Heun"/> with 40 steps.</param>
    public Tensor Sample(RandomKey key, Shape shape, DiffusionSolver? solver = null)
    {
        solver ??= new Heun();
        (RandomKey start, RandomKey steps) = key.Split();
        Tensor first = Start(start, shape.Size);
        ulong block = 0;
        Tensor y = Blocks(first, (part, conditioning) => solver.Path(_field, part, steps.FoldIn(block++), conditioning).Last().State);
        return Gradient.Stop(FromScaled(y, shape.Concat(BatchShape)));
    }

    /// <summary>Draws on their way from noise to data.</summary>
    /// <param name="key">The source of randomness: the ends of the ways are what <see cref="Sample"/> gives for it.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="solver">How the way back is taken; null for <see cref="Heun"/> with 40 steps.</param>
    /// <returns>The state at the latest time, and after each step; σ is 0 at the end, where a solver denoises.</returns>
    public IReadOnlyList<DiffusionState> Trajectory(RandomKey key, Shape shape, DiffusionSolver? solver = null)
    {
        solver ??= new Heun();
        (RandomKey start, RandomKey steps) = key.Split();
        Tensor first = Start(start, shape.Size);
        Shape lead = shape.Concat(BatchShape);
        double[] ratios = [];
        ulong block = 0;

        // The states of a block along a new last axis.
        Tensor all = Blocks(first, (part, conditioning) =>
        {
            (double LogRatio, Tensor State)[] path = [(_field.LogRatioMax, part), .. solver.Path(_field, part, steps.FoldIn(block++), conditioning)];
            ratios = [.. path.Select(state => state.LogRatio)];
            return Tensor.Stack([.. path.Select(state => state.State)], -1);
        });
        return [.. ratios.Select((ratio, i) => State(ratio, all[TensorIndex.Ellipsis, i]))];

        DiffusionState State(double logRatio, Tensor y)
        {
            double sigma = Math.Exp(logRatio) * _field.DataScale;
            double time = sigma == 0 ? Process.Earliest : Process.TimeOf(Tensor.Scalar(Math.Log(sigma), DType.Float64)).ToScalar();
            double scale = sigma == 0 ? 1 : Process.Scale(time);
            return new(time, sigma, Gradient.Stop(FromScaled(y * scale, lead)));
        }
    }

    /// <summary>
    /// Draws of the unknown coordinates given the known ones (RePaint, Lugmayr et al. 2022): the known ones are held at their values plus the noise of each step, and each
    /// step is taken back and repeated, so that both parts come to agree. An approximation: the conditional distribution is met the closer the more steps there are.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="value">
    /// Data, [..., dimension], broadcast against shape + batch + [dimension]; only known coordinates are looked at. With leading axes of their own there are draws for each.
    /// </param>
    /// <param name="known">Which coordinates are known: truth values, [dimension] or of the value's shape.</param>
    /// <param name="shape">The sample shape.</param>
    /// <param name="steps">Steps of <see cref="Ddpm"/>.</param>
    /// <param name="repetitions">How often each step is taken; at least 1.</param>
    /// <returns>shape + batch + [dimension], broadcast against the value's shape, with known coordinates as they are.</returns>
    /// <exception cref="ShapeException">The value does not broadcast, or would stretch the batch.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step or repetition.</exception>
    public Tensor Inpaint(RandomKey key, Tensor value, Tensor known, Shape shape = default, int steps = 200, int repetitions = 10)
    {
        if (repetitions < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(repetitions), repetitions, "Inpaint: each step must be taken at least once.");
        }

        if (known.DType != DType.Bool)
        {
            throw new DTypeException($"Inpaint: known is {known.DType} {known.Shape}; truth values are needed: true where a coordinate is known.");
        }

        ArgumentNullException.ThrowIfNull(value);
        Shape own = value.Rank == 0 ? Shape.Scalar : value.Shape[..^1], lead = Shape.Broadcast(own, shape.Concat(BatchShape), "Diffusion.Inpaint");
        if (lead[^BatchShape.Rank..] != BatchShape)
        {
            throw new ShapeException(
                $"Diffusion.Inpaint: the value has shape {value.Shape}, which would stretch the batch {BatchShape}: give it an axis in front, [..., 1, {Dimension}].");
        }

        Shape all = lead.Concat([Dimension]);
        Tensor target = ToScaled(Check(value, nameof(Inpaint)).BroadcastTo(all)), mask = known.To(target.Device).BroadcastTo(all).Reshape(target.Shape);
        (RandomKey start, RandomKey noise) = key.Split();
        IReadOnlyList<Transition> transitions = new Ddpm(steps).Transitions(Process, _field.DataScale);
        ulong block = 0;

        // State, known values and where they are known side by side, so that they come in the same blocks.
        Tensor parts = Tensor.Concat([Start(start, lead[..^BatchShape.Rank].Size), target, mask.Cast(DType)], -1);
        Tensor y = Blocks(parts, (part, conditioning) => Repaint(part.Split(3, -1), conditioning, noise.FoldIn(block++)));
        return Gradient.Stop(FromScaled(Tensor.Where(mask, target, y), lead));

        Tensor Repaint(Tensor[] part, Conditioning conditioning, RandomKey own)
        {
            (Tensor state, Tensor held, Tensor isHeld) = (part[0], part[1], part[2] > 0.5);
            for (int i = 0; i < transitions.Count; i++)
            {
                Transition step = transitions[i];
                double from = Math.Exp(step.From), to = Math.Exp(step.To);
                for (int repetition = 0; repetition < repetitions; repetition++)
                {
                    RandomKey[] keys = own.FoldIn((ulong)i).FoldIn((ulong)repetition).Split(3);
                    if (repetition > 0)
                    {
                        state += Math.Sqrt((from - to) * (from + to)) * Noise(keys[0], state.Shape);
                    }

                    Tensor noisy = held + (from * Noise(keys[1], state.Shape));
                    state = _field.Step(Tensor.Where(isHeld, noisy, state), step, keys[2], conditioning);
                }
            }

            return state;
        }
    }

    /// <summary>Data in the units of the process.</summary>
    internal Tensor Standardize(Tensor value) => _units.ToNetwork(value);

    /// <summary>The logarithm of the factor of the standardization, of all coordinates together.</summary>
    internal Tensor LogFactor => _units.LogFactor([Dimension], DType);

    /// <summary>loc + scale·x for these x.</summary>
    internal ReverseDiffusion Rescale(Tensor loc, Tensor scale) => new(this, _conditioning, _units.Then(loc, scale));

    /// <summary>The same with another guidance.</summary>
    /// <exception cref="InvalidOperationException">There are no features, or none were hidden in training.</exception>
    internal ReverseDiffusion WithGuidance(double guidance)
    {
        if (!double.IsFinite(guidance))
        {
            throw new ArgumentOutOfRangeException(nameof(guidance), guidance,
                "Diffusion.WithGuidance: the guidance must be finite: 1 is the conditional distribution, 0 the unconditional one.");
        }

        if (_conditioning.Context is null)
        {
            throw new InvalidOperationException("Diffusion.WithGuidance: the score does not depend on features; there is nothing to guide by.");
        }

        if (guidance != 1 && !_field.KnowsNoFeatures)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Diffusion.WithGuidance: a guidance of {guidance} needs the score without features, which was never trained: no features were hidden. ")
                + $"Train with {nameof(DiffusionOptions)}.{nameof(DiffusionOptions.FeatureDropout)} above 0, such as 0.1.");
        }

        return new(this, _conditioning with { Guidance = Tensor.Scalar(guidance, DType) }, _units);
    }

    /// <summary>
    /// ln p by the probability-flow equation from the data to the noise: the log density of the noise, less the integral of the divergence (Chen et al. 2018).
    /// </summary>
    /// <param name="value">Data, [..., dimension], broadcast against batch + [dimension].</param>
    /// <param name="steps">Steps of the integration.</param>
    /// <param name="probe">The key of a random projection in place of the divergence; null for the divergence itself.</param>
    internal Tensor LogDensity(Tensor value, int steps, RandomKey? probe)
    {
        value = Check(value, "LogProb");
        Shape lead = value.Shape[..^1];
        double[] angles = ProbabilityFlow.Angles(_field, steps);
        Array.Reverse(angles);
        ulong block = 0;
        Tensor log = Blocks(ToScaled(value) * Math.Cos(angles[0]), Integrate).Reshape(lead);
        double units = Dimension * (Math.Log(_field.DataScale / Math.Cos(angles[0])) + (0.5 * Math.Log(2 * Math.PI)));
        log = log - units - LogFactor;

        // A path that has left the range of the type ends where the density is 0, but of what is not known the density is not.
        Tensor isUnknown = value.IsNaN().Any(-1);
        isUnknown = _conditioning.Context is { } context ? isUnknown | context.IsNaN().Any(-1).Reshape(BatchShape) : isUnknown;
        return Tensor.Where(log.IsNaN() & !isUnknown, double.NegativeInfinity, log);

        Tensor Integrate(Tensor z, Conditioning conditioning)
        {
            Tensor? v = probe is { } key ? (2 * (key.FoldIn(block++).Uniform(z.Shape, z.DType) < 0.5).Cast(z.DType)) - 1 : null;
            v = v?.To(Device);
            Tensor[] end = Ode.Solve(Slope, [z, Tensor.Zeros(z.Shape[..^1], z.DType)], [], angles);
            return (-0.5 * (end[0] - Centre(conditioning)).Square().Sum(-1)) + end[1];

            Tensor[] Slope(Tensor angle, Tensor[] state, Tensor[] arguments)
            {
                double logRatio = ProbabilityFlow.LogRatio(angle);
                (Tensor f, Tensor divergence) = v is null
                    ? _field.VelocityAndDivergence(state[0], logRatio, conditioning)
                    : _field.VelocityAndProjection(state[0], v, logRatio, conditioning);
                return [-f, -divergence];
            }
        }
    }

    private double Angle(double time) => Math.Atan(Process.Sigma(time) / _field.DataScale);

    private Tensor Noise(RandomKey key, Shape shape) => key.Normal(shape, DType).To(Device);

    /// <summary>States y at the most noise.</summary>
    private Tensor Start(RandomKey key, int samples) =>
        (Centre(_conditioning) + Noise(key, [samples, BatchShape.Size, Dimension])) / Math.Cos(Math.Atan(Math.Exp(_field.LogRatioMax)));

    /// <summary>
    /// The mean of the states z at the most noise: that of the data, as they are expected where nothing is known of them. The data may be anywhere then, and not around 0
    /// only.
    /// </summary>
    private Tensor Centre(Conditioning conditioning)
    {
        Tensor origin = Tensor.Zeros([1, conditioning.Context?.Shape[0] ?? 1, Dimension], DType).To(Device);
        double angle = Math.Atan(Math.Exp(_field.LogRatioMax));
        return Math.Cos(angle) * Math.Sin(angle) * _field.Velocity(origin, _field.LogRatioMax, conditioning);
    }

    /// <summary>Data of the field's type and device, broadcast against the batch.</summary>
    private Tensor Check(Tensor value, string method) => VectorValue.Check($"Diffusion.{method}", value, BatchShape, Dimension, DType).To(Device);

    private Tensor ToScaled(Tensor value) =>
        (Standardize(value) / _field.DataScale).Reshape(value.Shape[..^(BatchShape.Rank + 1)].Size, BatchShape.Size, Dimension);

    private Tensor FromScaled(Tensor y, Shape lead) => _units.ToData((y * _field.DataScale).Reshape(lead.Concat([Dimension])));

    private (Tensor Z, Shape Lead) ToState(Tensor value, double time, string method)
    {
        value = Check(value, method);
        if (!(time >= Process.Earliest * (1 - TimeTolerance) && time <= Process.Latest * (1 + TimeTolerance)))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, FormattableString.Invariant(
                $"Diffusion.{method}: the score is known from time {Process.Earliest:G6}, the least noise, to {Process.Latest:G6}; give a time in this range."));
        }

        return (ToScaled(value) * (Math.Cos(Angle(time)) / Process.Scale(time)), value.Shape[..^1]);
    }

    /// <summary>Applies a function to states [samples, batch, …] in blocks of a bounded number of rows.</summary>
    private Tensor Blocks(Tensor states, Func<Tensor, Conditioning, Tensor> function)
    {
        int samples = states.Shape[0], batch = states.Shape[1];
        if ((long)samples * batch <= MostRows)
        {
            return function(states, _conditioning);
        }

        int wide = Math.Clamp(MostRows / Math.Max(samples, 1), 1, batch), deep = Math.Clamp(MostRows / wide, 1, samples);
        var rows = new List<Tensor>();
        for (int s = 0; s < samples; s += deep)
        {
            Tensor slab = states[s..Math.Min(samples, s + deep)];
            var columns = new List<Tensor>();
            for (int b = 0; b < batch; b += wide)
            {
                Range range = b..Math.Min(batch, b + wide);
                columns.Add(function(slab[.., range], _conditioning.Rows(range)));
            }

            rows.Add(columns.Count == 1 ? columns[0] : Tensor.Concat(columns, 1));
        }

        return rows.Count == 1 ? rows[0] : Tensor.Concat(rows);
    }
}
