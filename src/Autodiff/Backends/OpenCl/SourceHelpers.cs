using System.Text;

namespace ProbNet.Autodiff;

/// <summary>Functions in OpenCL C for what its operators and built-ins leave undefined or define otherwise; a text gets those that it calls.</summary>
internal static class SourceHelpers
{
    private static readonly (string Name, string Text)[] s_all = [.. Floating("float", "int", "f"), .. Floating("double", "long", ""),
        .. Integer("int", "uint"), .. Integer("long", "ulong"),
        .. Saturated("int", "0x1p31"), .. Saturated("long", "0x1p63"), ("int_of_long", Narrowed), ("philox", Philox)];

    private const string Narrowed = """
        static int int_of_long(long a)
        {
            return (int)clamp(a, (long)INT_MIN, (long)INT_MAX);
        }
        """;

    private const string Philox = """
        static uint4 philox(ulong key, ulong stream, uint block)
        {
            uint4 x = (uint4)(block, 0u, (uint)stream, (uint)(stream >> 32));
            uint2 k = (uint2)((uint)key, (uint)(key >> 32));
            for (int round = 0; round < 10; round++)
            {
                ulong p = (ulong)x.s0 * 0xD2511F53u;
                ulong q = (ulong)x.s2 * 0xCD9E8D57u;
                x = (uint4)((uint)(q >> 32) ^ x.s1 ^ k.s0, (uint)q, (uint)(p >> 32) ^ x.s3 ^ k.s1, (uint)p);
                k += (uint2)(0x9E3779B9u, 0xBB67AE85u);
            }

            return x;
        }
        """;

    /// <summary>The texts of some helpers.</summary>
    public static string Text(IReadOnlySet<string> names)
    {
        var text = new StringBuilder();
        foreach ((string name, string function) in s_all)
        {
            if (names.Contains(name))
            {
                text.Append(function).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Equal numbers differ in the sign of zero alone, so their bits together are the answer.</summary>
    private static IEnumerable<(string Name, string Text)> Floating(string type, string bits, string suffix)
    {
        yield return ("min_" + type, $$"""
            static {{type}} min_{{type}}({{type}} a, {{type}} b)
            {
                {{type}} least = a < b ? a : b < a ? b : as_{{type}}(as_{{bits}}(a) | as_{{bits}}(b));
                return isnan(a) || isnan(b) ? a + b : least;
            }
            """);
        yield return ("max_" + type, $$"""
            static {{type}} max_{{type}}({{type}} a, {{type}} b)
            {
                {{type}} greatest = a > b ? a : b > a ? b : as_{{type}}(as_{{bits}}(a) & as_{{bits}}(b));
                return isnan(a) || isnan(b) ? a + b : greatest;
            }
            """);
        yield return ("scale_" + type, $$"""
            static {{type}} scale_{{type}}({{type}} a, {{type}} b)
            {
                return isnan(b) ? b : ldexp(a, (int)fmax(fmin(b, 10000.0{{suffix}}), -10000.0{{suffix}}));
            }
            """);
    }

    /// <summary>Division by 0 ends the process on a processor, and the least number by −1 as well: neither reaches the operator.</summary>
    private static IEnumerable<(string Name, string Text)> Integer(string type, string unsigned)
    {
        yield return ("divide_" + type, $$"""
            static {{type}} divide_{{type}}({{type}} a, {{type}} b)
            {
                {{type}} quotient = a / (b == 0 || b == -1 ? 1 : b);
                return b == 0 ? 0 : b == -1 ? ({{type}})(0 - ({{unsigned}})a) : quotient;
            }
            """);
        yield return ("remainder_" + type, $$"""
            static {{type}} remainder_{{type}}({{type}} a, {{type}} b)
            {
                return a % (b == 0 || b == -1 ? 1 : b);
            }
            """);
    }

    /// <summary>A floating-point number out of an integer's range has no defined conversion in C.</summary>
    private static IEnumerable<(string Name, string Text)> Saturated(string type, string limit)
    {
        foreach ((string floating, string suffix) in ((string, string)[])[("float", "f"), ("double", "")])
        {
            yield return ($"{type}_of_{floating}", $$"""
                static {{type}} {{type}}_of_{{floating}}({{floating}} a)
                {
                    {{type}} inside = ({{type}})(fabs(a) < {{limit}}{{suffix}} ? a : 0);
                    {{type}} outside = isnan(a) ? 0 : a < 0 ? {{type.ToUpperInvariant()}}_MIN : {{type.ToUpperInvariant()}}_MAX;
                    return fabs(a) < {{limit}}{{suffix}} ? inside : outside;
                }
                """);
        }
    }
}
