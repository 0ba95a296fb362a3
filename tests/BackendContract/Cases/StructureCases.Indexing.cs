using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class StructureCases
{
    private static void AddIndexing()
    {
        Tensor index = Tensor.From(new long[] { 0, 3, 1, 1, -1, 2 }, [3, 2]), vector = Tensor.From<long>(2, 0, 2, -1);
        Add("Gather", (x, i) => x.Gather(1, i), Values([3, 4]), index);
        Add("Gather shorter index", (x, i) => x.Gather(0, i), Values([4, 3, 2]), Tensor.From(new[] { 0, 3, 1, -4 }, [2, 2, 1]));
        Add("ScatterAdd", (x, i, s) => x.ScatterAdd(1, i, s), Values([3, 4]), index, Values([3, 2], 1));
        Add("Scatter", (x, i, s) => x.Scatter(1, i, s), Values([3, 4]), index, Values([3, 2], 1));
        Add("Scatter first axis", (x, i, s) => x.Scatter(0, i, s), Values([4, 2]), index, Values([3, 2], 1));
        Add("IndexSelect", (x, i) => x.IndexSelect(0, i), Values([3, 4]), vector);
        Add("Take matrix of positions", (x, i) => x.Take(1, i), Values([2, 4, 2]), index);
        Add("Embedding", (w, i) => w.Embedding(i), Values([5, 3]), index);
        Add("IndexPut", (x, i, v) => x.IndexPut(1, i, v), Values([2, 4, 2]), vector, Values([2, 4, 2], 1));
        Add("IndexPut broadcast", (x, i, v) => x.IndexPut(0, i, v), Values([4, 2]), vector, Values([2], 1));
        Add("IndexAdd", (x, i, v) => x.IndexAdd(0, i, v), Values([3, 2]), vector, Values([4, 2], 1));
        Tensor mask = Tensor.From(new[] { true, false, true, true, false, false }, [2, 3]);
        Add("MaskedSelect", x => x.MaskedSelect(mask), [2, 3]);
        Add("Sort", x => x.Sort(1).Values, [2, 5]);
        Add("Sort descending first axis", x => x.Sort(0, descending: true).Values, [4, 2]);
        Add("TopK", x => x.TopK(2, 0).Values, [4, 2]);
        Add("TopK smallest", x => x.TopK(3, largest: false).Values, [2, 5]);
    }
}
