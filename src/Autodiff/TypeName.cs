namespace ProbNet.Autodiff;

/// <summary>Names of types for messages and lists, as they are written in C#.</summary>
internal static class TypeName
{
    /// <summary>The name without its namespace: <c>Mixture&lt;Normal&gt;</c>.</summary>
    public static string Of(Type type) => type.IsGenericType
        ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
        : type.Name;
}
