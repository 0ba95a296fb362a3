using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

public abstract partial class DeviceContractTests
{
    /// <summary>Every operation of the library, those of gradients included, in Float32.</summary>
    [ContractFact]
    public void Operations_InFloat32_GiveTheProcessorsResults() => CheckOperations(DType.Float32);

    /// <summary>Every operation of the library in Float64, where the device has it.</summary>
    [ContractFact]
    public void Operations_InFloat64_GiveTheProcessorsResults()
    {
        if (Target.Info.HasFloat64)
        {
            CheckOperations(DType.Float64);
        }
        else
        {
            DeviceException e = Assert.Throws<DeviceException>(() => Tensor.From(1.0).To(Target));
            Assert.Contains("does not compute in Float64", e.Message, StringComparison.Ordinal);
            e = Assert.Throws<DeviceException>(() => Tensor.From(1f).To(Target).Cast(DType.Float64));
            Assert.Contains("Cast", e.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Tensors of two devices do not mix, and the message names both; numbers go where they are needed.</summary>
    [ContractFact]
    public void Operations_OnTwoDevices_AreRefused()
    {
        Tensor here = Values([3], DType.Float32).To(Target);
        if (!Target.IsCpu)
        {
            DeviceException e = Assert.Throws<DeviceException>(() => here + Tensor.From(1f, 2f, 3f));
            Assert.Contains(Target.ToString(), e.Message, StringComparison.Ordinal);
            Assert.Contains("cpu", e.Message, StringComparison.Ordinal);
            Assert.Contains("Add", e.Message, StringComparison.Ordinal);
        }

        Tensor sum = (here * 2) + Tensor.Ones([3]) + Tensor.Arange(3).Cast(DType.Float32) + RandomKey.FromSeed(3).Normal([3]);
        Assert.Same(Target, sum.Device);
        Tensor cpu = here.To(Device.Cpu);
        AssertSame((cpu * 2) + Tensor.Ones([3]) + Tensor.Arange(3).Cast(DType.Float32) + RandomKey.FromSeed(3).Normal([3]), sum, "sum with numbers");
    }

    /// <summary>Gradients of each kind of operation against differences, both computed on the device.</summary>
    [ContractFact]
    public void Gradients_OnTheDevice_MatchDifferences()
    {
        if (!Target.Info.HasFloat64)
        {
            return;
        }

        Tensor x = Values([3, 5], DType.Float64, 1).To(Target), w = Values([5, 2], DType.Float64, 2).To(Target), index = Tensor.From<long>([2, 0, 2]).To(Target);
        (string Name, Func<Tensor[], Tensor> Function, Tensor[] Inputs)[] cases =
        [
            ("map", v => (v[0].Tanh() * v[0].Exp()).Sum(), [x]),
            ("broadcast", v => (v[0] * v[1]).Softplus(), [x, Values([5], DType.Float64, 3).To(Target)]),
            ("sum", v => v[0].Square().Sum(0) * v[0].Mean(), [x]),
            ("log-sum-exp", v => v[0].LogSumExp(-1) + v[0].Var(-1), [x]),
            ("softmax", v => v[0].Softmax().Square(), [x]),
            ("product", v => v[0].MatMul(v[1]).Sigmoid(), [x, w]),
            ("gather", v => v[0].Take(0, v[1]).Square(), [x, index]),
            ("scatter", v => v[0].IndexAdd(0, v[1], v[2]).Square(), [x, index, Values([3, 5], DType.Float64, 4).To(Target)]),
            ("scan", v => v[0].CumSum(-1).Tanh() + v[0].LogCumSumExp(0), [x]),
            ("sort", v => v[0].Sort().Values * v[0], [x]),
            ("views", v => v[0].Transpose()[1..].Reshape(3, 4).Flip(0).Square(), [x]),
            ("maximum", v => v[0].Max(-1) * v[0].Prod(0).Sum(), [x]),
            ("factor", v => v[0].MatMul(v[0].Transpose()).Cholesky(), [(Tensor.Eye(3, DType.Float64).To(Target) * 2) + x[.., ..3]]),
        ];
        foreach ((string name, Func<Tensor[], Tensor> f, Tensor[] inputs) in cases)
        {
            GradientCheckResult result = GradientCheck.Run(f, inputs);
            Assert.True(result.Passed, $"{name}: {result}");
        }
    }

    private void CheckOperations(DType dtype)
    {
        var wrong = new List<string>();
        (string Name, Op Op, Tensor[] Inputs)[] chosen = [.. Chosen(OpEvaluationCases.Operations(dtype).Where(of => Runs(of.Op, of.Inputs)), dtype)];
        foreach ((string _, Op op, Tensor[] inputs) in chosen)
        {
            Prepare(op, inputs, op.Infer(inputs));
        }

        foreach ((string name, Op op, Tensor[] inputs) in chosen)
        {
            try
            {
                Tensor actual = op.Apply(Array.ConvertAll(inputs, x => x.IsFree ? x : x.To(Target)));
                Assert.Same(Target, actual.Device);
                if (Difference(op.Apply(inputs), actual) is { } difference)
                {
                    wrong.Add($"{op} in {name}: {difference}");
                }
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                wrong.Add($"{op} in {name}: {e.GetType().Name}: {e.Message}");
            }
        }

        AssertNone(wrong);
        Assert.True(chosen.Length > 200, FormattableString.Invariant($"Only {chosen.Length} operations ran."));
    }

    // The same operation comes again and again: twice of the same types and shapes will do. Where each shape is kernels to compile, the largest case of the same types: an
    // elementwise operation once with operands of one shape and once with such that broadcast; others, whose kernels look at the shape, twice in Float32.
    private IEnumerable<(string Name, Op Op, Tensor[] Inputs)> Chosen(IEnumerable<(string Name, Op Op, Tensor[] Inputs)> cases, DType dtype) => IsThorough
        ? cases.GroupBy(of => new EagerCall(of.Op, of.Inputs)).SelectMany(group => group.Take(2))
        : cases.GroupBy(of => ($"{of.Op}({string.Join(", ", of.Inputs.Select(x => x.DType))})", of.Op is ElementwiseOp && of.Inputs.Any(x => x.Shape != of.Inputs[0].Shape)))
            .SelectMany(group => group.OrderByDescending(of => of.Op.Infer(of.Inputs).Shape.Size).Take(group.First().Op is not ElementwiseOp && dtype == DType.Float32 ? 2 : 1));

    private bool Runs(Op op, Tensor[] inputs) => inputs.Any(x => !x.IsFree) && (Target.Info.HasFloat64 || !(inputs.Any(IsDouble) || op.Infer(inputs).DType == DType.Float64));

    private static bool IsDouble(Tensor x) => x.DType == DType.Float64;
}
