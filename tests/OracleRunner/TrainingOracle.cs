using System.Text.Json;
using ProbNet.Autodiff;

namespace ProbNet.OracleRunner;

/// <summary>Cases of training.json: twenty full-batch steps of an optimizer of PyTorch 1.13 on a small network, compared step by step.</summary>
public sealed class TrainingOracle : IOracle
{
    private const double Tolerance = 1e-10;

    /// <inheritdoc/>
    public string Key => "optimizer";

    /// <inheritdoc/>
    public void Run(OracleCase oracleCase, Differences differences)
    {
        JsonElement json = oracleCase.Json;
        Parameter[] parameters = [.. json.Property("initial").EnumerateObject().Select(p => new Parameter(p.Name, OracleTensor.Read(p.Value).ToTensor()))];
        JsonElement data = json.Property("data");
        Func<Tensor> loss = Loss(json.Property("network").GetString()!, data, parameters.ToDictionary(p => p.Name));
        Optimizer optimizer = Create(json.Property("optimizer").GetString()!, new Hyper(json.Property("hyper")), Rate(json));
        double? maxNorm = json.Property("mode").GetString() == "clip_norm" ? json.Property("mode_args").Property("max_norm").GetDouble() : null;

        OracleTensor losses = OracleTensor.Read(json.Property("loss_before_step")), rates = OracleTensor.Read(json.Property("learning_rates"));
        for (int step = 0; step < losses.Data.Length; step++)
        {
            (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(loss, parameters);
            if (maxNorm is { } limit)
            {
                gradients = GradientClipping.ByGlobalNorm(gradients, limit).Gradients;
            }

            if (step == 0)
            {
                CompareAll("first gradient", json.Property("first_gradient_after_clipping"), parameters, gradients, differences);
            }

            Compare($"loss before step {step}", losses.Data[step], value.ToScalar(), differences);
            Compare($"learning rate of step {step}", rates.Data[step], optimizer.CurrentLearningRate, differences);
            optimizer.Step(parameters, gradients);
        }

        Compare("loss after the last step", OracleTensor.Number(json.Property("loss_after_20")), loss().ToScalar(), differences);
        CompareAll("final", json.Property("final"), parameters, Array.ConvertAll(parameters, p => p.Value), differences);
    }

    private static void Compare(string what, double? expected, double actual, Differences differences)
    {
        if (expected is { } reference)
        {
            differences.Compare(what, reference, actual, Tolerance, Tolerance);
        }
    }

    private static void CompareAll(string what, JsonElement expected, Parameter[] parameters, Tensor[] actual, Differences differences)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            differences.Compare(
                $"{what} {parameters[i].Name}", OracleTensor.Read(expected.Property(parameters[i].Name)), actual[i], Tolerance, Tolerance);
        }
    }

    private static Func<Tensor> Loss(string network, JsonElement data, Dictionary<string, Parameter> p)
    {
        Tensor x = OracleTensor.Read(data.Property("X")).ToTensor();
        OracleTensor target = OracleTensor.Read(data.Property("y"));
        Tensor y = target.ToTensor();
        Tensor Dense(Tensor input, int layer) => input.MatMul(p[$"W{layer}"].Read().Transpose()) + p[$"b{layer}"];
        switch (network)
        {
            case "linear_mse":
                return () => (x.MatMul(p["w"]) + p["b"] - y).Square().Mean();
            case "mlp_gaussian_nll":
                return () =>
                {
                    Tensor o = Dense(Dense(x, 1).Tanh(), 2), mu = o[.., 0], logSigma = o[.., 1];
                    return ((0.5 * ((y - mu) * (-logSigma).Exp()).Square()) + logSigma + (0.5 * Math.Log(2 * Math.PI))).Mean();
                };
            case "mlp_softmax_ce":
                Tensor labels = target.ToTensor(DType.Int64);
                return () => -Dense(Dense(x, 1).Relu(), 2).LogSoftmax().Gather(-1, labels.Unsqueeze(-1)).Mean();
            default:
                throw new SkippedException($"the network '{network}' is unknown to the runner");
        }
    }

    private static Schedule Rate(JsonElement json)
    {
        double rate = json.Property("hyper").Property("lr").GetDouble();
        JsonElement arguments = json.Property("mode_args");
        return json.Property("mode").GetString() switch
        {
            "plain" or "clip_norm" => rate,
            "cosine_lr" => new CosineAnnealing(rate, arguments.Property("T_max").GetInt64(), arguments.Property("eta_min").GetDouble()),
            "step_lr" => new StepDecay(rate, arguments.Property("step_size").GetInt64(), arguments.Property("gamma").GetDouble()),
            "exp_lr" => new ExponentialDecay(rate, arguments.Property("gamma").GetDouble()),
            var mode => throw new SkippedException($"the mode '{mode}' is unknown to the runner"),
        };
    }

    private static Optimizer Create(string name, Hyper hyper, Schedule rate) => name switch
    {
        "SGD" or "Momentum" => new Sgd(rate, hyper["momentum", 0], hyper["dampening", 0], hyper.Is("nesterov"), hyper["weight_decay", 0]),
        "Nesterov" => new Sgd(rate, hyper["momentum", 0.9], nesterov: true, weightDecay: hyper["weight_decay", 0]),
        "Adagrad" => new AdaGrad(
            rate, hyper["lr_decay", 0], hyper["weight_decay", 0], hyper["initial_accumulator_value", 0], hyper["eps", 1e-10]),
        "RMSProp" => new RmsProp(
            rate, hyper["alpha", 0.99], hyper["eps", 1e-8], hyper.Is("centered"), hyper["momentum", 0], hyper["weight_decay", 0]),
        "Adam" or "AMSGrad" => new Adam(
            rate, hyper["beta1", 0.9], hyper["beta2", 0.999], hyper["eps", 1e-8], hyper["weight_decay", 0], name == "AMSGrad" || hyper.Is("amsgrad")),
        "AdamW" => new AdamW(
            rate, hyper["beta1", 0.9], hyper["beta2", 0.999], hyper["eps", 1e-8], hyper["weight_decay", 0.01], hyper.Is("amsgrad")),
        "Adadelta" => new AdaDelta(rate, hyper["rho", 0.9], hyper["eps", 1e-6], hyper["weight_decay", 0]),
        "Adamax" => new Adamax(rate, hyper["beta1", 0.9], hyper["beta2", 0.999], hyper["eps", 1e-8], hyper["weight_decay", 0]),
        "NAdam" => new NAdam(
            rate, hyper["beta1", 0.9], hyper["beta2", 0.999], hyper["eps", 1e-8], hyper["weight_decay", 0], hyper["momentum_decay", 0.004],
            asPyTorch1: true),
        "RAdam" => new RAdam(rate, hyper["beta1", 0.9], hyper["beta2", 0.999], hyper["eps", 1e-8], hyper["weight_decay", 0]),
        _ => throw new SkippedException($"the optimizer '{name}' is unknown to the runner"),
    };

    private readonly struct Hyper(JsonElement json)
    {
        public double this[string name, double otherwise] => json.Optional(name)?.GetDouble() ?? otherwise;

        public bool Is(string name) => json.Optional(name)?.GetBoolean() ?? false;
    }
}
