using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>The generator, from standard Normal numbers and features to data, and the critic, from data and features to a number.</summary>
internal sealed class GanNetworks
{
    private readonly CompiledFunction _draw;

    public GanNetworks(int dimension, int latent, Layer generator, Layer critic)
    {
        (Dimension, Latent) = (dimension, latent);
        GeneratorBody = generator;
        CriticBody = critic;
        _draw = new((key, inputs) => [HeldWeights.With(Generator!.Parameters, inputs[1..], () => Generate(key, inputs[0], ForwardContext.Inference))]);
        Generator = new Sequential(generator, new Dense(dimension));
        Critic = new Sequential(critic, new Dense(1));
    }

    public int Dimension { get; }

    /// <summary>How many random numbers a draw is made of.</summary>
    public int Latent { get; }

    public Layer GeneratorBody { get; }

    public Layer CriticBody { get; }

    public Sequential Generator { get; }

    public Sequential Critic { get; }

    public void Build(int features, BuildContext context)
    {
        Generator.Build([Latent + features], context.Child("generator"));
        Critic.Build([Dimension + features], context.Child("critic"));
    }

    /// <summary>A draw for each row of features by a generator of given weights, compiled.</summary>
    public Tensor Draw(RandomKey key, Tensor features, Tensor[] weights) => _draw.Run(key, [features, .. weights])[0];

    /// <summary>A draw for each row of features.</summary>
    public Tensor Generate(RandomKey key, Tensor features, ForwardContext context)
    {
        Tensor noise = key.Normal([features.Shape[0], Latent], features.DType);
        return Generator.Forward(Join(features.IsSymbolic ? noise : noise.To(features.Device), features), context);
    }

    /// <summary>What the critic says, [n].</summary>
    public Tensor Criticize(Tensor data, Tensor features, ForwardContext context) => Critic.Forward(Join(data, features), context).Squeeze(-1);

    private static Tensor Join(Tensor data, Tensor features) => features.Shape[-1] == 0 ? data : Tensor.Concat([data, features], -1);
}
