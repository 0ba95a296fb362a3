using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProbNet.Autodiff;

/// <summary>A compiled program with its kernels.</summary>
internal sealed unsafe partial class OpenClProgram
{
    private const int LinesAround = 3;
    private const int LongestLog = 4000;

    private readonly OpenClContext _context;
    private readonly Dictionary<string, OpenClKernel> _kernels = new(StringComparer.Ordinal);

    private OpenClProgram(OpenClContext context, nint handle)
    {
        _context = context;
        Handles = new(handle);
    }

    ~OpenClProgram() => _context.Forget(Handles);

    /// <summary>The driver's handles.</summary>
    public OpenClProgramHandles Handles { get; }

    /// <summary>Compiles a text; see <see cref="OpenClContext.Build"/>.</summary>
    public static OpenClProgram Compile(OpenClContext context, nint nativeContext, string source, string options)
    {
        OpenClDevice device = context.Device;
        byte[] text = Encoding.UTF8.GetBytes(source);
        byte[] switches = Encoding.UTF8.GetBytes($"-cl-std=CL1.2 {options}\0");
        nint handle;
        int status;
        fixed (byte* first = text)
        {
            byte* start = first;
            nuint length = (nuint)text.Length;
            handle = device.Library.CreateProgramWithSource(nativeContext, 1, &start, &length, &status);
        }

        if (status != OpenClStatus.Success)
        {
            throw OpenClException.Of("clCreateProgramWithSource", "", device.Name, status);
        }

        nint id = device.Id;
        fixed (byte* first = switches)
        {
            status = device.Library.BuildProgram(handle, 1, &id, first, 0, 0);
        }

        if (status != OpenClStatus.Success)
        {
            string message = Failure(device, handle, source, options, status);
            _ = device.Library.ReleaseProgram(handle);
            throw new OpenClException(message, status);
        }

        return new OpenClProgram(context, handle);
    }

    /// <summary>The kernel of a name, the same object each time.</summary>
    public OpenClKernel Kernel(string name)
    {
        lock (_kernels)
        {
            if (!_kernels.TryGetValue(name, out OpenClKernel? kernel))
            {
                kernel = new OpenClKernel(_context, this, Create(name), name);
                _kernels.Add(name, kernel);
            }

            return kernel;
        }
    }

    private nint Create(string name)
    {
        OpenClDevice device = _context.Device;
        int status;
        nint kernel;
        fixed (byte* first = Encoding.UTF8.GetBytes(name + "\0"))
        {
            kernel = device.Library.CreateKernel(Handles.Program, first, &status);
        }

        if (status == OpenClStatus.Success)
        {
            Handles.Add(kernel);
            return kernel;
        }

        string kernels = Text((bytes, memory, needed) => device.Library.GetProgramInfo(Handles.Program, 0x1168, bytes, (void*)memory, (nuint*)needed));
        throw OpenClException.Of("clCreateKernel", $"'{name}' (the program has: {kernels.Replace(";", ", ", StringComparison.Ordinal)})", device.Name, status);
    }

    /// <summary>The compiler's words, and the lines around the first error in them.</summary>
    private static string Failure(OpenClDevice device, nint program, string source, string options, int status)
    {
        string log = Text((bytes, memory, needed) =>
            device.Library.GetProgramBuildInfo(program, device.Id, 0x1183, bytes, (void*)memory, (nuint*)needed)).Trim();
        var message = new StringBuilder();
        message.Append(CultureInfo.InvariantCulture, $"OpenCL: the program does not build on {device.Name}: {OpenClStatus.Name(status)} ({status})");
        message.Append(options.Length == 0 ? "." : $", options {options}.").Append('\n');
        message.Append(log.Length <= LongestLog ? log : log[..LongestLog] + " …");
        if (ErrorLine().Match(log) is { Success: true } match)
        {
            int line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
            string[] lines = source.Split('\n');
            for (int i = Math.Max(line - LinesAround, 1); i <= Math.Min(line + LinesAround, lines.Length); i++)
            {
                message.Append(CultureInfo.InvariantCulture, $"\n{(i == line ? '>' : ' ')}{i,5}  {lines[i - 1].TrimEnd()}");
            }
        }

        return message.ToString();
    }

    private static string Text(Func<nuint, nint, nint, int> query)
    {
        nuint bytes = 0;
        if (query(0, 0, (nint)(&bytes)) != OpenClStatus.Success || bytes == 0)
        {
            return "";
        }

        var text = new byte[bytes];
        fixed (byte* first = text)
        {
            return query(bytes, (nint)first, 0) == OpenClStatus.Success ? Encoding.UTF8.GetString(text).TrimEnd('\0') : "";
        }
    }

    /// <summary>"file:5:12: error" of Clang and most drivers, "error: file:5:12" of PoCL, "(5): error" of older ones.</summary>
    [GeneratedRegex(
        @":(?<line>\d+):\d+:? *(fatal )?error|error: [^\n]*?:(?<line>\d+):\d+:|\((?<line>\d+)\) *: *(fatal )?error",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex ErrorLine();
}
