namespace ProbNet.Autodiff;

/// <summary>An operation that reads its first input at the places alone that the others name: a plan gives it that input where it lies, without a copy.</summary>
internal unsafe interface ILookup
{
    /// <summary>As <see cref="Op.Evaluate(Tensor[], Array)"/>, with the elements of the first input at an address; of its tensor the shape alone is read.</summary>
    void Evaluate(byte* table, Tensor[] inputs, Array result);
}
