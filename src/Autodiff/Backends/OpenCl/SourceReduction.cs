namespace ProbNet.Autodiff;

/// <summary>
/// Prints what one reduction of a <see cref="ReduceKernel"/> does with its state: a value, and beside it the number of the element for ArgMin and ArgMax, or for LogSumExp the
/// sum of the exponentials relative to the greatest element so far, so that none overflows and one pass is enough.
/// </summary>
/// <param name="writer">Where the statements go.</param>
/// <param name="kind">The reduction.</param>
/// <param name="type">The type of the elements.</param>
internal sealed class SourceReduction(SourceWriter writer, Reduction kind, DType type)
{
    /// <summary>The type of the state's value.</summary>
    public string Value { get; } = SourceText.InRegister(type);

    /// <summary>The type of what is beside it; null for nothing.</summary>
    public string? Second { get; } = SecondType(kind, type);

    /// <summary>Bytes of the value.</summary>
    public int ValueBytes { get; } = Math.Max(type.ByteSize(), sizeof(int));

    /// <summary>Bytes of what is beside it.</summary>
    public int SecondBytes { get; } = SecondType(kind, type) switch
    {
        null => 0,
        "double" => 8,
        _ => 4,
    };

    /// <summary>The value of no elements.</summary>
    public string First => kind switch
    {
        Reduction.Sum or Reduction.Any => SourceText.Whole(type, 0),
        Reduction.Product or Reduction.All => SourceText.Whole(type, 1),
        Reduction.Min or Reduction.ArgMin => SourceText.Extreme(type, isGreatest: true),
        _ => SourceText.Extreme(type, isGreatest: false),
    };

    /// <summary>What is beside it for no elements.</summary>
    public string FirstSecond => kind == Reduction.LogSumExp ? SourceText.Whole(type, 0) : "INT_MAX";

    private bool IsIndex => kind is Reduction.ArgMin or Reduction.ArgMax;

    /// <summary>Takes an element into a state.</summary>
    public void Fold(string value, string second, string element, string number)
    {
        if (kind == Reduction.LogSumExp)
        {
            writer.Line($"{Value} scale = {element} == {value} ? {SourceText.Whole(type, 1)} : exp(-fabs({element} - {value}));");
            writer.Line($"{second} = {element} > {value} ? fma({second}, scale, {SourceText.Whole(type, 1)}) : {second} + scale;");
            writer.Line($"{value} = {element} > {value} ? {element} : {value};");
            return;
        }

        Merge(value, second, element, number);
    }

    /// <summary>Takes the state of other elements into a state.</summary>
    public void Merge(string value, string second, string otherValue, string otherSecond)
    {
        if (kind == Reduction.LogSumExp)
        {
            writer.Line($"{Value} m = fmax({value}, {otherValue});");
            writer.Line($"{second} = fma({second}, {Relative(value)}, {otherSecond} * {Relative(otherValue)});");
            writer.Line($"{value} = m;");
        }
        else if (IsIndex)
        {
            writer.Line($"int isBetter = {IsBetter(otherValue, value)} || (!{IsBetter(value, otherValue)} && {otherSecond} < {second});");
            writer.Line($"{value} = isBetter ? {otherValue} : {value};");
            writer.Line($"{second} = isBetter ? {otherSecond} : {second};");
        }
        else
        {
            writer.Line($"{value} = {Combined(value, otherValue)};");
        }
    }

    /// <summary>The result.</summary>
    public string Result(string value, string second) =>
        IsIndex ? $"(long){second}" : kind == Reduction.LogSumExp ? $"{value} + log({second})" : value;

    /// <summary>Two values brought to one, where the state is a value alone.</summary>
    public string Combined(string a, string b) => kind switch
    {
        Reduction.Any => $"{a} | {b}",
        Reduction.All => $"{a} & {b}",
        Reduction.Product => ProgramPrinter.Arithmetic(writer, KernelOp.Multiply, type, a, b),
        Reduction.Min => ProgramPrinter.Arithmetic(writer, KernelOp.Min, type, a, b),
        Reduction.Max => ProgramPrinter.Arithmetic(writer, KernelOp.Max, type, a, b),
        _ => ProgramPrinter.Arithmetic(writer, KernelOp.Add, type, a, b),
    };

    private static string? SecondType(Reduction kind, DType type) => kind switch
    {
        Reduction.ArgMin or Reduction.ArgMax => "int",
        Reduction.LogSumExp => SourceText.InRegister(type),
        _ => null,
    };

    private string Relative(string value) => $"({value} == m ? {SourceText.Whole(type, 1)} : exp({value} - m))";

    private string IsBetter(string a, string b)
    {
        string order = $"{a} {(kind == Reduction.ArgMin ? "<" : ">")} {b}";
        return type.IsFloating() ? $"(isnan({a}) ? !isnan({b}) : {order})" : $"({order})";
    }
}
