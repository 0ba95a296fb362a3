using System.Globalization;
using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// Prints a <see cref="MatrixProductKernel"/>. For graphics processors a work group computes 64 × 64 elements of a product from tiles in local memory, a work item 4 × 4 of
/// them. For processors a work item computes 8 rows of 16 columns in vectors of 16, straight from memory, or from panels in scratch memory for large matrices; where a small right
/// matrix is transposed, 4 × 4 elements in vectors along the inner axis. All run the finishing program on their elements while they are in registers.
/// </summary>
internal sealed partial class OpenClSourceProduct
{
    private const int Tile = 64;
    private const int TileDepth = 16;
    private const int TileItems = 256;
    private const int RowsOfAnItem = 8;
    private const int SquareOfAnItem = 4;
    private const int ItemsOfAGroup = 8;

    /// <summary>A matrix of so many elements is packed if each of its elements is used so many times.</summary>
    private const long LargeMatrix = 1 << 15;

    private const int ManyUses = 64;

    /// <summary>Some devices have a limit of 65,535 groups along the third axis: more products are taken in turns.</summary>
    private const int ProductsAtOnce = 1 << 15;

    private readonly MatrixProductKernel _kernel;
    private readonly bool _isSwapped;
    private readonly bool _packsLeft;
    private readonly bool _packsRight;
    private readonly SourceWriter _writer;
    private readonly View[] _views;
    private readonly SourceSpace _space;
    private readonly SourceIndex _index;
    private readonly string _type;
    private readonly string _zero;
    private string _rows = "";
    private string _columns = "";
    private string _depth = "";
    private string _leftRow = "";
    private string _leftDepth = "";
    private string _rightDepth = "";
    private string _rightColumn = "";

    private OpenClSourceProduct(MatrixProductKernel kernel, bool isSwapped = false, int groupSize = 0, bool packsLeft = false, bool packsRight = false)
    {
        _kernel = kernel;
        _isSwapped = isSwapped;
        _packsLeft = packsLeft;
        _packsRight = packsRight;
        _writer = new SourceWriter("product") { GroupSize = groupSize };
        _views = [.. kernel.FinishInputs, .. kernel.Outputs];
        _space = SourceSpace.Of([kernel.Batch, kernel.M, kernel.N], _views, [true, true, true]);
        _index = new(_writer, _space);
        _type = SourceText.InRegister(kernel.Type);
        _zero = SourceText.Whole(kernel.Type, 0);
    }

    public static OpenClBackendPlan Print(MatrixProductKernel kernel, OpenClBackendStyle style)
    {
        if (kernel.Batch == 0 || kernel.M == 0 || kernel.N == 0)
        {
            return new([]);
        }

        kernel = WithBatchInRows(kernel);
        if (style == OpenClBackendStyle.Graphics)
        {
            return OpenClBackendPlan.Of(new OpenClSourceProduct(kernel, groupSize: TileItems).PrintTiles());
        }

        bool packsLeft = kernel.TransposeLeft && kernel.N >= ManyUses && (long)kernel.M * kernel.K >= LargeMatrix;
        bool packsRight = kernel.M >= ManyUses && kernel.K > 0 && (kernel.TransposeRight || (long)kernel.K * kernel.N >= LargeMatrix);
        if (packsLeft || packsRight)
        {
            return new OpenClSourceProduct(kernel, packsLeft: packsLeft, packsRight: packsRight).PlanPacked();
        }

        // Aᵀ·Bᵀ is (B·A)ᵀ, of two matrices that lie as they are.
        if (kernel.TransposeLeft && kernel.TransposeRight)
        {
            return OpenClBackendPlan.Of(new OpenClSourceProduct(Swapped(kernel), isSwapped: true).PrintVectors());
        }

        var printer = new OpenClSourceProduct(kernel);
        return OpenClBackendPlan.Of(kernel.TransposeRight ? printer.PrintDots() : printer.PrintVectors());
    }

