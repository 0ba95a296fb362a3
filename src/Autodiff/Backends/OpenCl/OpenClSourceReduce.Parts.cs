using System.Globalization;

namespace ProbNet.Autodiff;

internal sealed partial class OpenClSourceReduce
{
    /// <summary>The parts of which the stages are put together.</summary>
    private sealed class Printing
    {
        private readonly OpenClSourceReduce _of;
        private readonly ReduceKernel _kernel;
        private readonly SourceReduction[] _reductions;
        private readonly SourceInputs _inputs;
        private readonly string?[] _written;
        private readonly bool _isCombination;
        private string[]? _chunkParts;
        private string? _results;

        public Printing(OpenClSourceReduce of, SourceWriter writer, bool isCombination = false)
        {
            _of = of;
            _kernel = of._kernel;
            Writer = writer;
            _isCombination = isCombination;
            Index = new(writer, of._space);
            _reductions = of.Reductions(writer);
            _inputs = new(writer, _kernel.Program.Inputs, _kernel.Inputs, 0);
            _written = new string?[_kernel.Written.Length];
        }

        public SourceWriter Writer { get; }

        public SourceIndex Index { get; }

        /// <summary>The number of results.</summary>
        public string Results => _results ??= Writer.Size(_of._results);

        /// <summary>Whether this stage leaves states and not results.</summary>
        private bool LeavesStates => _of._chunks > 1 && !_isCombination;

        private int FirstFinishView => _kernel.Inputs.Length + _kernel.Written.Length;

        /// <summary>The elements of this item's or group's chunk.</summary>
        public void Range()
        {
            string elements = Writer.Size(_of._elements);
            if (_of._chunks == 1)
            {
                Writer.Line("int first = 0;");
                Writer.Line($"int last = {elements};");
                return;
            }

            string length = Writer.Size(_of._chunkLength);
            Writer.Line("int chunk = get_global_id(1);");
            Writer.Line($"int first = chunk * {length};");
            Writer.Line($"int last = min(first + {length}, {elements});");
        }

        /// <summary>The states, as of no elements.</summary>
        public void States(int lanes)
        {
            string count = Text(lanes);
            for (int r = 0; r < _reductions.Length; r++)
            {
                Writer.Line($"{_reductions[r].Value} a{Text(r)}[{count}];");
                if (_reductions[r].Second is { } second)
                {
                    Writer.Line($"{second} d{Text(r)}[{count}];");
                }
            }

            Writer.Open($"for (int l = 0; l < {count}; l++)");
            for (int r = 0; r < _reductions.Length; r++)
            {
                Writer.Line($"a{Text(r)}[l] = {_reductions[r].First};");
                if (_reductions[r].Second is not null)
                {
                    Writer.Line($"d{Text(r)}[l] = {_reductions[r].FirstSecond};");
                }
            }

            Writer.Close();
        }

        /// <summary>The positions of all views at the item's result or row: what comes from the axes that are split already.</summary>
        public void Bases()
        {
            int to = _of._views.Length;
            (int, int) views = _isCombination ? (FirstFinishView, to) : LeavesStates ? (0, FirstFinishView) : (0, to);
            IEnumerable<int> left = Enumerable.Range(0, _of._firstReduced);
            IEnumerable<int> inner = Enumerable.Range(_of._firstInner, _of._space.Rank - _of._firstInner);
            Index.Positions(views, _of.IsInColumns && !_isCombination ? [.. left] : [.. left, .. inner], "p");
        }

        /// <summary>The positions at column l of the item's block.</summary>
        public void Column()
        {
            int[] inner = [.. Enumerable.Range(_of._firstInner, _of._space.Rank - _of._firstInner)];
            Writer.Line("int column = from + l;");
            Index.Split("column", inner);
            Index.Positions(LeavesStates ? (0, FirstFinishView) : (0, _of._views.Length), inner, "r", "p");
        }

        /// <summary>Runs the program on an element and takes its results into the states of a lane.</summary>
        public void Element(string lane, string k, bool isSplit = false)
        {
            int[] reduced = [.. Enumerable.Range(_of._firstReduced, _of._firstInner - _of._firstReduced)];
            if (!isSplit)
            {
                Index.Split(k, reduced);
            }

            Index.Positions((0, FirstFinishView), reduced, "i", isSplit ? "r" : "p");
            var program = new ProgramPrinter(Writer, _kernel.Program, "v");
            program.Print(input => $"{_inputs[input]}[{Index.Position(input, "i")}]", Index.Axis);
            for (int r = 0; r < _reductions.Length; r++)
            {
                Writer.Line("{");
                _reductions[r].Fold($"a{Text(r)}{lane}", $"d{Text(r)}{lane}", program.Result(r), k);
                Writer.Line("}");
            }

            for (int w = 0; w < _kernel.Written.Length; w++)
            {
                int view = _kernel.Inputs.Length + w;
                int output = _reductions.Length + w;
                _written[w] ??= Writer.Slice(view, _kernel.Program.OutputTypes[output], _kernel.Written[w].Offset, isWritten: true);
                Writer.Line($"{_written[w]}[{Index.Position(view, "i")}] = {program.Result(output)};");
            }
        }

