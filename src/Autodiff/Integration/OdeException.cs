namespace ProbNet.Autodiff;

/// <summary>An adaptive solver could not reach the end: the equation is stiff, or its solution leaves the range of numbers.</summary>
/// <param name="message">What happened, where, and what to do.</param>
public sealed class OdeException(string message) : Exception(message);
