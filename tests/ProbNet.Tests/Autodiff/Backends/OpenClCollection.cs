namespace ProbNet.Tests.Autodiff;

/// <summary>Tests that share <c>Device.OpenCl()</c>, of which some count what it does: one class after the other, beside all other tests.</summary>
[CollectionDefinition(nameof(OpenClCollection))]
public class OpenClCollection;
