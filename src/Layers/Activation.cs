using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>An elementwise function between layers, known by its name.</summary>
public sealed class Activation
{
    private readonly Func<Tensor, Tensor> _function;

    /// <summary>An activation of your own; <see cref="LayerRegistry.RegisterActivation"/> makes it known to model files.</summary>
    /// <param name="name">Its name, as listed and saved.</param>
    /// <param name="function">An elementwise function.</param>
    /// <param name="defaultInitializer">What keeps the scale of signals through it; Glorot's by default.</param>
    public Activation(string name, Func<Tensor, Tensor> function, Initializer? defaultInitializer = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        _function = function;
        DefaultInitializer = defaultInitializer ?? Initializer.GlorotUniform;
    }

    /// <summary>x.</summary>
    public static Activation Identity { get; } = new("identity", x => x, Initializer.GlorotUniform);

    /// <summary>tanh(x).</summary>
    public static Activation Tanh { get; } = new("tanh", x => x.Tanh(), Initializer.GlorotUniform);

    /// <summary>max(x, 0).</summary>
    public static Activation Relu { get; } = new("relu", x => x.Relu(), Initializer.HeNormal);

    /// <summary>x, or 0.01·x below 0.</summary>
    public static Activation LeakyRelu { get; } = new("leaky_relu", x => x.LeakyRelu(0.01), Initializer.HeNormal);

    /// <summary>x, or eˣ − 1 below 0.</summary>
    public static Activation Elu { get; } = new("elu", x => x.Elu(), Initializer.HeNormal);

    /// <summary>The self-normalizing unit (Klambauer et al. 2017).</summary>
    public static Activation Selu { get; } = new("selu", x => x.Selu(), Initializer.LeCunNormal);

    /// <summary>x·Φ(x) (Hendrycks and Gimpel 2016).</summary>
    public static Activation Gelu { get; } = new("gelu", x => x.Gelu(), Initializer.HeNormal);

    /// <summary>x·σ(x), also called swish.</summary>
    public static Activation Silu { get; } = new("silu", x => x.Silu(), Initializer.HeNormal);

    /// <summary>x·tanh(softplus(x)) (Misra 2019).</summary>
    public static Activation Mish { get; } = new("mish", x => x.Mish(), Initializer.HeNormal);

    /// <summary>ln(1 + eˣ).</summary>
    public static Activation Softplus { get; } = new("softplus", x => x.Softplus(), Initializer.HeNormal);

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; } = new("sigmoid", x => x.Sigmoid(), Initializer.GlorotUniform);

    /// <summary>Its name, as listed and saved.</summary>
    public string Name { get; }

    /// <summary>The initializer that keeps the scale of signals through a layer followed by this activation.</summary>
    public Initializer DefaultInitializer { get; }

    /// <summary>Applies the function to each element.</summary>
    public Tensor Apply(Tensor x) => _function(x);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