        /// <summary>Brings the lanes of an item together in lane 0.</summary>
        public void MergeLanes(int lanes)
        {
            if (lanes == 1)
            {
                return;
            }

            Writer.Open($"for (int h = {Text(lanes / 2)}; h > 0; h /= 2)");
            Writer.Open("for (int l = 0; l < h; l++)");
            MergeStates("[l]", (r, isSecond) => $"{(isSecond ? "d" : "a")}{Text(r)}[l + h]");
            Writer.Close();
            Writer.Close();
        }

        /// <summary>Brings the items of a group together in item 0.</summary>
        public void MergeGroup(int group)
        {
            for (int r = 0; r < _reductions.Length; r++)
            {
                Writer.Line($"__local {_reductions[r].Value} la{Text(r)}[{Text(group)}];");
                if (_reductions[r].Second is { } second)
                {
                    Writer.Line($"__local {second} ld{Text(r)}[{Text(group)}];");
                }
            }

            Leave();
            Writer.Line("barrier(CLK_LOCAL_MEM_FENCE);");
            Writer.Open($"for (int h = {Text(group / 2)}; h > 0; h /= 2)");
            Writer.Open("if (t < h)");
            MergeStates("[0]", (r, isSecond) => $"l{(isSecond ? "d" : "a")}{Text(r)}[t + h]");
            Leave();
            Writer.Close();
            Writer.Line("barrier(CLK_LOCAL_MEM_FENCE);");
            Writer.Close();

            void Leave()
            {
                for (int r = 0; r < _reductions.Length; r++)
                {
                    Writer.Line($"la{Text(r)}[t] = a{Text(r)}[0];");
                    if (_reductions[r].Second is not null)
                    {
                        Writer.Line($"ld{Text(r)}[t] = d{Text(r)}[0];");
                    }
                }
            }
        }

        /// <summary>Takes the states that the first stage left for a chunk into those of the item.</summary>
        public void MergeChunk(string chunk)
        {
            string[] parts = ChunkParts();
            Writer.Line($"int at = {chunk} * {Results} + item;");
            int part = 0;
            var names = new Dictionary<(int, bool), string>();
            for (int r = 0; r < _reductions.Length; r++)
            {
                names[(r, false)] = parts[part++] + "[at]";
                if (_reductions[r].Second is not null)
                {
                    names[(r, true)] = parts[part++] + "[at]";
                }
            }

            MergeStates("[0]", (r, isSecond) => names.GetValueOrDefault((r, isSecond), ""));
        }

        /// <summary>Leaves the state of a lane for the second stage, or finishes the result.</summary>
        public void Store(string result, string lane)
        {
            if (LeavesStates)
            {
                string[] parts = ChunkParts();
                Writer.Line($"int at = chunk * {Results} + {result};");
                int part = 0;
                for (int r = 0; r < _reductions.Length; r++)
                {
                    Writer.Line($"{parts[part++]}[at] = a{Text(r)}{lane};");
                    if (_reductions[r].Second is not null)
                    {
                        Writer.Line($"{parts[part++]}[at] = d{Text(r)}{lane};");
                    }
                }

                return;
            }

            string position = _of.IsInColumns && !_isCombination ? "r" : "p";
            var finish = new ProgramPrinter(Writer, _kernel.Finish, "w");
            var inputs = new SourceInputs(Writer, _kernel.Finish.Inputs, _kernel.FinishInputs, FirstFinishView);
            finish.Print(
                input => input < _reductions.Length
                    ? _reductions[input].Result($"a{Text(input)}{lane}", $"d{Text(input)}{lane}")
                    : $"{inputs[input - _reductions.Length]}[{Index.Position(FirstFinishView + input - _reductions.Length, position)}]",
                axis => Index.Axis(_of.WithReduced(axis)));
            int first = FirstFinishView + _kernel.FinishInputs.Length;
            for (int o = 0; o < _kernel.Outputs.Length; o++)
            {
                string target = Writer.Slice(first + o, _kernel.Finish.OutputTypes[o], _kernel.Outputs[o].Offset, isWritten: true);
                Writer.Line($"{target}[{Index.Position(first + o, position)}] = {finish.Result(o)};");
            }
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private void MergeStates(string lane, Func<int, bool, string> other)
        {
            for (int r = 0; r < _reductions.Length; r++)
            {
                Writer.Line("{");
                _reductions[r].Merge($"a{Text(r)}{lane}", $"d{Text(r)}{lane}", other(r, false), other(r, true));
                Writer.Line("}");
            }
        }

        /// <summary>The parts of the scratch memory: an array [chunks, results] for each value of the states.</summary>
        private string[] ChunkParts()
        {
            if (_chunkParts is null)
            {
                long offset = 0;
                var names = new List<string>();
                foreach ((string type, int bytes) in _of.Parts())
                {
                    names.Add(Writer.Scratch(type, bytes, offset));
                    offset += _of.Padded(bytes);
                }

                _chunkParts = [.. names];
            }

            return _chunkParts;
        }
    }
}
