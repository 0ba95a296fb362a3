using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// What tensors, graphs and training must do on a device, whatever it is made of: the same as on the processor. An adapter's tests are a subclass of
/// <see cref="BackendContractTests"/>, which adds what its <see cref="IBackend"/> must do; this part alone is for the processor too.
/// </summary>
public abstract partial class DeviceContractTests
{
    // Sums in another order, and functions that a device rounds in its own way: a hundred roundings or so of Float32.
    private const double Tolerance32 = 1e-5, Tolerance64 = 1e-12;

    /// <summary>Why there is no device, for the line of a skipped test.</summary>
    public virtual string Absence => "There is no such device on this machine.";

    internal bool IsAbsent => Device is null;

    /// <summary>The device to test; null where there is none. The same at each call.</summary>
    protected abstract Device? Device { get; }

    /// <summary>Whether what takes many different kernels is run in full, as a device can afford that compiles in no time; else in part.</summary>
    protected virtual bool IsThorough => false;

    /// <summary>The device, for tests that run only where it is there.</summary>
    private protected Device Target => Device ?? throw new InvalidOperationException(Absence);

    /// <summary>The floating-point types that the device computes in.</summary>
    private protected IEnumerable<DType> FloatingTypes => Target.Info.HasFloat64 ? [DType.Float32, DType.Float64] : [DType.Float32];

    /// <summary>Compiles the kernels of an operation that runs later, for back ends that compile many together.</summary>
    private protected void Prepare(Op op, Tensor[] inputs, TensorType type)
    {
        if (!Target.IsCpu)
        {
            CompiledOp.TryCompile(Target, op, new EagerCall(op, inputs), type);
        }
    }

    /// <summary>Compiles the kernels of the operations of a function.</summary>
    private protected void Prepare(Func<Tensor, Tensor> f, Tensor x)
    {
        foreach (Tensor result in TracedFunction.Trace(inputs => [f(inputs[0])], [new(x.Shape, x.DType)]).Operations)
        {
            Prepare(result.Node!.Op, result.Node.Inputs, new(result.Shape, result.DType));
        }
    }

    private protected static void AssertNone(List<string> wrong) =>
        Assert.True(wrong.Count == 0, FormattableString.Invariant($"{wrong.Count} differ:\n") + string.Join('\n', wrong.Take(30)));

    /// <summary>Where two tensors differ; null if they agree to rounding, NaN and infinities included.</summary>
    private protected static string? Difference(Tensor expected, Tensor actual, double? tolerance = null)
    {
        if (expected.Shape != actual.Shape || expected.DType != actual.DType)
        {
            return $"the processor has {expected.DType} {expected.Shape}, the device {actual.DType} {actual.Shape}";
        }

        double relative = tolerance ?? (expected.DType == DType.Float32 ? Tolerance32 : Tolerance64);
        double[] a = expected.ToDoubles(), b = actual.ToDoubles();
        for (int i = 0; i < a.Length; i++)
        {
            if (!(a[i].Equals(b[i]) || Math.Abs(a[i] - b[i]) <= relative * (1 + Math.Abs(a[i]))))
            {
                return FormattableString.Invariant($"element {i} of {expected.DType} {expected.Shape}: the processor has {a[i]:R}, the device {b[i]:R}");
            }
        }

        return null;
    }

    private protected static void AssertSame(Tensor expected, Tensor actual, string what, double? tolerance = null)
    {
        string? difference = Difference(expected, actual, tolerance);
        Assert.True(difference is null, $"{what}: {difference}");
    }

    private protected static void AssertSameBits(Tensor expected, Tensor actual, string what)
    {
        Assert.Equal((expected.Shape, expected.DType), (actual.Shape, actual.DType));
        Assert.True(BytesOf(expected).AsSpan().SequenceEqual(BytesOf(actual)), $"{what}: {Difference(expected, actual, 0)}");
    }

    /// <summary>Values of either sign below 1, or small integers, or booleans, without a pattern.</summary>
    private protected static Tensor Values(Shape shape, DType dtype, int salt = 0) => dtype switch
    {
        DType.Bool => StructureCases.Values(shape, salt) > 0,
        DType.Int32 or DType.Int64 => (StructureCases.Values(shape, salt) * 9).Round().Cast(dtype),
        _ => StructureCases.Values(shape, salt).Cast(dtype),
    };

    private static byte[] BytesOf(Tensor x)
    {
        var bytes = new byte[Buffer.ByteLength(x.RawData)];
        Buffer.BlockCopy(x.RawData, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
