using Xunit.Abstractions;
using Xunit.Sdk;

namespace ProbNet.BackendContract;

/// <summary>Finds the facts of the contract, and asks their class for its device; xunit calls it.</summary>
/// <param name="sink">Where xunit reports.</param>
public sealed class ContractFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    /// <inheritdoc/>
    protected override IXunitTestCase CreateTestCase(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        string? reason = ReasonToSkip(testMethod.TestClass.Class.ToRuntimeType());
        return reason is null
            ? base.CreateTestCase(discoveryOptions, testMethod, factAttribute)
            : new XunitSkippedDataRowTestCase(
                DiagnosticMessageSink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod, reason);
    }

    // A class whose constructor takes something, or a device that fails, is for the test itself to fail at.
    private static string? ReasonToSkip(Type testClass)
    {
        try
        {
            return Activator.CreateInstance(testClass) is DeviceContractTests { IsAbsent: true } test ? test.Absence : null;
        }
        catch (Exception e) when (e is MissingMethodException or System.Reflection.TargetInvocationException or InvalidOperationException)
        {
            return null;
        }
    }
}
