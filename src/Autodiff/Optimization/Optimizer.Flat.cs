using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <content>Steps of compiled graphs, whose parameters and gradients lie in flat buffers.</content>
public abstract partial class Optimizer
{
    private readonly List<FlatState> _flat = [];
    private readonly List<IStateMirror> _mirrors = [];

    /// <summary>
    /// What <see cref="Step"/> does, for the parameters of a layout, from buffers to a buffer that does not overlap them, or over the weights. The states change in any case.
    /// </summary>
    /// <param name="layout">Where the parameters lie.</param>
    /// <param name="value">The weights now.</param>
    /// <param name="gradient">The gradients; zero between the parameters.</param>
    /// <param name="next">Where the new weights go, if not over the old ones; zero between the parameters afterwards.</param>
    /// <param name="overwrite">Whether they may. An optimizer without a rule of ours is always given two buffers: it may read old weights after it has written new ones.</param>
    /// <param name="before">The largest weight and gradient, for <see cref="Overwriting.IfFinite"/>.</param>
    internal unsafe FlatOutcome StepFlat<T>(
        FlatLayout layout, T* value, T* gradient, T* next, Overwriting overwrite = Overwriting.Never, Largest before = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Debug.Assert(layout.DType == DTypeExtensions.Of<T>(), "The buffers have the layout's type.");
        double rate = HyperParameter.NonNegative(CurrentLearningRate, GetType().Name, "learningRate");
        Pull();
        FlatState flat = FlatStateOf(layout);
        flat.Gather();
        var values = new ReadOnlySpan<T>(value, layout.Length);
        var gradients = new ReadOnlySpan<T>(gradient, layout.Length);
        var results = new Span<T>(next, layout.Length);
        bool isFinite = true, isInPlace = false;
        double largest = double.PositiveInfinity;
        if (IsElementwise && flat.TryUnite())
        {
            flat.All.Step++;
            if (Plan(flat.All, rate) is { } step)
            {
                isInPlace = overwrite == Overwriting.Always
                    || (overwrite == Overwriting.IfFinite && step.LargestWeight(before with { State = flat.All.LargestState }) < LargestSafe<T>());
                results = isInPlace ? new Span<T>(value, layout.Length) : results;
                step.Run(flat.All, values, gradients, results);
                (isFinite, largest) = (flat.All.IsFinite!.Value, flat.All.LargestWeight);
            }
            else
            {
                isFinite = Advance(flat.All, rate, values, gradients, results);
            }

            flat.Share();
        }
        else
        {
            for (int i = 0; i < flat.States.Length; i++)
            {
                ParameterState state = flat.States[i];
                int start = layout.Offsets[i], length = state.Parameter.Shape.Size;
                state.Step++;
                isFinite &= Advance(state, rate, values.Slice(start, length), gradients.Slice(start, length), results.Slice(start, length));
            }
        }

        layout.ClearPadding(results);
        StepCount++;

        // A rule without an epsilon gives 0/0 in the padding; that is not the parameters' fault.
        return new(isFinite || TensorPrimitives.IsFiniteAll<T>(results), isInPlace, largest);
    }

    /// <summary>A magnitude that leaves room for rounding below the largest number of the type.</summary>
    private static unsafe double LargestSafe<T>() where T : unmanaged => (sizeof(T) == sizeof(float) ? float.MaxValue : double.MaxValue) / 4;

    /// <summary>
    /// The next step of all parameters of a layout as one, which is counted as taken; null if the optimizer has no rule for single elements, or the parameters have not
    /// taken the same steps.
    /// </summary>
    internal UpdateStep? NextFlat(FlatLayout layout)
    {
        double rate = HyperParameter.NonNegative(CurrentLearningRate, GetType().Name, "learningRate");
        FlatState flat = FlatStateOf(layout);
        flat.Gather();
        if (!IsElementwise || !flat.TryUnite())
        {
            return null;
        }

        flat.All.Step++;
        UpdateStep? step = Plan(flat.All, rate);
        if (step is not null)
        {
            flat.Share();
            StepCount++;
        }

        return step;
    }

    /// <summary>The states of all parameters of a layout as one.</summary>
    internal ParameterState FlatAll(FlatLayout layout)
    {
        FlatState flat = FlatStateOf(layout);
        flat.Gather();
        return flat.All;
    }

    /// <summary>Takes back the count of steps that a device has refused.</summary>
    internal void Uncount(FlatLayout layout, long steps)
    {
        FlatState flat = FlatStateOf(layout);
        if (flat.TryUnite())
        {
            flat.All.Step -= steps;
            flat.Share();
            StepCount -= steps;
        }
    }

    /// <summary>Notes that the state goes on elsewhere, until it is pulled.</summary>
    internal void Add(IStateMirror mirror) => _mirrors.Add(mirror);

    /// <summary>Brings the state here up to date.</summary>
    internal void Pull()
    {
        if (_mirrors.Count == 0)
        {
            return;
        }

        _mirrors.ForEach(static mirror => mirror.Pull());
        _mirrors.Clear();
        foreach (ParameterState state in _states.Values)
        {
            state.LargestState = double.PositiveInfinity;
        }
    }

    private void Drop()
    {
        _mirrors.ForEach(static mirror => mirror.Drop());
        _mirrors.Clear();
    }

    private bool Advance<T>(ParameterState state, double rate, ReadOnlySpan<T> value, ReadOnlySpan<T> gradient, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        state.IsFinite = null;
        Update<T>(state, rate, value, gradient, result);
        return state.IsFinite ?? TensorPrimitives.IsFiniteAll<T>(result);
    }

    private FlatState FlatStateOf(FlatLayout layout)
    {
        foreach (FlatState known in _flat)
        {
            if (known.Layout.Matches(layout))
            {
                return known;
            }
        }

        var flat = new FlatState(layout, [.. layout.Parameters.Select(StateOf)], ScalarCount);
        _flat.Add(flat);
        return flat;
    }
}