    /// <summary>One product of all rows, where every product of a batch has the same right matrix.</summary>
    private static MatrixProductKernel WithBatchInRows(MatrixProductKernel kernel)
    {
        bool isOne = kernel.Batch > 1 && kernel.RightStep == 0 && !kernel.TransposeLeft && kernel.LeftStep == (long)kernel.M * kernel.K
            && (double)kernel.Batch * kernel.M * Math.Max(kernel.N, kernel.K) < int.MaxValue
            && kernel.FinishInputs.Concat(kernel.Outputs).All(view => view.Strides[0] == (long)kernel.M * view.Strides[1])
            && kernel.Finish.Instructions.All(instruction => instruction.Op != KernelOp.Index);
        return !isOne ? kernel : kernel with
        {
            Batch = 1,
            M = kernel.Batch * kernel.M,
            FinishInputs = [.. kernel.FinishInputs.Select(Merged)],
            Outputs = [.. kernel.Outputs.Select(Merged)],
        };

        static View Merged(View view) => view with { Strides = [0, view.Strides[1], view.Strides[2]] };
    }

    private static MatrixProductKernel Swapped(MatrixProductKernel kernel)
    {
        return kernel with
        {
            M = kernel.N,
            N = kernel.M,
            TransposeLeft = false,
            TransposeRight = false,
            LeftStep = kernel.RightStep,
            RightStep = kernel.LeftStep,
            FinishInputs = [.. kernel.FinishInputs.Select(Exchanged)],
            Outputs = [.. kernel.Outputs.Select(Exchanged)],
        };

        static View Exchanged(View view) => view with { Strides = [view.Strides[0], view.Strides[2], view.Strides[1]] };
    }

    private static int Log2(int powerOfTwo) => BitOperations.Log2((uint)powerOfTwo);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Ceiling(int count, int of) => (int)((count + (long)of - 1) / of);

    /// <summary>
    /// An item computes 8 rows of so many columns as a vector has: for each k it loads a vector of the right matrix and multiplies it by an element of each row. The last vector
    /// of a row begins earlier so that it ends with the row; what the one before computes as well is not finished twice.
    /// </summary>
    private OpenClBackendStage PrintVectors()
    {
        int width = _packsRight || _kernel.N >= WidestVector ? WidestVector : _kernel.N >= 8 ? 8 : _kernel.N >= 4 ? 4 : 1;
        string vector = width == 1 ? _type : _type + Text(width);
        Begin("get_global_id(0)", "get_global_id(1)");
        _writer.Open($"if (rows * {RowsOfAnItem} < {_rows})");
        _writer.Line($"int row = rows * {RowsOfAnItem};");
        _writer.Line($"int from = columns * {width};");
        _writer.Line(_packsRight ? "int column = from;" : $"int column = min(from, {_columns} - {width});");
        for (int r = 0; r < RowsOfAnItem; r++)
        {
            _writer.Line(_packsLeft
                ? $"__global const {_type}* left{Text(r)} = left + row * {_depth} + {r};"
                : $"__global const {_type}* left{Text(r)} = left + min(row + {r}, {_rows} - 1) * {_leftRow};");
            _writer.Line($"{vector} sum{Text(r)} = {_zero};");
        }

        _writer.Line(_packsRight ? $"right += column * {_depth};" : "right += column;");
        _writer.Open($"for (int k = 0; k < {_depth}; k++)");
        _writer.Line($"{vector} b = {(width == 1 ? "*right" : $"vload{Text(width)}(0, right)")};");
        _writer.Line($"right += {(_packsRight ? Text(width) : _rightDepth)};");
        for (int r = 0; r < RowsOfAnItem; r++)
        {
            _writer.Line($"sum{Text(r)} = fma(({vector})(left{Text(r)}[k * {(_packsLeft ? Text(RowsOfAnItem) : _leftDepth)}]), b, sum{Text(r)});");
        }

        _writer.Close();
        _writer.Line($"{_type} sums[{RowsOfAnItem * width}];");
        for (int r = 0; r < RowsOfAnItem; r++)
        {
            _writer.Line(width == 1 ? $"sums[{r}] = sum{Text(r)};" : $"vstore{Text(width)}(sum{Text(r)}, {r}, sums);");
        }

        _writer.Open($"for (int r = 0; r < min({RowsOfAnItem}, {_rows} - row); r++)");
        _writer.Open($"for (int l = from - column; l < {(_packsRight ? $"min({width}, {_columns} - column)" : Text(width))}; l++)");
        Finish($"sums[r * {width} + l]", "row + r", "column + l");
        _writer.Close();
        _writer.Close();
        _writer.Close();
        return End(Ceiling(_kernel.M, RowsOfAnItem), Ceiling(_kernel.N, width), ItemsOfAGroup);
    }

