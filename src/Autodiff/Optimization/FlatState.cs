using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The states of all parameters of a layout in flat arrays, so that one update can run over all of them. A parameter's state lives in one place: it
/// moves in when a flat step first sees it here, and the steps of its own go on in place.
/// </summary>
internal sealed class FlatState
{
    private readonly ParameterState[] _states;
    private readonly Array[] _arrays;
    private readonly int[] _starts;

    public FlatState(FlatLayout layout, ParameterState[] states, int scalars)
    {
        Layout = layout;
        _states = states;
        _arrays = new Array[states[0].BufferCount];
        _starts = new int[_arrays.Length];
        for (int i = 0; i < _arrays.Length; i++)
        {
            (_arrays[i], _starts[i]) = layout.DType == DType.Float32 ? Allocate<float>(layout.Length) : Allocate<double>(layout.Length);
        }

        All = new ParameterState(layout.Parameters[0], _arrays, _starts, layout.Length, scalars);
    }

    public FlatLayout Layout { get; }

    /// <summary>The states one by one.</summary>
    public ReadOnlySpan<ParameterState> States => _states;

    /// <summary>One state for the whole buffer; valid after <see cref="TryUnite"/>.</summary>
    public ParameterState All { get; }

    /// <summary>Moves the parameters' states in where they are elsewhere.</summary>
    public void Gather()
    {
        for (int i = 0; i < _states.Length; i++)
        {
            if (_states[i].BufferCount > 0 && !_states[i].LivesIn(_arrays))
            {
                _states[i].MoveTo(_arrays, _starts, Layout.Offsets[i]);
            }
        }
    }

    /// <summary>Whether all parameters have taken the same steps with the same numbers, so that <see cref="All"/> can stand for them.</summary>
    public bool TryUnite()
    {
        ParameterState first = _states[0];
        ReadOnlySpan<double> scalars = first.Scalars;
        double largest = first.LargestState;
        for (int i = 1; i < _states.Length; i++)
        {
            if (_states[i].Step != first.Step || (scalars.Length > 0 && !scalars.SequenceEqual(_states[i].Scalars)))
            {
                return false;
            }

            largest = Math.Max(largest, _states[i].LargestState);
        }

        All.LargestState = largest;
        All.Step = first.Step;
        scalars.CopyTo(All.Scalars);
        return true;
    }

    /// <summary>Gives the steps, bounds and numbers of <see cref="All"/> back to the parameters.</summary>
    public void Share()
    {
        foreach (ParameterState state in _states)
        {
            state.Step = All.Step;
            state.LargestState = All.LargestState;
            All.Scalars.CopyTo(state.Scalars, 0);
        }
    }

    // Pinned, so that the first element stays on a cache line's edge: a vector that straddles two lines costs two accesses.
    private static unsafe (Array Array, int Start) Allocate<T>(int length) where T : unmanaged
    {
        const int Line = 64;
        T[] array = GC.AllocateArray<T>(checked(length + (Line / sizeof(T))), pinned: true);
        nuint past = (nuint)Unsafe.AsPointer(ref array[0]) % Line;
        Debug.Assert(past % (nuint)sizeof(T) == 0, "Arrays are aligned to their elements.");
        return (array, past == 0 ? 0 : (int)((Line - past) / (nuint)sizeof(T)));
    }
}
