namespace ProbNet.Autodiff;

/// <summary>How a tensor was computed: the operation and its inputs. A graph of these is both the tape of a gradient and a traced program.</summary>
internal sealed class TapeNode
{
    private static long s_lastId;

    public TapeNode(Op op, Tensor[] inputs, ulong levels)
    {
        Op = op;
        Inputs = inputs;
        Levels = levels;
        Id = Interlocked.Increment(ref s_lastId);
    }

    public Op Op { get; }

    public Tensor[] Inputs { get; }

    /// <summary>The gradient scopes that the value depends on, one bit a nesting level.</summary>
    public ulong Levels { get; }

    /// <summary>Grows with creation, so that every input has a smaller number than what is computed from it.</summary>
    public long Id { get; }
}