    /// <summary>An item computes 4 × 4 elements: for each it multiplies vectors along k and adds up their parts in the end.</summary>
    private OpenClBackendStage PrintDots()
    {
        int width = _kernel.Type == DType.Float32 ? 8 : 4;
        string vector = _type + Text(width);
        Begin("get_global_id(0)", "get_global_id(1)");
        _writer.Open($"if (rows * {SquareOfAnItem} < {_rows})");
        _writer.Line($"int row = rows * {SquareOfAnItem};");
        _writer.Line($"int column = columns * {SquareOfAnItem};");
        for (int i = 0; i < SquareOfAnItem; i++)
        {
            _writer.Line($"__global const {_type}* left{i} = left + min(row + {i}, {_rows} - 1) * {_leftRow};");
            _writer.Line($"__global const {_type}* right{i} = right + min(column + {i}, {_columns} - 1) * {_rightColumn};");
        }

        ForSquare((r, c) => _writer.Line($"{vector} sum{r}{c} = {_zero};"));
        _writer.Line("int k = 0;");
        _writer.Open($"for (; k <= {_depth} - {width}; k += {width})");
        for (int i = 0; i < SquareOfAnItem; i++)
        {
            _writer.Line($"{vector} a{i} = vload{width}(0, left{i} + k);");
            _writer.Line($"{vector} b{i} = vload{width}(0, right{i} + k);");
        }

        ForSquare((r, c) => _writer.Line($"sum{r}{c} = fma(a{r}, b{c}, sum{r}{c});"));
        _writer.Close();
        _writer.Line($"{_type} sums[{SquareOfAnItem * SquareOfAnItem}];");
        ForSquare((r, c) => _writer.Line($"sums[{(r * SquareOfAnItem) + c}] = {SumOfParts($"sum{r}{c}", width)};"));
        _writer.Open($"for (; k < {_depth}; k++)");
        ForSquare((r, c) => _writer.Line($"sums[{(r * SquareOfAnItem) + c}] = fma(left{r}[k], right{c}[k], sums[{(r * SquareOfAnItem) + c}]);"));
        _writer.Close();
        _writer.Open($"for (int r = 0; r < min({SquareOfAnItem}, {_rows} - row); r++)");
        _writer.Open($"for (int c = 0; c < min({SquareOfAnItem}, {_columns} - column); c++)");
        Finish($"sums[r * {SquareOfAnItem} + c]", "row + r", "column + c");
        _writer.Close();
        _writer.Close();
        _writer.Close();
        return End(Ceiling(_kernel.M, SquareOfAnItem), Ceiling(_kernel.N, SquareOfAnItem), ItemsOfAGroup);
    }

