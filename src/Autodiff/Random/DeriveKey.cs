using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>Keys derived from keys, [..., 2] → [..., 2]: what <see cref="RandomKey"/> does with bits, for keys that a graph computes.</summary>
internal sealed class DeriveKey(ulong tag, ulong data) : Op
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, inputs[0].DType);

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        ReadOnlySpan<long> keys = inputs[0].AsSpan<long>();
        Span<long> derived = (long[])result;
        for (int i = 0; i < derived.Length; i += 2)
        {
            KeyBits.Of(keys.Slice(i, 2)).Derive(tag, data).CopyTo(derived.Slice(i, 2));
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"DeriveKey({tag:x16}, {data})");
}
