using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>The operations of ops.json by name, in terms of ProbNet's public functions.</summary>
public static partial class OpTable
{
    private const string Convolution = "convolution, pooling and resampling layers are not there yet";

    private static readonly Dictionary<string, string> s_skipped = new()
    {
        ["conv1d"] = Convolution,
        ["conv2d"] = Convolution,
        ["conv3d"] = Convolution,
        ["conv_transpose1d"] = Convolution,
        ["conv_transpose2d"] = Convolution,
        ["conv_transpose3d"] = Convolution,
        ["im2col"] = Convolution,
        ["max_pool1d"] = Convolution,
        ["max_pool2d"] = Convolution,
        ["avg_pool1d"] = Convolution,
        ["avg_pool2d"] = Convolution,
        ["adaptive_avg_pool2d"] = Convolution,
        ["global_avg_pool2d"] = Convolution,
        ["upsample_bilinear2d"] = Convolution,
    };

    private static readonly Dictionary<string, Func<OpCall, Tensor[]>> s_table = Build();

    /// <summary>The names that the runner knows and cannot run, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Skipped => s_skipped;

    /// <summary>The names that the runner runs.</summary>
    public static IReadOnlyCollection<string> Names => s_table.Keys;

    /// <summary>The function of a name.</summary>
    /// <exception cref="SkippedException">The runner cannot run it.</exception>
    public static Func<OpCall, Tensor[]> Find(string name) => s_table.TryGetValue(name, out Func<OpCall, Tensor[]>? op) ? op
        : throw new SkippedException(s_skipped.TryGetValue(name, out string? reason) ? reason : $"the operation '{name}' is unknown to the runner");

    private static Dictionary<string, Func<OpCall, Tensor[]>> Build()
    {
        var table = new Dictionary<string, Func<OpCall, Tensor[]>>();
        void AddAll(Dictionary<string, Func<OpCall, Tensor>> ops)
        {
            foreach ((string name, Func<OpCall, Tensor> op) in ops)
            {
                table.Add(name, call => [op(call)]);
            }
        }

        AddAll(Elementwise());
        AddAll(Reductions());
        AddAll(Shaping());
        AddAll(LinearAlgebra());
        AddAll(Losses());
        AddAll(Networks());
        foreach ((string name, Func<OpCall, Tensor[]> op) in SeveralOutputs())
        {
            table.Add(name, op);
        }

        return table;
    }

    private static Dictionary<string, Func<OpCall, Tensor[]>> SeveralOutputs() => new()
    {
        ["split"] = c => c.X.Split(c.Ints("sizes"), c.Axis),
        ["sort"] = c => Pair(c.X.Sort(c.AxisOrLast, c.Bool("descending"))),
        ["topk"] = c => Pair(c.X.TopK(c.Int("k"), c.AxisOrLast, !c.Has("largest") || c.Bool("largest"))),
        ["slogdet"] = c => Pair(c.X.SlogDet()),
        ["hvp_composite"] = c =>
        {
            Tensor F(Tensor x) => x.Sin().Exp().Sum() * (x * x).Sum().Log1p();
            (Tensor value, Tensor gradient) = Gradient.ValueAndGradient(F, c["x"]);
            return [value, gradient, Gradient.HessianVectorProduct(F, c["x"], c["v"])];
        },
        ["batch_norm_running_update"] = c =>
        {
            double m = c.Number("momentum");
            return
            [
                ((1 - m) * c.Number("initial_mean")) + (m * c.X.Mean(0)),
                ((1 - m) * c.Number("initial_var")) + (m * c.X.Var(0, correction: 1)),
            ];
        },
        ["lstm_cell"] = c =>
        {
            Tensor gates = Linear(c["x"], c["wi"], c["bi"]) + Linear(c["h"], c["wh"], c["bh"]);
            Dictionary<char, Tensor> gate = Gates(gates, c.Text("gate_order"));
            Tensor cell = (gate['f'].Sigmoid() * c["c"]) + (gate['i'].Sigmoid() * gate['g'].Tanh());
            return [gate['o'].Sigmoid() * cell.Tanh(), cell];
        },
    };

    private static Tensor[] Pair((Tensor First, Tensor Second) pair) => [pair.First, pair.Second];
}
