namespace ProbNet.Autodiff;

/// <summary>An operation on inputs of given types: what its kernels are kept by.</summary>
internal readonly struct EagerCall : IEquatable<EagerCall>
{
    private readonly Op _op;

    public EagerCall(Op op, Tensor[] inputs)
    {
        _op = op;
        Types = Array.ConvertAll(inputs, input => new TensorType(input.Shape, input.DType));
        for (int i = 0; op is ElementwiseOp && i < inputs.Length; i++)
        {
            Numbers |= inputs[i] is { IsFree: true, Size: 1 } number && number.DType != DType.Bool && Math.Abs(number.ToScalar()) is not >= 1L << 53 ? 1 << i : 0;
        }
    }

    /// <summary>Which inputs are numbers that a launch gives: bit 0 for the first.</summary>
    public int Numbers { get; }

    /// <summary>The types of the inputs.</summary>
    public TensorType[] Types { get; }

    public bool Equals(EagerCall other) => Numbers == other.Numbers && Types.AsSpan().SequenceEqual(other.Types) && OpEquality.Same(_op, other._op);

    public override bool Equals(object? obj) => obj is EagerCall other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(OpEquality.Hash(_op));
        foreach (TensorType type in Types)
        {
            hash.Add(type);
        }

        return hash.ToHashCode();
    }
}
