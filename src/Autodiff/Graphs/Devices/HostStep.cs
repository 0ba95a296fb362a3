namespace ProbNet.Autodiff;

/// <summary>An operation on the arguments of a call that runs on the host before anything goes to the device.</summary>
/// <param name="op">The operation.</param>
/// <param name="type">The type of its result.</param>
/// <param name="offset">Where the result goes in what is copied to the device.</param>
/// <param name="inputs">Its inputs: a constant, or the number of an argument, or of an earlier step of this kind.</param>
internal sealed class HostStep(Op op, TensorType type, int offset, (Tensor? Constant, int Argument, int Step)[] inputs)
{
    private readonly Tensor[] _inputs = Array.ConvertAll(inputs, input => input.Constant!);

    /// <summary>The result.</summary>
    public Tensor Result { get; } = new(type.Shape, type.DType, type.DType.Allocate(type.Shape.Size));

    /// <summary>Computes the result and puts it among what is copied.</summary>
    public void Run(Tensor[] arguments, HostStep[] steps, Span<byte> staging)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            _inputs[i] = inputs[i] switch
            {
                { Argument: >= 0 and int argument } => arguments[argument],
                { Step: >= 0 and int step } => steps[step].Result,
                _ => _inputs[i],
            };
        }

        op.Evaluate(_inputs, Result.RawData);
        Elements.Bytes(Result.RawData, 0, type.Shape.Size).CopyTo(staging[offset..]);
    }
}
