using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace ProbNet.Autodiff;

/// <summary>
/// Whether two operations are the same: of one class, with equal attributes. Attributes are fields, so that no operation can forget to compare one.
/// </summary>
internal static class OpEquality
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_fields = new();

    public static bool Same(Op a, Op b)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (a.GetType() != b.GetType())
        {
            return false;
        }

        foreach (FieldInfo field in s_fields.GetOrAdd(a.GetType(), Fields))
        {
            if (!SameValue(field.GetValue(a), field.GetValue(b)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A hash of the class and its attributes.</summary>
    public static int Hash(Op op)
    {
        var hash = default(HashCode);
        hash.Add(op.GetType());
        foreach (FieldInfo field in s_fields.GetOrAdd(op.GetType(), Fields))
        {
            object? value = field.GetValue(op);
            hash.Add(value is Array array ? StructuralComparisons.StructuralEqualityComparer.GetHashCode(array) : value?.GetHashCode() ?? 0);
        }

        return hash.ToHashCode();
    }

    private static bool SameValue(object? a, object? b) => (a, b) switch
    {
        // Zeros of different signs are different attributes.
        (double x, double y) => BitConverter.DoubleToInt64Bits(x) == BitConverter.DoubleToInt64Bits(y),
        (Array x, Array y) => StructuralComparisons.StructuralEqualityComparer.Equals(x, y),
        _ => Equals(a, b),
    };

    private static FieldInfo[] Fields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (Type? t = type; t is not null && t != typeof(Op); t = t.BaseType)
        {
            fields.AddRange(t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(field => !field.FieldType.IsAssignableTo(typeof(BlockKernel))));
        }

        return [.. fields];
    }
}
