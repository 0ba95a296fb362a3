using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>
/// Every differentiable function of tensors, with the inputs that its gradients are checked at. A test fails when an operation or a public method of
/// <see cref="Tensor"/> is missing here and not listed in <see cref="WithoutGradient"/>.
/// </summary>
internal static partial class GradientTable
{
    private static readonly Dictionary<string, GradientEntry> s_entries = [];

    static GradientTable()
    {
        AddElementwise();
        AddSpecial();
        AddReductions();
        AddShaping();
        AddIndexing();
        AddLinearAlgebra();
        HashSet<string> tensors = [.. s_entries.Keys];
        AddDensities();
        AddTails();
        AddDistributionFunctions();
        AddSplines();
        OfDistributions = s_entries.Keys.Except(tensors).ToHashSet();
    }

    public static IReadOnlyDictionary<string, GradientEntry> Entries => s_entries;

    /// <summary>The names of the entries for operations of the distributions and transforms.</summary>
    public static IReadOnlySet<string> OfDistributions { get; }

    /// <summary>Public methods and operations whose result has no gradient, each with the reason.</summary>
    public static IReadOnlyDictionary<string, string> WithoutGradient { get; } = NoGradient();

    private static void Add(string name, Func<Tensor, Tensor> f, Family family, Domain domain = Domain.Real) =>
        s_entries.Add(name, new GradientEntry(name, x => f(x[0]), family, [domain]));

    private static void Add(string name, Func<Tensor, Tensor> f, Domain domain = Domain.Real) => Add(name, f, Family.Unary, domain);

    private static void Add(
        string name, Func<Tensor, Tensor, Tensor> f, Family family, Domain first = Domain.Real, Domain second = Domain.Real) =>
        s_entries.Add(name, new GradientEntry(name, x => f(x[0], x[1]), family, [first, second]));

    private static void Add(string name, Func<Tensor, Tensor, Tensor> f, Domain first = Domain.Real, Domain second = Domain.Real) =>
        Add(name, f, Family.Binary, first, second);

    private static void Add(
        string name, Func<Tensor, Tensor, Tensor, Tensor> f, Family family, Domain first = Domain.Real, Domain second = Domain.Real, Domain third = Domain.Real) =>
        s_entries.Add(name, new GradientEntry(name, x => f(x[0], x[1], x[2]), family, [first, second, third]));

    /// <summary>For functions whose second derivatives are documented as not available.</summary>
    private static void AddFirstOrder(string name, Func<Tensor[], Tensor> f, Family family, params Domain[] domains) =>
        s_entries.Add(name, new GradientEntry(name, f, family, domains) { Order = 1 });

    private static Dictionary<string, string> NoGradient()
    {
        const string creation = "creates a tensor from numbers", truth = "the result is boolean", integer = "the result is integer";
        const string constant = "constant almost everywhere: the gradient is zero";
        var result = new Dictionary<string, string>();
        void List(string reason, params string[] names)
        {
            foreach (string name in names)
            {
                result.Add(name, reason);
            }
        }

        List(creation, "Zeros", "Ones", "Full", "Scalar", "ZerosLike", "OnesLike", "From", "Arange", "Linspace", "Eye", "op_Implicit");
        List(
            truth, "EqualTo", "NotEqualTo", "LessThan", "LessOrEqual", "GreaterThan", "GreaterOrEqual", "IsNaN", "IsFinite", "IsInfinite", "Any", "All",
            "op_LessThan", "op_LessThanOrEqual", "op_GreaterThan", "op_GreaterThanOrEqual", "op_BitwiseAnd", "op_BitwiseOr", "op_ExclusiveOr",
            "op_LogicalNot", "LogicalAnd", "LogicalOr", "LogicalXor", "LogicalNot", "AnyOrAll");
        List(integer, "ArgMax", "ArgMin", "ArgExtremum", "ArgSort", "LinearAssignment", "SearchSorted", "NonZero", "CountNonZero", "OneHot");
        List(constant, "Floor", "Ceiling", "Round", "Truncate", "Sign", "StopGradient");
        List(constant, "DeterminantSign");
        List("drawn from a key", "RandomDraw", "RandomIntegers", "RandomPermutation", "RandomVariate", "DeriveKey");
        List(
            "a value only: what uses it attaches the implicit gradient", "BetaOddsQuantile", "ContinuousBernoulliQuantile", "GammaUpperQuantile", "PoissonQuantile",
            "StudentTQuantile", "TailQuantile");
        List("a norm for clipping, from which no gradient is taken", "GradientNorm");
        return result;
    }
}