    /// <summary>
    /// A group computes 64 × 64 elements: for each 16 of the inner axis its items load a tile of either matrix into local memory, neighbours neighbours, with zeros beyond the
    /// edges, and each item multiplies 4 rows by 4 columns of them.
    /// </summary>
    private OpenClBackendStage PrintTiles()
    {
        Begin("get_group_id(0)", "get_group_id(1)", isLocal: true);
        _writer.Line($"int row = rows * {Tile};");
        _writer.Line($"int column = columns * {Tile};");
        _writer.Line($"{_type} sums[{SquareOfAnItem * SquareOfAnItem}];");
        _writer.Open($"for (int i = 0; i < {SquareOfAnItem * SquareOfAnItem}; i++)");
        _writer.Line($"sums[i] = {_zero};");
        _writer.Close();
        _writer.Open($"for (int start = 0; start < {_depth}; start += {TileDepth})");
        _writer.Open($"for (int e = t; e < {Tile * TileDepth}; e += {TileItems})");
        LoadTile("l", "left", _kernel.TransposeLeft, "row", _rows, _leftRow, _leftDepth);
        LoadTile("r", "right", !_kernel.TransposeRight, "column", _columns, _rightColumn, _rightDepth);
        _writer.Close();
        _writer.Line("barrier(CLK_LOCAL_MEM_FENCE);");
        _writer.Open($"for (int k = 0; k < {TileDepth}; k++)");
        for (int i = 0; i < SquareOfAnItem; i++)
        {
            _writer.Line($"{_type} a{i} = leftTile[k * {Tile + 1} + ty + {i * TileDepth}];");
            _writer.Line($"{_type} b{i} = rightTile[k * {Tile + 1} + tx + {i * TileDepth}];");
        }

        ForSquare((r, c) => _writer.Line($"sums[{(r * SquareOfAnItem) + c}] = fma(a{r}, b{c}, sums[{(r * SquareOfAnItem) + c}]);"));
        _writer.Close();
        _writer.Line("barrier(CLK_LOCAL_MEM_FENCE);");
        _writer.Close();
        _writer.Open($"for (int r = 0; r < {SquareOfAnItem}; r++)");
        _writer.Open($"for (int c = 0; c < {SquareOfAnItem}; c++)");
        _writer.Line($"int m = row + ty + r * {TileDepth};");
        _writer.Line($"int n = column + tx + c * {TileDepth};");
        _writer.Open($"if (m < {_rows} && n < {_columns})");
        Finish($"sums[r * {SquareOfAnItem} + c]", "m", "n");
        _writer.Close();
        _writer.Close();
        _writer.Close();
        return End(Ceiling(_kernel.M, Tile) * (long)TileItems, Ceiling(_kernel.N, Tile), TileItems);
    }

    /// <summary>The element of a tile that item e loads: along the axis that lies dense in memory, e counts fastest.</summary>
    private void LoadTile(string letter, string matrix, bool isAlong, string origin, string limit, string stride, string depthStride)
    {
        int fastest = isAlong ? Tile : TileDepth;
        _writer.Line($"int {letter}{(isAlong ? "m" : "k")} = e & {fastest - 1};");
        _writer.Line($"int {letter}{(isAlong ? "k" : "m")} = e >> {Log2(fastest)};");
        _writer.Line(
            $"{matrix}Tile[{letter}k * {Tile + 1} + {letter}m] = {origin} + {letter}m < {limit} && start + {letter}k < {_depth} "
            + $"? {matrix}[({origin} + {letter}m) * {stride} + (start + {letter}k) * {depthStride}] : {_zero};");
    }

    private void ForSquare(Action<int, int> print)
    {
        for (int r = 0; r < SquareOfAnItem; r++)
        {
            for (int c = 0; c < SquareOfAnItem; c++)
            {
                print(r, c);
            }
        }
    }

    private static string SumOfParts(string vector, int width) => width switch
    {
        8 => $"(({vector}.s0 + {vector}.s4) + ({vector}.s2 + {vector}.s6)) + (({vector}.s1 + {vector}.s5) + ({vector}.s3 + {vector}.s7))",
        _ => $"({vector}.s0 + {vector}.s2) + ({vector}.s1 + {vector}.s3)",
    };

