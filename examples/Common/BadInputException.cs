namespace ProbNet.Examples;

/// <summary>What the user gave cannot be used; the message is one line that says why and what to do.</summary>
public sealed class BadInputException(string message) : Exception(message);
