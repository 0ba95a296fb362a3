using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>Functions and inputs for the operations that reduce, reshape, index and factorise: what the tables of gradients and batches run over.</summary>
internal static partial class StructureCases
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor> Function, Tensor[] Inputs)> s_cases = [];

    static StructureCases()
    {
        AddReductions();
        AddShaping();
        AddIndexing();
        AddLinearAlgebra();
    }

    public static IEnumerable<string> Names => s_cases.Keys;

    public static (Func<Tensor[], Tensor> Function, Tensor[] Inputs) Get(string name) => s_cases[name];

    /// <summary>Distinct values between −1 and 1, without a pattern that a wrong index could repeat.</summary>
    public static Tensor Values(Shape shape, int salt = 0) =>
        Tensor.From([.. Enumerable.Range(1, shape.Size).Select(i => Math.Sin((i * 12.9898) + (salt * 4.1)))], shape);

    private static void Add(string name, Func<Tensor, Tensor> f, Tensor x) => s_cases.Add(name, (t => f(t[0]), [x]));

    private static void Add(string name, Func<Tensor, Tensor> f, Shape shape) => Add(name, f, Values(shape));

    private static void Add(string name, Func<Tensor, Tensor, Tensor> f, Tensor a, Tensor b) => s_cases.Add(name, (t => f(t[0], t[1]), [a, b]));

    private static void Add(string name, Func<Tensor, Tensor, Tensor, Tensor> f, Tensor a, Tensor b, Tensor c) =>
        s_cases.Add(name, (t => f(t[0], t[1], t[2]), [a, b, c]));
}