    /// <summary>The parameters that all forms have, and the loop over the products.</summary>
    private void Begin(string rows, string columns, bool isLocal = false)
    {
        int leftSlice = _isSwapped ? 1 : 0;
        int size = _kernel.Type.ByteSize();
        string left = _packsLeft ? _writer.Scratch(_type, size, 0) : _writer.Slice(leftSlice, _kernel.Type, 0, isWritten: false);
        string right = _packsRight ? _writer.Scratch(_type, size, PackedRightOffset) : _writer.Slice(1 - leftSlice, _kernel.Type, 0, isWritten: false);
        string leftStep = _writer.Step(_packsLeft && LeftCopies > 1 ? PackedLeftStep : _kernel.LeftStep);
        string rightStep = _writer.Step(_packsRight && RightCopies > 1 ? PackedRightStep : _kernel.RightStep);
        string batch = _writer.Size(_kernel.Batch);
        _rows = _writer.Size(_kernel.M);
        _columns = _writer.Size(_kernel.N);
        _depth = _writer.Size(_kernel.K);
        _leftRow = _kernel.TransposeLeft ? "1" : _depth;
        _leftDepth = _kernel.TransposeLeft ? _rows : "1";
        _rightDepth = _kernel.TransposeRight ? "1" : _columns;
        _rightColumn = _kernel.TransposeRight ? _depth : "1";
        _writer.Line($"int rows = {rows};");
        _writer.Line($"int columns = {columns};");
        if (isLocal)
        {
            _writer.Line($"__local {_type} leftTile[{TileDepth * (Tile + 1)}];");
            _writer.Line($"__local {_type} rightTile[{TileDepth * (Tile + 1)}];");
            _writer.Line("int t = get_local_id(0);");
            _writer.Line($"int tx = t & {TileDepth - 1};");
            _writer.Line($"int ty = t >> {Log2(TileDepth)};");
        }

        _writer.Open($"for (int product = get_global_id(2); product < {batch}; product += get_global_size(2))");
        _writer.Line($"__global const {_type}* left = {left} + product * {leftStep};");
        _writer.Line($"__global const {_type}* right = {right} + product * {rightStep};");
    }

    private OpenClBackendStage End(long rowItems, long columnItems, int group)
    {
        _writer.Close();
        return _writer.Stage(
            new(OpenClSourceMap.RoundUp(rowItems, group), columnItems, Math.Min(_kernel.Batch, ProductsAtOnce)), new(group));
    }

    /// <summary>Runs the finishing program on an element and stores its results.</summary>
    private void Finish(string sum, string row, string column)
    {
        _writer.Line($"int i = {row};");
        _writer.Line($"int j = {column};");
        Name(0, "product");
        Name(1, "i");
        Name(2, "j");
        _index.Positions((0, _views.Length), [.. Enumerable.Range(0, _space.Rank)], "p");
        var finish = new ProgramPrinter(_writer, _kernel.Finish, "w");
        var inputs = new SourceInputs(_writer, _kernel.Finish.Inputs, _kernel.FinishInputs, 2);
        finish.Print(
            input => input == 0 ? sum : $"{inputs[input - 1]}[{_index.Position(input - 1, "p")}]",
            axis => _index.Axis(_isSwapped && axis > 0 ? 3 - axis : axis));
        int first = _kernel.FinishInputs.Length;
        for (int o = 0; o < _kernel.Outputs.Length; o++)
        {
            string target = _writer.Slice(2 + first + o, _kernel.Finish.OutputTypes[o], _kernel.Outputs[o].Offset, isWritten: true);
            _writer.Line($"{target}[{_index.Position(first + o, "p")}] = {finish.Result(o)};");
        }
    }

    private void Name(int axis, string variable)
    {
        if (_space.AxisOf(axis) is var merged and >= 0)
        {
            _index.Split(variable, [merged]);
        }
    }
}
