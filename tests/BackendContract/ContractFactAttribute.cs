using Xunit.Sdk;

namespace ProbNet.BackendContract;

/// <summary>A fact of the contract: skipped, with one line that says why, where the device of the test class is not there.</summary>
[XunitTestCaseDiscoverer("ProbNet.BackendContract.ContractFactDiscoverer", "ProbNet.BackendContract")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;
