using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>
/// A linear autoencoder whose weights are set by hand, so that everything is known: y = W·z + b + σ·ε, z ~ N(0, I), and q(z|y) = N(A·y + c, diag s²).
/// </summary>
internal sealed class LinearVae
{
    public const int Outputs = 3, Latent = 2;

    private LinearVae(Model<Vae> model) => Model = model;

    public Model<Vae> Model { get; }

    public Vae Prediction => Model.Predict();

    /// <summary>p(y) in closed form: N(b, W·Wᵀ + σ²·I).</summary>
    public MultivariateNormal Exact { get; private init; } = null!;

    /// <summary>With a posterior that is not the true one, or with the true one: that of orthogonal columns of W is N((WᵀW + σ²I)⁻¹Wᵀ(y − b), …), diagonal.</summary>
    public static LinearVae Create(bool isExact, VaeOptions? options = null)
    {
        Model<Vae> model = new Model<Vae>(
            new Sequential([]), new VaeHead(Latent, [], [], new HomoscedasticNormalHead(Outputs, minScale: 0.1), options), DType.Float64).Build(0, RandomKey.FromSeed(1));

        // Orthogonal columns, of squared lengths 9 and 2.88.
        Tensor w = Tensor.From(new double[,] { { 2, 1.2 }, { 1, 0 }, { 2, -1.2 } }), b = Tensor.From(0.5, -1.0, 0.3);
        double[] lengths = [9, 2.88];
        const double Variance = 0.5;

        double[] factors = [.. lengths.Select(length => 1 / (length + Variance))];
        Tensor a = w * Tensor.From(factors), loc = -(b.Unsqueeze(0).MatMul(a)).Reshape(Latent);
        double[] scales = [.. factors.Select(factor => Math.Sqrt(Variance * factor))];
        if (!isExact)
        {
            (a, loc, scales) = (0.8 * a, loc + 0.1, [1.3 * scales[0], 1.6 * scales[1]]);
        }

        // A Normal's raw parameters lie side by side: mean and raw scale of the first, then of the second.
        Set(model, "head.posterior.weight", Tensor.Stack([a, Tensor.ZerosLike(a)], -1).Reshape(Outputs, 2 * Latent));
        Set(model, "head.posterior.bias", Tensor.Stack([loc, Tensor.From([.. scales.Select(s => InverseSoftplus(s - 1e-3))])], -1).Reshape(2 * Latent));
        Set(model, "head.likelihood.weight", w.Transpose());
        Set(model, "head.likelihood.bias", b);
        Set(model, "head.likelihood.raw_scale", Tensor.Scalar(InverseSoftplus(Math.Sqrt(Variance) - 0.1), DType.Float64));
        return new LinearVae(model)
        {
            Exact = MultivariateNormal.FromCovariance(b, w.MatMul(w.Transpose()) + (Variance * Tensor.Eye(Outputs, DType.Float64))),
        };
    }

    private static void Set(Model<Vae> model, string name, Tensor value) => model.Parameters.Single(p => p.Name == name).Value = value;

    private static double InverseSoftplus(double y) => Math.Log(Math.Exp(y) - 1);
}
