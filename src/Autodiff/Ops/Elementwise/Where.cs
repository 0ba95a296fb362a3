using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <summary>
/// y = a where the mask is true, else b; mask, a and b broadcast. ∂y/∂a is dy selected by the mask, not multiplied: the branch not taken gets a
/// gradient of exactly zero even where dy is infinite or NaN.
/// </summary>
internal sealed class Where : Op
{
    public static readonly Where Instance = new();

    public override TensorType Infer(Tensor[] inputs)
    {
        Tensor mask = inputs[0], a = inputs[1], b = inputs[2];
        if (mask.DType != DType.Bool)
        {
            throw new DTypeException($"Where: the mask is {mask.DType} {mask.Shape}; Bool is needed: compare it first, or use Cast(DType.Bool).");
        }

        if (a.DType != b.DType)
        {
            throw new DTypeException($"Where: the branches have different types, {a.DType} {a.Shape} and {b.DType} {b.Shape}; convert one with Cast.");
        }

        return new(Shape.Broadcast(Shape.Broadcast(mask.Shape, a.Shape, Name), b.Shape, Name), a.DType);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType switch
    {
        DType.Float32 => Select<float, int>(inputs, type.Shape),
        DType.Float64 => Select<double, long>(inputs, type.Shape),
        DType.Int32 => Select<int, int>(inputs, type.Shape),
        DType.Int64 => Select<long, long>(inputs, type.Shape),
        _ => Select<bool, byte>(inputs, type.Shape),
    };

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index switch
    {
        1 => Tensor.Where(inputs[0], dy, 0),
        2 => Tensor.Where(inputs[0], 0, dy),
        _ => null,
    };

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    private static T[] Select<T, TBits>(Tensor[] inputs, Shape shape)
        where T : unmanaged
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        bool[] mask = inputs[0].Data<bool>();
        T[] a = inputs[1].Data<T>(), b = inputs[2].Data<T>(), y = GC.AllocateUninitializedArray<T>(shape.Size);
        var rows = new BroadcastRows(shape, inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        for (int row = 0; rows.MoveNext(); row += rows.Length)
        {
            Span<T> part = y.AsSpan(row, rows.Length);
            if (rows.LengthOf(0) == 1)
            {
                ReadOnlySpan<T> chosen = mask[rows.Offset(0)] ? rows.Of(1, a) : rows.Of(2, b);
                if (chosen.Length == part.Length)
                {
                    chosen.CopyTo(part);
                }
                else
                {
                    part.Fill(chosen[0]);
                }
            }
            else
            {
                Select(
                    rows.Of(0, mask),
                    MemoryMarshal.Cast<T, TBits>(rows.Of(1, a)),
                    MemoryMarshal.Cast<T, TBits>(rows.Of(2, b)),
                    MemoryMarshal.Cast<T, TBits>(part));
            }
        }

        return y;
    }

    // Bits and no branch: a branch on a random mask is mispredicted every other time.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Select<TBits>(ReadOnlySpan<bool> mask, ReadOnlySpan<TBits> a, ReadOnlySpan<TBits> b, Span<TBits> y)
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        int stepA = a.Length == 1 ? 0 : 1, stepB = b.Length == 1 ? 0 : 1, i = 0;
        ref byte flags = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(mask));
        ref TBits fromA = ref MemoryMarshal.GetReference(a);
        ref TBits fromB = ref MemoryMarshal.GetReference(b);
        ref TBits to = ref MemoryMarshal.GetReference(y);
        if (Unsafe.SizeOf<TBits>() >= 4 && y.Length >= Vector256<TBits>.Count)
        {
            Vector256<TBits> constantA = Vector256.Create(fromA), constantB = Vector256.Create(fromB);
            for (; i <= y.Length - Vector256<TBits>.Count; i += Vector256<TBits>.Count)
            {
                Vector256<TBits> chosen = Widen<TBits>(ref Unsafe.Add(ref flags, i));
                Vector256<TBits> left = stepA == 0 ? constantA : Vector256.LoadUnsafe(ref fromA, (nuint)i);
                Vector256<TBits> right = stepB == 0 ? constantB : Vector256.LoadUnsafe(ref fromB, (nuint)i);
                Vector256.ConditionalSelect(chosen, left, right).StoreUnsafe(ref to, (nuint)i);
            }
        }

        for (; i < y.Length; i++)
        {
            TBits bits = TBits.Zero - TBits.CreateTruncating(Unsafe.Add(ref flags, i));
            TBits otherwise = Unsafe.Add(ref fromB, i * stepB);
            Unsafe.Add(ref to, i) = otherwise ^ ((otherwise ^ Unsafe.Add(ref fromA, i * stepA)) & bits);
        }
    }

    /// <summary>Eight bytes of 0 or 1 as eight lanes of 32 bits, or four as four of 64, of no or all bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TBits> Widen<TBits>(ref byte flags)
        where TBits : unmanaged
    {
        if (Unsafe.SizeOf<TBits>() == 4)
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref flags)).AsByte());
            return Vector256.Negate(Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words)).AsInt32()).As<int, TBits>();
        }
        else
        {
            Vector128<ushort> words = Vector128.WidenLower(Vector128.CreateScalarUnsafe((ulong)Unsafe.ReadUnaligned<uint>(ref flags)).AsByte());
            Vector128<uint> wide = Vector128.WidenLower(words);
            return Vector256.Negate(Vector256.Create(Vector128.WidenLower(wide), Vector128.WidenUpper(wide)).AsInt64()).As<long, TBits>();
        }
    }
}
