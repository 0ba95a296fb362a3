using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

public static partial class OpTable
{
    private static Dictionary<string, Func<OpCall, Tensor>> Losses() => new()
    {
        ["mse_loss"] = c => (c["x"] - c["y"]).Square().Mean(),
        ["l1_loss"] = c => (c["x"] - c["y"]).Abs().Mean(),
        ["huber_loss"] = c => c.Number("delta", 1) * SmoothAbsolute(c["x"] - c["y"], c.Number("delta", 1)).Mean(),
        ["smooth_l1_loss"] = c => SmoothAbsolute(c["x"] - c["y"], c.Number("beta", 1)).Mean(),
        ["bce_with_logits"] = c => (c["x"].Softplus() - (c["x"] * c["y"])).Mean(),
        ["cross_entropy"] = c => -c["x"].LogSoftmax().Gather(-1, c["y"].Unsqueeze(-1)).Mean(),
        ["gaussian_nll"] = c =>
            ((0.5 * ((c["y"] - c["mu"]) * (-c["log_sigma"]).Exp()).Square()) + c["log_sigma"] + (0.5 * Math.Log(2 * Math.PI))).Mean(),
        ["pinball_loss"] = c => Tensor.Maximum(c.Number("tau") * (c["y"] - c["q"]), (c.Number("tau") - 1) * (c["y"] - c["q"])).Mean(),
        ["kl_diag_gaussian"] = c => -0.5 * (1 + c["logvar"] - c["mu"].Square() - c["logvar"].Exp()).Sum(-1),
    };

    private static Dictionary<string, Func<OpCall, Tensor>> Networks() => new()
    {
        ["linear"] = c => Linear(c["x"], c["w"], c["b"]),
        ["dropout_mask"] = c => c["x"] * c["mask"] / (1 - c.Number("p")),
        ["batch_norm_train"] = c =>
        {
            int kept = c.Int("axis_kept");
            int[] others = [.. Enumerable.Range(0, c["x"].Rank).Where(axis => axis != kept)];
            int after = c["x"].Rank - 1 - kept;
            return (Standardize(c["x"], others, c.Number("eps")) * Trailing(c["w"], after)) + Trailing(c["b"], after);
        },
        ["batch_norm_eval"] = c =>
            ((c["x"] - c["running_mean"]) * (c["running_var"] + c.Number("eps")).Rsqrt() * c["w"]) + c["b"],
        ["layer_norm"] = c =>
            (Standardize(c["x"], [.. Enumerable.Range(1, c.Ints("normalized_shape").Length).Select(i => -i)], c.Number("eps")) * c["w"]) + c["b"],
        ["group_norm"] = c =>
        {
            Tensor x = c["x"];
            Tensor groups = x.Reshape([x.Shape[0], c.Int("groups"), -1]);
            return (Standardize(groups, [2], c.Number("eps")).Reshape(x.Shape) * Trailing(c["w"], x.Rank - 2)) + Trailing(c["b"], x.Rank - 2);
        },
        ["instance_norm"] = c => Standardize(c["x"], [.. Enumerable.Range(2, c["x"].Rank - 2)], c.Number("eps")),
        ["rms_norm"] = c => c["x"] * (c["x"].Square().Mean(-1, keepDims: true) + c.Number("eps")).Rsqrt() * c["w"],
        ["attention"] = c => (c["q"].MatMul(c["k"].Transpose()) / Math.Sqrt(c["q"].Shape[^1])).Softmax().MatMul(c["v"]),
        ["gru_cell"] = c =>
        {
            Dictionary<char, Tensor> input = Gates(Linear(c["x"], c["wi"], c["bi"]), c.Text("gate_order"));
            Dictionary<char, Tensor> hidden = Gates(Linear(c["h"], c["wh"], c["bh"]), c.Text("gate_order"));
            Tensor reset = (input['r'] + hidden['r']).Sigmoid(), update = (input['z'] + hidden['z']).Sigmoid();
            Tensor candidate = (input['n'] + (reset * hidden['n'])).Tanh();
            return ((1 - update) * candidate) + (update * c["h"]);
        },
        ["upsample_nearest2d"] = c => c.X.RepeatInterleave(c.Int("scale"), -1).RepeatInterleave(c.Int("scale"), -2),
    };

    private static Tensor Linear(Tensor x, Tensor w, Tensor b) => x.MatMul(w.Transpose()) + b;

    // ½d²/β for |d| < β, and |d| − β/2 beyond.
    private static Tensor SmoothAbsolute(Tensor d, double beta) =>
        Tensor.Where(d.Abs().LessThan(beta), 0.5 / beta * d.Square(), d.Abs() - (0.5 * beta));

    private static Tensor Standardize(Tensor x, int[] axes, double epsilon) =>
        (x - x.Mean(axes, keepDims: true)) * (x.Var(axes, correction: 0, keepDims: true) + epsilon).Rsqrt();

    /// <summary>A vector with axes of length 1 after it.</summary>
    private static Tensor Trailing(Tensor vector, int axes) => vector.Reshape([vector.Size, .. Enumerable.Repeat(1, axes)]);

    private static Dictionary<char, Tensor> Gates(Tensor all, string order)
    {
        char[] names = [.. order.Where(char.IsLetter)];
        Tensor[] parts = all.Split(names.Length, -1);
        return names.Zip(parts).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
