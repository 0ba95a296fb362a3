using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProbNet.Tests.Repository;

/// <summary>The public types and members of an assembly as text, one a line, in an order that does not change with the source files.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Header(type)).Append('\n');
            IEnumerable<string> members = type.IsEnum
                ? Enum.GetNames(type).Select(name => $"{name} = {Enum.Format(type, Enum.Parse(type, name), "d")}")
                : typeof(Delegate).IsAssignableFrom(type) ? []
                : Members(type).OrderBy(member => member.Name, StringComparer.Ordinal).ThenBy(member => member.Text, StringComparer.Ordinal)
                    .Select(member => member.Text);
            foreach (string member in members)
            {
                text.Append("    ").Append(member).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Header(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly struct" : "struct") : "class";
        string modifiers = kind != "class" ? ""
            : type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        string word = type.GetMethod("PrintMembers", Declared) is null ? kind : kind.Replace("class", "record").Replace("struct", "record struct");
        if (kind == "delegate")
        {
            return $"delegate {Method(type.GetMethod("Invoke")!, TypeName(type, null))}{Constraints(type.GetGenericArguments())}";
        }

        IEnumerable<Type> bases = kind == "class" && type.BaseType != typeof(object) ? [type.BaseType!] : [];
        Type[] inherited = [.. type.BaseType?.GetInterfaces() ?? [], .. type.GetInterfaces().SelectMany(i => i.GetInterfaces())];
        IEnumerable<Type> interfaces = type.GetInterfaces().Where(i => i.IsPublic && !inherited.Contains(i) && !type.IsEnum);
        string parents = string.Join(", ", bases.Concat(interfaces.OrderBy(i => i.Name, StringComparer.Ordinal)).Select(t => TypeName(t, null)));
        return $"{modifiers}{word} {TypeName(type, null)}{(parents.Length == 0 ? "" : " : " + parents)}{Constraints(type.GetGenericArguments())}";
    }

    private static IEnumerable<(string Name, string Text)> Members(Type type)
    {
        var nullability = new NullabilityInfoContext();
        foreach (FieldInfo field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly))
        {
            string kind = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            string value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
            yield return (field.Name, $"{Access(field.IsPublic)}{kind}{TypeName(field.FieldType, nullability.Create(field))} {field.Name}{value}");
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
        {
            yield return ("", $"{Access(constructor.IsPublic)}new({Parameters(constructor)})");
        }

        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            MethodInfo? get = property.GetMethod is { } g && IsVisible(g) ? g : null, set = property.SetMethod is { } s && IsVisible(s) ? s : null;
            if ((get ?? set) is { } accessor)
            {
                string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
                string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
                bool isInit = set?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
                string writes = set is null ? "" : isInit ? "init; " : "set; ";
                string reads = (get is null ? "" : "get; ") + (set is not null && set.IsPublic != accessor.IsPublic ? "protected " : "");
                string propertyType = TypeName(property.PropertyType, nullability.Create(property), TupleNames(property));
                string name = index.Length > 0 ? $"this[{index}]" : property.Name;
                yield return (property.Name, $"{Access(accessor.IsPublic)}{Inheritance(accessor)}{required}{propertyType} {name} {{ {reads}{writes}}}");
            }
        }

        foreach (EventInfo @event in type.GetEvents(Declared).Where(e => IsVisible(e.AddMethod!)))
        {
            yield return (@event.Name, $"event {TypeName(@event.EventHandlerType!, nullability.Create(@event))} {@event.Name}");
        }

        // What a record's compiler writes for it follows from its properties; what everything has says nothing.
        foreach (MethodInfo method in type.GetMethods(Declared).Where(method => IsVisible(method)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !IsOfObject(method)
            && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            string name = method.Name + (method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(t => t.Name))}>" : "");
            string constraints = Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []);
            yield return (method.Name, $"{Access(method.IsPublic)}{Inheritance(method)}{Method(method, name)}{constraints}");
        }
    }

    private static bool IsOfObject(MethodInfo method) => method.GetBaseDefinition().DeclaringType == typeof(object);

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(bool isPublic) => isPublic ? "" : "protected ";

    private static string Inheritance(MethodInfo method) => method.DeclaringType!.IsInterface ? (method.IsStatic ? "static " : "")
        : method.IsStatic ? "static "
        : method.GetBaseDefinition() != method ? (method.IsFinal ? "sealed override " : "override ")
        : method.IsAbstract ? "abstract "
        : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Method(MethodInfo method, string name)
    {
        string result = TypeName(method.ReturnType, new NullabilityInfoContext().Create(method.ReturnParameter), TupleNames(method.ReturnParameter));
        return $"{result} {name}({(method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "")}{Parameters(method)})";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute));
        string passing = isParams ? "params " : parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "";
        string value = !parameter.HasDefaultValue ? "" : " = " + (parameter.ParameterType.IsEnum && parameter.RawDefaultValue is { } raw
            ? $"{parameter.ParameterType.Name}.{Enum.GetName(parameter.ParameterType, raw)}"
            : parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
                ? "default" : Literal(parameter.RawDefaultValue));
        string type = TypeName(parameter.ParameterType, new NullabilityInfoContext().Create(parameter), TupleNames(parameter));
        return $"{passing}{type} {parameter.Name}{value}";
    }

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Where(p => p.IsGenericParameter).Select(p =>
    {
        GenericParameterAttributes attributes = p.GenericParameterAttributes;
        bool isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        List<string> constraints = [.. p.GetGenericParameterConstraints().Where(t => t != typeof(ValueType)).Select(t => TypeName(t, null))];
        if (isStruct || attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            constraints.Insert(0, isStruct ? "struct" : "class");
        }

        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !isStruct)
        {
            constraints.Add("new()");
        }

        return constraints.Count == 0 ? "" : $" where {p.Name} : {string.Join(", ", constraints)}";
    }));

    private static IList<string?>? TupleNames(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(TupleElementNamesAttribute), false).OfType<TupleElementNamesAttribute>().FirstOrDefault()?.TransformNames;

    private static string TypeName(Type type, NullabilityInfo? nullability, IList<string?>? tupleNames = null)
    {
        if (type.IsByRef)
        {
            return TypeName(type.GetElementType()!, nullability);
        }

        string mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        if (type.IsArray)
        {
            return $"{TypeName(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}";
        }

        if (type.IsPointer)
        {
            return TypeName(type.GetElementType()!, null) + "*";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return TypeName(underlying, null, tupleNames) + "?";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{TypeName(type.DeclaringType!, null)}.{type.Name}" : Keyword(type);
        if (!type.IsGenericType)
        {
            return name + mark;
        }

        // The arguments of a generic type that encloses this one are repeated here; only its own are written.
        Type[] arguments = type.GetGenericArguments();
        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return name + mark;
        }

        string[] shown = [.. arguments.Select((argument, i) =>
            TypeName(argument, nullability?.GenericTypeArguments is { } states && i < states.Length ? states[i] : null))];
        bool isTuple = type.Namespace == "System" && type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal);
        return isTuple ? $"({string.Join(", ", shown.Select((name, i) => tupleNames?[i] is { } element ? $"{name} {element}" : name))})"
            : $"{name[..name.LastIndexOf('`')]}<{string.Join(", ", shown)}>{mark}";
    }

    private static string Keyword(Type type) => type == typeof(void) ? "void" : type == typeof(object) ? "object" : Type.GetTypeCode(type) switch
    {
        _ when type.IsEnum => type.Name,
        TypeCode.Boolean => "bool",
        TypeCode.Byte => "byte",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.UInt32 => "uint",
        TypeCode.UInt64 => "ulong",
        TypeCode.Single => "float",
        TypeCode.Double => "double",
        TypeCode.String => "string",
        TypeCode.Char => "char",
        _ => type.Name,
    };

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
