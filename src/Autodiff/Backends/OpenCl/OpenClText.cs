using System.Text;

namespace ProbNet.Autodiff;

/// <summary>The text of one kernel function, which stands in a program alone or beside others.</summary>
/// <param name="Head">What comes before the name: "__kernel void ".</param>
/// <param name="Name">The function's name.</param>
/// <param name="Tail">What comes after it: the parameters and the body.</param>
/// <param name="Helpers">The <see cref="SourceHelpers"/> that the body calls.</param>
internal sealed record OpenClText(string Head, string Name, string Tail, IReadOnlySet<string> Helpers)
{
    /// <summary>The function by itself: equal for equal functions.</summary>
    public string Function => Head + Name + Tail;

    /// <summary>Whether the device must compute in Float64 to run it.</summary>
    public bool UsesFloat64 => Tail.Contains("double", StringComparison.Ordinal);

    /// <summary>A program of some functions.</summary>
    public static string Program(IReadOnlyList<OpenClText> functions)
    {
        var text = new StringBuilder("#pragma OPENCL FP_CONTRACT OFF\n");
        if (functions.Any(function => function.UsesFloat64))
        {
            text.Append("#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n");
        }

        text.Append(SourceHelpers.Text(functions.SelectMany(function => function.Helpers).ToHashSet(StringComparer.Ordinal)));
        for (int i = 0; i < functions.Count; i++)
        {
            text.Append(functions[i].Head).Append(functions[i].NameAt(i)).Append(functions[i].Tail);
        }

        return text.ToString();
    }

    /// <summary>The function's name at a place of a program: functions of one kind have one name.</summary>
    public string NameAt(int place) => $"{Name}_{SourceText.Number(place)}";
}
