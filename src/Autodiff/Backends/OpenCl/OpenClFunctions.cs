namespace ProbNet.Autodiff;

/// <summary>
/// The kernel functions of a context, one for each text. What is asked for before one of it is launched is compiled together: the start of a driver's compiler costs
/// more than a function (PoCL reads 18,000 lines of declarations for each program). A bounded number of texts is kept; a forgotten one lives on as long as somebody
/// has its function.
/// </summary>
/// <param name="context">Where they are compiled.</param>
/// <param name="options">Options of the compiler.</param>
/// <param name="mostKept">How many are known; all are forgotten when there are more.</param>
internal sealed class OpenClFunctions(OpenClContext context, string options, int mostKept = 4096)
{
    /// <summary>More in a program save little, and the driver takes each function out of the whole program.</summary>
    private const int MostTogether = 32;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OpenClFunction> _known = new(StringComparer.Ordinal);
    private List<OpenClFunction> _waiting = [];

    /// <summary>The function of a text, the same object each time while it is known. Compiles nothing.</summary>
    public OpenClFunction Get(OpenClText text)
    {
        lock (_gate)
        {
            if (_known.TryGetValue(text.Function, out OpenClFunction? known))
            {
                return known;
            }

            if (_known.Count >= mostKept)
            {
                _known.Clear();
            }

            if (_waiting.Count == MostTogether)
            {
                _waiting = [];
            }

            var function = new OpenClFunction(text, _waiting);
            _waiting.Add(function);
            _known.Add(text.Function, function);
            return function;
        }
    }

    /// <summary>The compiled function.</summary>
    /// <exception cref="OpenClException">It does not compile: the message has the compiler's words and the lines that they are about.</exception>
    public OpenClKernel Kernel(OpenClFunction function)
    {
        lock (_gate)
        {
            if (function.Kernel is { } compiled)
            {
                return compiled;
            }

            if (function.Together == _waiting)
            {
                _waiting = [];
            }

            try
            {
                Compile(function.Together);
            }
            catch (OpenClException) when (function.Together.Count > 1)
            {
                // One that does not compile must not hinder the others.
                function.Together.ForEach(other => other.Together = [other]);
                Compile(function.Together);
            }

            return function.Kernel!;
        }
    }

    private void Compile(List<OpenClFunction> functions)
    {
        OpenClProgram program = context.Build(OpenClText.Program([.. functions.Select(function => function.Text)]), options);
        for (int i = 0; i < functions.Count; i++)
        {
            functions[i].Kernel = program.Kernel(functions[i].Text.NameAt(i));
        }
    }
}
