using ProbNet.Autodiff;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>What a diffusion made of the digits.</summary>
/// <param name="Test">Test digits, [n, 64], whole numbers.</param>
/// <param name="Classes">What all ten digits are, as inputs [10, 10].</param>
/// <param name="Diffusion">Its predictions for the ten digits.</param>
internal sealed record DigitsResult(Tensor Test, Tensor Classes, Diffusion Diffusion)
{
    public required int TrainRows { get; init; }

    /// <summary>The mean of −ln p of dequantised test digits, given what they are, in nats a pixel, with its standard error, and how many there were.</summary>
    public required (double Mean, double StandardError, int Rows) NatsPerPixel { get; init; }

    /// <summary>The bound of the same for all test digits.</summary>
    public required double BoundPerPixel { get; init; }

    public required double Seconds { get; init; }

    public required History History { get; init; }
}
