using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A parameter on its way into a distribution: its name, its value and the rule that it must keep.</summary>
internal readonly record struct FamilyParameter(string Name, Tensor Value, Func<string, string, Tensor, Tensor>? Rule)
{
    /// <summary>Any number.</summary>
    public static FamilyParameter Real(string name, Tensor value) => new(name, value, null);

    /// <summary>Above 0 and finite.</summary>
    public static FamilyParameter Positive(string name, Tensor value) => new(name, value, ParameterChecks.Positive);

    /// <summary>From 0, and finite.</summary>
    public static FamilyParameter NonNegative(string name, Tensor value) => new(name, value, ParameterChecks.NonNegative);

    /// <summary>In [0, 1].</summary>
    public static FamilyParameter UnitInterval(string name, Tensor value) => new(name, value, ParameterChecks.UnitInterval);

    /// <summary>Strictly between 0 and 1.</summary>
    public static FamilyParameter OpenUnitInterval(string name, Tensor value) => new(name, value, ParameterChecks.OpenUnitInterval);

    /// <summary>Finite.</summary>
    public static FamilyParameter Finite(string name, Tensor value) => new(name, value, ParameterChecks.Finite);

    /// <summary>A whole number from 0.</summary>
    public static FamilyParameter Count(string name, Tensor value) => new(name, value, ParameterChecks.Count);

    /// <summary>A whole number from 1.</summary>
    public static FamilyParameter PositiveCount(string name, Tensor value) =>
        new(name, value, (family, name, value) => ParameterChecks.Count(family, name, ParameterChecks.Positive(family, name, value)));

    /// <summary>A whole number.</summary>
    public static FamilyParameter Whole(string name, Tensor value) => new(name, value, ParameterChecks.Whole);

    /// <summary>The parameters checked, of one type: number literals take the type of the others, Float32 if all are literals.</summary>
    public static (string Name, Tensor Value)[] Check(string family, ReadOnlySpan<FamilyParameter> parameters)
    {
        DType? common = null;
        foreach (FamilyParameter parameter in parameters)
        {
            ParameterChecks.RequireFloating(family, parameter.Value);
            common ??= parameter.Value.IsLiteral ? null : parameter.Value.DType;
        }

        var result = new (string, Tensor)[parameters.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (string name, Tensor value, Func<string, string, Tensor, Tensor>? rule) = parameters[i];
            value = ParameterChecks.Literal(value, common ?? DType.Float32);
            result[i] = (name, rule?.Invoke(family, name, value) ?? value);
        }

        return result;
    }
}
