using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.BackendContract;

/// <summary>Operations with the inputs that they meet: those of the tables of gradients, of their gradients, and those without one.</summary>
internal static class OpEvaluationCases
{
    private static readonly Dictionary<string, (Func<Tensor[], Tensor[]> Function, Tensor[] Inputs)> s_cases = [];

    static OpEvaluationCases()
    {
        // The shape of a selection by a mask depends on values, so it cannot be traced.
        foreach (GradientEntry entry in GradientTable.Entries.Values.Where(entry => entry.Method != nameof(Tensor.MaskedSelect)))
        {
            int number = 0;
            foreach (Shape[] shapes in entry.Family.Standard)
            {
                s_cases.Add($"{entry.Name} #{++number}", (WithGradient(entry.Function), entry.Inputs(shapes, 3)));
            }
        }

        foreach (string name in StructureCases.Names)
        {
            (Func<Tensor[], Tensor> f, Tensor[] inputs) = StructureCases.Get(name);
            s_cases.Add($"{name} (structure)", (WithGradient(f), inputs));
        }

        AddIntegers(DType.Int32);
        AddIntegers(DType.Int64);
        AddTruths();
        AddLong();
        AddQuantiles();
    }

    /// <summary>All cases whole: a function and its gradients, with inputs.</summary>
    public static IReadOnlyDictionary<string, (Func<Tensor[], Tensor[]> Function, Tensor[] Inputs)> Functions => s_cases;

    /// <summary>The operations of all cases, each with values of the given floating-point type as its inputs.</summary>
    public static IEnumerable<(string Case, Op Op, Tensor[] Inputs)> Operations(DType dtype) =>
        s_cases.Keys.SelectMany(name => Operations(name, dtype).Select(part => ($"{name} ({dtype})", part.Op, part.Inputs)));

    private static List<(Op Op, Tensor[] Inputs)> Operations(string name, DType dtype)
    {
        (Func<Tensor[], Tensor[]> f, Tensor[] inputs) = s_cases[name];
        inputs = Array.ConvertAll(inputs, x => x.DType.IsFloating() ? x.Cast(dtype) : x);
        TracedFunction trace;
        try
        {
            trace = TracedFunction.Trace(f, Array.ConvertAll(inputs, x => new TensorType(x.Shape, x.DType)));
        }
        catch (DTypeException) when (dtype == DType.Float32)
        {
            // Some functions of the tables hold constants in Float64.
            return [];
        }

        var values = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Length; i++)
        {
            values.Add(trace.Symbols[i], inputs[i]);
        }

        var result = new List<(Op, Tensor[])>();
        foreach (Tensor operation in trace.Operations)
        {
            Tensor[] arguments = Array.ConvertAll(operation.Node!.Inputs, x => values.GetValueOrDefault(x, x));
            result.Add((operation.Node.Op, arguments));
            values[operation] = operation.Node.Op.Apply(arguments);
        }

