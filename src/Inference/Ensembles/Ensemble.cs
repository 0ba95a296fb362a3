using System.Runtime.ExceptionServices;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>Trains ensembles: the same model several times from different keys (Lakshminarayanan, Pritzel and Blundell 2017).</summary>
public static class Ensemble
{
    /// <summary>
    /// Trains members independently, each with its own initial weights, validation split and order of examples, several at a time.
    /// </summary>
    /// <param name="create">Makes an untrained model; called once a member, and makes new layers each time.</param>
    /// <param name="members">How many; at least 1.</param>
    /// <param name="x">Inputs, as for <see cref="ModelTraining.Fit{TOut}(Model{TOut}, Tensor, Tensor, FitOptions)"/>.</param>
    /// <param name="y">Targets, as for <see cref="ModelTraining.Fit{TOut}(Model{TOut}, Tensor, Tensor, FitOptions)"/>.</param>
    /// <param name="options">How each member is trained; its key is split among the members. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one member.</exception>
    /// <exception cref="ArgumentException"><paramref name="create"/> gave two members the same layer or head.</exception>
    /// <inheritdoc cref="ModelTraining.Fit{TOut}(Model{TOut}, Tensor, Tensor, FitOptions)" path="/exception"/>
    public static Ensemble<TOut> Fit<TOut>(Func<Model<TOut>> create, int members, Tensor x, Tensor y, FitOptions? options = null)
        where TOut : Univariate => Train(create, members, (model, own) => model.Fit(x, y, own), options);

    /// <summary>Trains members without inputs (<see cref="Model.Unconditional"/>) on examples of what they shall be the distribution of.</summary>
    /// <param name="create">Makes an untrained model; called once a member, and makes a new head each time.</param>
    /// <param name="members">How many; at least 1.</param>
    /// <param name="y">Examples, as for <see cref="ModelTraining.Fit{TOut}(Model{TOut}, Tensor, FitOptions)"/>.</param>
    /// <param name="options">How each member is trained; its key is split among the members. Null for the defaults.</param>
    /// <inheritdoc cref="Fit{TOut}(Func{Model{TOut}}, int, Tensor, Tensor, FitOptions)" path="/exception"/>
    public static Ensemble<TOut> Fit<TOut>(Func<Model<TOut>> create, int members, Tensor y, FitOptions? options = null)
        where TOut : Univariate => Train(create, members, (model, own) => model.Fit(y, own), options);

    private static Ensemble<TOut> Train<TOut>(Func<Model<TOut>> create, int members, Func<Model<TOut>, FitOptions, History> fit, FitOptions? options)
        where TOut : Univariate
    {
        ArgumentNullException.ThrowIfNull(create);
        if (members < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(members), members, "Ensemble.Fit: at least one member is needed.");
        }

        options ??= new FitOptions();
        options.Validate();
        var models = new Model<TOut>[members];
        var histories = new History[members];
        for (int i = 0; i < members; i++)
        {
            models[i] = create();
        }

        RequireSeparate(models);

        FitOptions shared = options with { ShowProgress = options.ShowProgress && members == 1 };
        try
        {
            Parallel.For(0, members, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Workers.Threads) }, (i, state) =>
            {
                histories[i] = fit(models[i], shared with { Key = options.Key.FoldIn(Streams.Members).FoldIn((ulong)i) });
            });
        }
        catch (AggregateException error)
        {
            // One member's failure is the failure; the others fail alike or not at all.
            ExceptionDispatchInfo.Capture(error.InnerExceptions[0]).Throw();
        }

        return new Ensemble<TOut>(models, histories);
    }

    // Members with a common layer would train each other's weights, at the same time, and agree where they should not.
    private static void RequireSeparate<TOut>(Model<TOut>[] models) where TOut : Univariate
    {
        var owners = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < models.Length; i++)
        {
            foreach (object part in (IEnumerable<object>)[models[i].Head, .. Ownership.LayersOf(models[i].Body)])
            {
                if (!owners.TryAdd(part, i) && owners[part] != i)
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"Ensemble.Fit: members {owners[part]} and {i} share one {part}; make new layers and a new head at every call, ")
                        + "or pass a model's CopyUnbuilt.",
                        "create");
                }
            }
        }
    }
}
