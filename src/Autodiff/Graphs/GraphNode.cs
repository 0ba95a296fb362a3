namespace ProbNet.Autodiff;

/// <summary>What a value of a traced function is.</summary>
internal enum NodeKind
{
    /// <summary>An argument of a call.</summary>
    Input,

    /// <summary>A parameter's value at the start of a replay.</summary>
    Parameter,

    /// <summary>A tensor that was captured or computed while tracing.</summary>
    Constant,

    /// <summary>The result of an operation.</summary>
    Operation,
}

/// <summary>A value of a traced function, after simplification: a node of the graph that is planned.</summary>
internal sealed class GraphNode
{
    private GraphNode(NodeKind kind, TensorType type, Op? op, GraphNode[] inputs)
    {
        Kind = kind;
        Type = type;
        Op = op;
        Inputs = inputs;
    }

    public NodeKind Kind { get; }

    public TensorType Type { get; }

    public Shape Shape => Type.Shape;

    /// <summary>The operation; null for what is not computed.</summary>
    public Op? Op { get; }

    public GraphNode[] Inputs { get; }

    /// <summary>Position in the order of the graph: inputs come before what uses them.</summary>
    public int Index { get; set; }

    /// <summary>Which argument, for an input.</summary>
    public int Argument { get; private init; }

    /// <summary>The parameter, for a parameter's value.</summary>
    public Parameter? Parameter { get; private init; }

    /// <summary>The values of a constant; of a uniform one, a single element.</summary>
    public Tensor? Constant { get; private init; }

    /// <summary>Whether all elements of a constant are the same number, so that one stands for all.</summary>
    public bool IsUniform { get; private init; }

    /// <summary>The size of the value in bytes.</summary>
    public long Bytes => (long)Type.Shape.Size * Type.DType.ByteSize();

    public static GraphNode Input(TensorType type, int argument) => new(NodeKind.Input, type, null, []) { Argument = argument };

    public static GraphNode State(Parameter parameter) =>
        new(NodeKind.Parameter, new(parameter.Shape, parameter.DType), null, []) { Parameter = parameter };

    /// <summary>A constant; where all elements have the same bits, one is kept.</summary>
    public static GraphNode Of(Tensor constant)
    {
        var type = new TensorType(constant.Shape, constant.DType);
        return constant.Size > 0 && (constant.Memory is null || constant.Size == 1) && IsRepeated(constant.RawData)
            ? new(NodeKind.Constant, type, null, []) { Constant = constant.Size == 1 ? constant : constant.Reshape(-1)[0], IsUniform = true }
            : new(NodeKind.Constant, type, null, []) { Constant = constant };
    }

    /// <summary>One number in every element.</summary>
    public static GraphNode Uniform(Tensor element, Shape shape) =>
        new(NodeKind.Constant, new(shape, element.DType), null, []) { Constant = element, IsUniform = true };

    public static GraphNode Operation(Op op, TensorType type, GraphNode[] inputs) => new(NodeKind.Operation, type, op, inputs);

    /// <summary>Whether this is a uniform constant of a given value.</summary>
    public bool Is(double value) => IsUniform && Type.DType.IsFloating() && Constant!.ToScalar() == value;

    public override string ToString() => Kind switch
    {
        NodeKind.Input => $"input {Argument}",
        NodeKind.Parameter => Parameter!.Name,
        NodeKind.Constant when IsUniform => Type.DType == DType.Float32
            ? FormattableString.Invariant($"{(float)Constant!.ToScalar():R}")
            : FormattableString.Invariant($"{Constant!.ToScalar():R}"),
        NodeKind.Constant => $"constant {Type}",
        _ => $"%{Index}",
    };

    private static bool IsRepeated(Array data) => data switch
    {
        float[] x => IsRepeated(System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(x)),
        double[] x => IsRepeated(System.Runtime.InteropServices.MemoryMarshal.Cast<double, long>(x)),
        int[] x => IsRepeated<int>(x),
        long[] x => IsRepeated<long>(x),
        bool[] x => IsRepeated<bool>(x),
        _ => false,
    };

    private static bool IsRepeated<T>(ReadOnlySpan<T> data) where T : IEquatable<T> => !data.ContainsAnyExcept(data[0]);
}