        return result;
    }

    private static Func<Tensor[], Tensor[]> WithGradient(Func<Tensor[], Tensor> f) => x =>
    {
        Tensor[] floating = [.. x.Where(v => v.DType.IsFloating())];
        if (floating.Length == 0)
        {
            return [f(x)];
        }

        Tensor Of(Tensor[] v)
        {
            int next = 0;
            return f(Array.ConvertAll(x, w => w.DType.IsFloating() ? v[next++] : w));
        }

        Tensor y = f(x);
        return y.DType.IsFloating() ? [y, .. Gradient.Vjp(Of, floating, y).Products] : [y];
    };

    private static void Add(string name, Func<Tensor[], Tensor[]> f, params Tensor[] inputs) => s_cases.Add(name, (f, inputs));

    private static void AddIntegers(DType dtype)
    {
        Tensor a = Numbers([5, 7], 1, dtype), b = Numbers([5, 7], 2, dtype), row = Numbers([7], 3, dtype), column = Numbers([5, 1], 4, dtype);
        Add(
            $"{dtype} arithmetic",
            x => [x[0] + x[1], x[0] - x[2], x[3] * x[0], x[2] * x[3], x[0].Abs(), x[0].Sign(), -x[0], Tensor.Maximum(x[0], x[1]), Tensor.Minimum(x[0], x[2]), x[0] % 5],
            a, b, row, column);
        Add(
            $"{dtype} reductions",
            x => [x[0].Sum(0), x[0].Sum(1), x[0].Max(0), x[0].Max(1), x[0].Min(1), x[0].Prod(1), x[0].CumSum(1), x[0].CumProd(0), x[0].ArgMax(1), x[0].ArgSort(1)],
            a);
        Add($"{dtype} products", x => [x[0].MatMul(x[1].Transpose())], a, b);
        Add($"{dtype} sorted", x => [x[0].SearchSorted(x[1])], Tensor.Arange(9).Cast(dtype), a);
        Add($"{dtype} parts", x => [x[0][1..3], x[0].Transpose(), x[0].Tril(), Tensor.Concat([x[0], x[1]], 0), x[0].Pad([(1, 2)], -4)], a, b);
        Tensor index = Tensor.From<long>([4, 0, -1, 2]).Cast(dtype);
        Add($"{dtype} indices", x => [x[1].Take(0, x[0]), x[0].Abs().OneHot(6), x[1].Gather(0, x[0].Reshape(4, 1))], index, a);
    }

    private static void AddTruths()
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            Tensor a = Numbers([5, 7], 1, dtype), b = Numbers([5, 7], 2, dtype), row = Numbers([7], 3, dtype);
            Add(
                $"{dtype} comparisons",
                x => [x[0].EqualTo(x[1]), x[0].NotEqualTo(x[2]), x[0] < x[1], x[0] <= x[2], x[0] > x[1], x[0] >= x[1]],
                a, b, row);
            Add(
                $"{dtype} selections",
                x => [Tensor.Where(x[3], x[0], x[1]), Tensor.Where(x[3], x[0], x[2]), Tensor.Where(x[4], x[2], x[1])],
                a, b, row, a.EqualTo(b), Numbers([5, 1], 5, DType.Bool));
            Add($"{dtype} casts", x => [.. Enum.GetValues<DType>().Select(x[0].Cast)], a);
        }

        Tensor p = Numbers([5, 7], 1, DType.Bool), q = Numbers([5, 7], 2, DType.Bool), r = Numbers([7], 3, DType.Bool);
        Add("logic", x => [x[0] & x[1], x[0] | x[2], x[0] ^ x[1], !x[0], x[0].Any(1), x[0].All(0), x[0].All(1), x[0].Take(0, Tensor.From<long>([1, 0]).AsFree())], p, q, r);
        Tensor strange = Tensor.From([0.0, -0.0, 1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -3.5, 1e300]);
        Add("predicates", x => [x[0].IsNaN(), x[0].IsFinite(), x[0].IsInfinite(), x[0].Floor(), x[0].Ceiling(), x[0].Round(), x[0].Truncate(), x[0].Sign()], strange);
        Tensor masked = Tensor.From([double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, 1, 2, double.NaN], [3, 2]);
        Add("infinite rows", x => [x[0].Softmax(), x[0].LogSoftmax(), x[0].LogSumExp(), x[0].LogCumSumExp(-1)], masked);
        Add("positions", x => [x[0].ArgMax(-1), x[0].ArgMin(0), x[0].ArgSort(-1)], StructureCases.Values([5, 5]));
        Add("assignment", x => [x[0].LinearAssignment()], StructureCases.Values([2, 4, 6]));
        Add("sign of determinant", x => [x[0].SlogDet().Sign], StructureCases.Values([2, 3, 3]));
        Add("norm of gradients", x => [GradientNorm.Instance.Apply(x)], StructureCases.Values([5, 7]), StructureCases.Values([3]));
        Add("identity", x => [Gradient.Stop(x[0]) + x[0]], StructureCases.Values([3]));
    }

    // Rows of more than a leaf of the tree, and arrays that threads share.
    private static void AddLong()
    {
        foreach (int columns in new[] { 3, 16, 33, 700 })
        {
            Add(
                $"rows of {columns}",
                x => [x[0].Sum(-1), x[0].Mean(-1), x[0].Var(-1), x[0].Std(-1), x[0].Norm(2, -1), x[0].Norm(1, -1), x[0].Max(-1), x[0].Softmax(), x[0].LogSumExp(-1)],
                StructureCases.Values([37, columns]));
        }

        Add("axes apart", x => [x[0].Sum([0, 2]), x[0].Var([0, 2]), x[0].Max([0, -1])], StructureCases.Values([4, 5, 6]));
        Add("shared", x => [x[0].Exp() * x[0], x[0].LogGamma(), x[0].Sum(), Tensor.Where(x[0] > 0, x[0], 0), x[0].Var(0)], StructureCases.Values([400, 400]));
    }

    // Operations that have no gradient of their own, and so no entry in its table.
    private static void AddQuantiles()
    {
        Tensor shape = DomainValues.Sample(Domain.Positive, [5, 7], 1), other = DomainValues.Sample(Domain.Positive, [7], 2);
        Tensor real = DomainValues.Sample(Domain.Real, [5, 7], 3), p = DomainValues.Sample(Domain.Probability, [5, 7], 4);
        Add(
            "quantiles",
            x =>
            [
                StudentTQuantile.Instance.Apply(x[0], x[3]), ContinuousBernoulliQuantile.Instance.Apply(x[2], x[3]), GammaUpperQuantile.Instance.Apply(x[0], x[3]),
                BetaOddsQuantile.Instance.Apply(x[0], x[1], x[3]), new PoissonQuantile(x[0].DType.Epsilon()).Apply(x[0], x[3]),
                new TailQuantile(VonMisesTail.Cdf).Apply(x[0], x[3]), new TailQuantile(SkewNormalTail.Cdf).Apply(x[2], x[3]),
                new TailQuantile(ExGaussianTail.Cdf).Apply(x[0], x[3]), new TailQuantile(InverseGaussianTail.Cdf).Apply(x[0], x[3]),
            ],
            shape, other, real, p);
    }

    private static Tensor Numbers(Shape shape, int salt, DType dtype) => dtype == DType.Bool
        ? StructureCases.Values(shape, salt) > 0
        : (StructureCases.Values(shape, salt) * 5).Round().Cast(dtype);
}
