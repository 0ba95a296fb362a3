using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A question about floating-point numbers.</summary>
internal sealed unsafe class PredicateBlock<K, T> : BlockKernel
    where K : struct, IPredicateKernel
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly PredicateBlock<K, T> Instance = new();

    public override void Run(void* a, void* b, void* c, void* y, int count, int constant) =>
        BooleanLoop.Compare<First, T>((T*)a, (T*)a, (byte*)y, count, (constant & 1) * 3);

    public override int? Record(ProgramBuilder builder, ReadOnlySpan<int> operands) => RecordedKernel.Predicate<K, T>(builder, operands[0]);

    private readonly struct First : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<TNumber>(TNumber a, TNumber b) => throw new NotSupportedException("Predicates are asked of vectors.");

        static V IComparisonKernel.Apply<V, TLane>(V a, V b) => K.Apply<V, TLane>(a);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => RecordedKernel.Predicate<K, T>(builder, a);
    }
}
