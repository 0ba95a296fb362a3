using System.Globalization;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Distributions;

/// <summary>Functions of random pairs with their gradients, eagerly and compiled.</summary>
public static class FuzzCompiled
{
    /// <summary>Fails if a compiled answer or derivative is NaN, or not that of the eager function.</summary>
    /// <param name="subject">What the pairs are of.</param>
    /// <param name="functions">The functions of all inputs, and their names.</param>
    /// <param name="inputs">The inputs, of which the first axis lists the pairs.</param>
    /// <param name="moving">How many of them, from the first on, are differentiated.</param>
    public static void AssertAgrees(string subject, IReadOnlyList<(string Name, Func<Tensor[], Tensor> Of)> functions, Tensor[] inputs, int moving)
    {
        List<string> names = [];
        Tensor[] All(Tensor[] x)
        {
            names.Clear();
            List<Tensor> results = [];
            foreach ((string name, Func<Tensor[], Tensor> of) in functions)
            {
                Tensor[] still = x[moving..], free = x[..moving];
                (Tensor value, Tensor[] gradients) = (of(x), moving == 0 ? [] : Gradient.ValueAndGradient(all => of([.. all, .. still]).Sum(), free).Gradients);
                results.Add(value);
                results.AddRange(gradients);
                names.Add(name);
                names.AddRange(gradients.Select((_, i) => $"derivative {i} of {name}"));
            }

            return [.. results];
        }

        Tensor[] eager = All(inputs), compiled = Graph.Compile(All).Run(inputs);
        for (int i = 0; i < eager.Length; i++)
        {
            double[] expected = eager[i].ToDoubles(), found = compiled[i].ToDoubles();
            for (int j = 0; j < found.Length; j++)
            {
                Assert.True(expected[j].Equals(found[j]) && !double.IsNaN(found[j]), FormattableString.Invariant(
                    $"{subject}: {names[i]}, number {j}: eager {expected[j]:R}, compiled {found[j]:R} for {At(j * inputs[0].Shape[0] / found.Length)}"));
            }
        }

        string At(int pair) => string.Join(
            "; ", inputs.Select(x => string.Join(", ", x[pair].ToDoubles().Select(value => value.ToString("R", CultureInfo.InvariantCulture)))));
    }
}
