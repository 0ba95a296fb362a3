namespace ProbNet.Autodiff;

/// <summary>The largest magnitudes among the elements of an update.</summary>
/// <param name="Weight">Of the weights.</param>
/// <param name="Gradient">Of the gradients.</param>
/// <param name="State">Of the first vector of the optimizer's state.</param>
internal readonly record struct Largest(double Weight, double Gradient, double State);
