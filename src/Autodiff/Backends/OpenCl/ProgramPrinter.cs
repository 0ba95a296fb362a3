namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="KernelProgram"/> as statements of OpenCL C, one an instruction, so that what is used twice is computed once. The caller says where inputs and
/// indices come from, and does with the results what it will.
/// </summary>
/// <param name="writer">Where the statements go.</param>
/// <param name="program">The program.</param>
/// <param name="prefix">The first letter of the variables.</param>
internal sealed class ProgramPrinter(SourceWriter writer, KernelProgram program, string prefix)
{
    /// <summary>Prints the statements.</summary>
    /// <param name="input">The expression for an input's element.</param>
    /// <param name="index">The expression for the index along an axis.</param>
    public void Print(Func<int, string> input, Func<int, string> index)
    {
        for (int i = 0; i < program.Instructions.Length; i++)
        {
            KernelInstruction instruction = program.Instructions[i];
            string value = instruction.Op switch
            {
                KernelOp.Input => input(instruction.A),
                KernelOp.Index => $"({SourceText.InRegister(instruction.Type)}){index(instruction.A)}",
                _ => Expression(instruction),
            };
            writer.Line($"{SourceText.InRegister(instruction.Type)} {Variable(i)} = {value};");
        }
    }

    /// <summary>The variable that holds a result of the program.</summary>
    public string Result(int output) => Variable(program.Outputs[output]);

    private string Variable(int instruction) => prefix + SourceText.Number(instruction);

    private string Expression(KernelInstruction instruction)
    {
        DType type = instruction.Type;
        string a = instruction.A < 0 ? "" : Variable(instruction.A);
        string b = instruction.B < 0 ? "" : Variable(instruction.B);
        string c = instruction.C < 0 ? "" : Variable(instruction.C);
        string shift = SourceText.Number(instruction.Bits);
        return instruction.Op switch
        {
            KernelOp.Number => writer.Number(instruction.A, type),
            KernelOp.Constant => SourceText.Literal(type, instruction.Bits),
            KernelOp.Divide => type.IsInteger() ? $"{writer.Helper("divide_" + SourceText.InRegister(type))}({a}, {b})" : $"{a} / {b}",
            KernelOp.Remainder => $"{writer.Helper("remainder_" + SourceText.InRegister(type))}({a}, {b})",
            KernelOp.MultiplyAdd => $"fma({a}, {b}, {c})",
            KernelOp.Abs => type.IsFloating() ? $"fabs({a})" : $"({SourceText.InRegister(type)})abs({a})",
            KernelOp.Sqrt => $"sqrt({a})",
            KernelOp.Floor => $"floor({a})",
            KernelOp.Ceiling => $"ceil({a})",
            KernelOp.Round => $"rint({a})",
            KernelOp.Truncate => $"trunc({a})",
            KernelOp.CopySign => $"copysign({a}, {b})",
            KernelOp.ScaleByPowerOfTwo => $"{writer.Helper("scale_" + SourceText.InRegister(type))}({a}, {b})",
            KernelOp.Equal => $"{a} == {b}",
            KernelOp.Less => $"{a} < {b}",
            KernelOp.LessOrEqual => $"{a} <= {b}",
            KernelOp.IsNaN => $"isnan({a})",
            KernelOp.And => $"{a} & {b}",
            KernelOp.Or => $"{a} | {b}",
            KernelOp.Xor => $"{a} ^ {b}",
            KernelOp.Not => type == DType.Bool ? $"{a} ^ 1" : $"~{a}",
            KernelOp.ShiftLeft => $"({SourceText.InRegister(type)})(({SourceText.Unsigned(type)}){a} << {shift})",
            KernelOp.ShiftRight => $"({SourceText.InRegister(type)})(({SourceText.Unsigned(type)}){a} >> {shift})",
            KernelOp.Select => $"{a} ? {b} : {c}",
            KernelOp.Reinterpret => $"as_{SourceText.InRegister(type)}({a})",
            KernelOp.Convert => Converted(program.Instructions[instruction.A].Type, type, a),
            KernelOp.Sin => $"sin({a})",
            KernelOp.Cos => $"cos({a})",
            KernelOp.Tan => $"tan({a})",
            _ => Arithmetic(writer, instruction.Op, type, a, b),
        };
    }

    /// <summary>An operation that programs and reductions share.</summary>
    public static string Arithmetic(SourceWriter writer, KernelOp op, DType type, string a, string b) => op switch
    {
        KernelOp.Add => Wrapping(type, "+", a, b),
        KernelOp.Subtract => Wrapping(type, "-", a, b),
        KernelOp.Multiply => Wrapping(type, "*", a, b),
        KernelOp.Negate => type.IsFloating() ? "-" + a : Wrapping(type, "-", "0", a),
        KernelOp.Min => type.IsFloating() ? $"{writer.Helper("min_" + SourceText.InRegister(type))}({a}, {b})" : $"min({a}, {b})",
        KernelOp.Max => type.IsFloating() ? $"{writer.Helper("max_" + SourceText.InRegister(type))}({a}, {b})" : $"max({a}, {b})",
        _ => throw new NotSupportedException($"OpenCL: there is no text for the instruction {op}."),
    };

    /// <summary>Signed overflow is undefined in C: integers are computed unsigned.</summary>
    private static string Wrapping(DType type, string op, string a, string b) => type.IsFloating()
        ? $"{a} {op} {b}"
        : $"({SourceText.InRegister(type)})(({SourceText.Unsigned(type)}){a} {op} ({SourceText.Unsigned(type)}){b})";

    private string Converted(DType from, DType to, string a) =>
        to == DType.Bool ? $"{a} != 0"
        : (to.IsInteger() && from.IsFloating()) || (to == DType.Int32 && from == DType.Int64)
            ? $"{writer.Helper(SourceText.InRegister(to) + "_of_" + SourceText.InRegister(from))}({a})"
        : $"({SourceText.InRegister(to)}){a}";
}
