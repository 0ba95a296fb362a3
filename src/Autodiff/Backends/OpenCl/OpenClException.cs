namespace ProbNet.Autodiff;

/// <summary>A call of OpenCL that failed: the call, what it was about, the device, and the status by number and name.</summary>
internal sealed class OpenClException : InvalidOperationException
{
    public OpenClException(string message, int code)
        : base(message) => Code = code;

    /// <summary>The status that the call returned, below zero.</summary>
    public int Code { get; }

    /// <param name="call">The function's name in the standard.</param>
    /// <param name="about">What the call was to do, such as "kernel 'add'"; may be empty.</param>
    /// <param name="device">The device's name; may be empty before there is one.</param>
    /// <param name="code">The status that it returned.</param>
    public static OpenClException Of(string call, string about, string device, int code) => new(
        FormattableString.Invariant($"OpenCL: {call}{Part(" for ", about)}{Part(" on ", device)} failed: {OpenClStatus.Name(code)} ({code}).")
            + OpenClStatus.Advice(code),
        code);

    private static string Part(string word, string text) => text.Length == 0 ? "" : word + text;
}
