using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Fits families of distributions to data. The family is the type argument: <c>Fit.MaximumLikelihood&lt;Gamma&gt;(data)</c>, <c>Fit.Moments&lt;Gamma&gt;(data)</c>;
/// a family of one's own, or one with some parameters held, is given by how it is made from those that are free:
/// <c>Fit.MaximumLikelihood(p => new Binomial(10, p[0]), [new("probs", 0.5, Support.UnitInterval)], data)</c>. All is done in Float64.
/// </summary>
public static class Fit
{
    // The mean negative log likelihood has about 15 digits; its gradient at the minimum is known to fewer.
    private const double GradientTolerance = 1e-9;

    /// <summary>Whether <see cref="MaximumLikelihood{T}(Tensor, Tensor?)"/> knows a family.</summary>
    /// <typeparam name="T">The family.</typeparam>
    public static bool Knows<T>() where T : Univariate => FitRecipes.All.ContainsKey(typeof(T));

    /// <summary>
    /// The distribution of a family under which the data are most likely: in closed form where there is one, else by a quasi-Newton search over the unconstrained
    /// parameters, from the estimates by moments.
    /// </summary>
    /// <typeparam name="T">The family.</typeparam>
    /// <param name="data">The observations, [count].</param>
    /// <param name="weights">How often each counts, [count]: not negative; once if null.</param>
    /// <exception cref="NotSupportedException">The family is not known: use the overload that is told how to make it.</exception>
    /// <exception cref="ShapeException">The data are no vector, or empty; or the weights have another shape.</exception>
    /// <exception cref="ArgumentException">An observation is NaN, infinite or outside of the support, or a weight is negative; or all observations are equal and the
    /// family has a scale.</exception>
    public static FitResult<T> MaximumLikelihood<T>(Tensor data, Tensor? weights = null) where T : Univariate
    {
        string method = $"Fit.MaximumLikelihood<{TypeName.Of(typeof(T))}>";
        (FitRecipe recipe, Observations observed) = Prepare<T>(method, data, weights);
        if (recipe.Likelihood is { } closed)
        {
            return Finish<T>(recipe, closed(observed), observed);
        }

        double[] start = (recipe.Start ?? recipe.Moments)!(observed);
        int[] free = [.. Enumerable.Range(0, start.Length).Where(i => !recipe.Held.Contains(i))];
        Tensor[] all = Array.ConvertAll(start, x => Tensor.Scalar(x, DType.Float64));
        FitParameter[] parameters = Array.ConvertAll(
            free, i => new FitParameter(recipe.Parameters[i].Name, start[i], recipe.Parameters[i].Support, recipe.Locations.Contains(i) ? observed.StdDev : 1));
        return Search(method, Create, parameters, observed) with { ParameterCount = start.Length };

        T Create(Tensor[] found)
        {
            var chosen = (Tensor[])all.Clone();
            for (int i = 0; i < free.Length; i++)
            {
                chosen[free[i]] = found[i];
            }

            return (T)recipe.Create(chosen);
        }
    }

    /// <summary>The distribution of a family whose first moments are those of the data, as many as it has parameters.</summary>
    /// <typeparam name="T">The family.</typeparam>
    /// <param name="data">The observations, [count].</param>
    /// <param name="weights">How often each counts, [count]: not negative; once if null.</param>
    /// <exception cref="NotSupportedException">The family is not known, or its moments do not determine it.</exception>
    /// <inheritdoc cref="MaximumLikelihood{T}(Tensor, Tensor?)"/>
    public static FitResult<T> Moments<T>(Tensor data, Tensor? weights = null) where T : Univariate
    {
        string method = $"Fit.Moments<{TypeName.Of(typeof(T))}>";
        (FitRecipe recipe, Observations observed) = Prepare<T>(method, data, weights);
        return recipe.Moments is { } moments ? Finish<T>(recipe, moments(observed), observed) : throw new NotSupportedException(
            $"{method}: moments do not determine this family, or do not exist for all of it; use MaximumLikelihood.");
    }

    /// <summary>
    /// The distribution under which the data are most likely, of those that a function makes from free parameters. The search goes uphill from the start: where the likelihood
    /// is flat in a parameter there, as in the skew of a <see cref="SkewNormal"/> at 0, it stays, so start on the side to which the data lean; and where the support depends
    /// on parameters, as that of a <see cref="GeneralizedExtremeValue"/>, start where all observations are possible.
    /// </summary>
    /// <typeparam name="T">The family.</typeparam>
    /// <param name="create">Makes the distribution from the parameters, one scalar Float64 each; not batched, of numbers.</param>
    /// <param name="parameters">The parameters: names, starting values, supports.</param>
    /// <param name="data">The observations, [count].</param>
    /// <param name="weights">How often each counts, [count]: not negative; once if null.</param>
    /// <exception cref="ShapeException">The data are no vector, or empty; or the weights have another shape.</exception>
    /// <exception cref="ArgumentException">An observation is NaN, infinite or impossible at the start, or a weight is negative; or a start is outside of its support; or the
    /// function reads more parameters than are given.</exception>
    public static FitResult<T> MaximumLikelihood<T>(
        Func<Tensor[], T> create, IReadOnlyList<FitParameter> parameters, Tensor data, Tensor? weights = null) where T : Univariate
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(parameters);
        string method = $"Fit.MaximumLikelihood<{TypeName.Of(typeof(T))}>";
        return Search(method, create, parameters, Observations.Check(method, data, weights));
    }

    /// <summary>The most likely probabilities of classes: how often each occurs.</summary>
    /// <param name="labels">Whole numbers from 0, [count].</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="weights">How often each counts, [count]; once if null.</param>
    /// <exception cref="ArgumentException">A label is not among the classes; the message names its row.</exception>
    public static FitResult<Categorical> Categorical(Tensor labels, int classes, Tensor? weights = null)
    {
        const string method = "Fit.Categorical";
        Observations observed = Observations.Check(method, labels, weights);
        RequireInside(method, Support.IntegerInterval(0.0, classes - 1.0), observed);
        Tensor counts = (observed.Data.Cast(DType.Int64).OneHot(classes, DType.Float64) * observed.Weights.Unsqueeze(-1)).Sum(0);
        return Result(Distributions.Categorical.FromProbs(counts / observed.Total), observed, classes - 1, 0, true);
    }

    /// <summary>The most likely probability of success in a number of trials that is known: the share of successes.</summary>
    /// <param name="successes">Whole numbers from 0 to the number of trials, [count].</param>
    /// <param name="trials">The number of trials; at least 1.</param>
    /// <param name="weights">How often each counts, [count]; once if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no trials.</exception>
    /// <exception cref="ArgumentException">A number is not among the possible ones; the message names its row.</exception>
    public static FitResult<Binomial> Binomial(Tensor successes, int trials, Tensor? weights = null)
    {
        const string method = "Fit.Binomial";
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        Observations observed = Observations.Check(method, successes, weights);
        RequireInside(method, Support.IntegerInterval(0.0, trials), observed);
        Tensor count = Tensor.Scalar(trials, DType.Float64);
        return Result(new Binomial(count, Tensor.Scalar(observed.Mean / trials, DType.Float64)), observed, 1, 0, true);
    }

    /// <summary>The most likely weights of success and failure of a number of trials that is known.</summary>
    /// <param name="successes">Whole numbers from 0 to the number of trials, [count].</param>
    /// <param name="trials">The number of trials; above 1, since one trial does not show how its probability varies.</param>
    /// <param name="weights">How often each counts, [count]; once if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than two trials.</exception>
    /// <exception cref="ArgumentException">A number is not among the possible ones; the message names its row.</exception>
    public static FitResult<BetaBinomial> BetaBinomial(Tensor successes, int trials, Tensor? weights = null)
    {
        const string method = "Fit.BetaBinomial";
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 2);
        Observations observed = Observations.Check(method, successes, weights);
        RequireInside(method, Support.IntegerInterval(0.0, trials), observed);

        // The variance of the mean of n trials exceeds that of a binomial by the factor 1 + (n − 1)/(a + b + 1).
        double p = Math.Clamp(observed.Mean / trials, 0.01, 0.99), factor = observed.Variance / (trials * p * (1 - p));
        double total = (1 / Math.Clamp((factor - 1) / (trials - 1), 0.01, 0.9)) - 1;
        Tensor count = Tensor.Scalar(trials, DType.Float64);
        return Search(
            method, free => new BetaBinomial(count, free[0], free[1]),
            [new("concentration1", p * total, Support.Positive), new("concentration0", (1 - p) * total, Support.Positive)], observed);
    }

    /// <summary>The most likely Normal of vectors: the mean and the covariance of the data, with their number in the denominator.</summary>
    /// <param name="data">The observations, [count, n].</param>
    /// <param name="weights">How often each counts, [count]; once if null.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentException">A number is NaN or infinite; the message names the row.</exception>
    /// <exception cref="LinearAlgebraException">The data lie in a plane: there are not more than n of them, or coordinates depend on each other.</exception>
    public static FitResult<MultivariateNormal> MultivariateNormal(Tensor data, Tensor? weights = null)
    {
        const string method = "Fit.MultivariateNormal";
        ArgumentNullException.ThrowIfNull(data);
        if (data.Rank != 2 || data.Size == 0 || (weights is not null && weights.Shape != data.Shape[..1]))
        {
            throw new ShapeException(
                $"{method}: the data have shape {data.Shape}{(weights is null ? "" : $" and the weights {weights.Shape}")}; they must be [count, n] and [count].");
        }

        (int count, int n) = (data.Shape[0], data.Shape[1]);
        Tensor x = data.Cast(DType.Float64), w = weights?.Cast(DType.Float64) ?? Tensor.Ones([count], DType.Float64);
        int bad = Array.IndexOf((x.IsFinite().All(1) & (w >= 0) & w.IsFinite()).Cast(DType.Float64).ToDoubles(), 0);
        if (bad >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{method}: row {bad} holds a number or a weight that is NaN or infinite, or a negative weight."), nameof(data));
        }

        Tensor share = (w / w.Sum()).Unsqueeze(-1), mean = (share * x).Sum(0), deviation = x - mean;
        var fitted = Distributions.MultivariateNormal.FromCovariance(mean, deviation.Transpose().MatMul(share * deviation));
        double total = w.Sum().ToScalar(), likelihood = (w * fitted.LogProb(x)).Sum().ToScalar();
        return new(fitted, likelihood, n + (n * (n + 1) / 2), total, 0, true);
    }

    private static (FitRecipe Recipe, Observations Observed) Prepare<T>(string method, Tensor data, Tensor? weights)
    {
        if (!FitRecipes.All.TryGetValue(typeof(T), out FitRecipe? recipe))
        {
            throw new NotSupportedException(
                $"{method}: there is no recipe for this family; use the overload of MaximumLikelihood that takes a function from parameters to the distribution, "
                + "with starting values.");
        }

        Observations observed = Observations.Check(method, data, weights);
        RequireInside(method, recipe.Support, observed);
        if (recipe.NeedsSpread && !(observed.Max > observed.Min))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{method}: all {observed.Values.Length} observations are {observed.Min:R}; one distinct value does not determine the parameters."),
                nameof(data));
        }

        return (recipe, observed);
    }

    private static void RequireInside(string method, Support support, Observations observed)
    {
        int outside = Array.IndexOf(support.Contains(observed.Data).Cast(DType.Float64).ToDoubles(), 0);
        if (outside >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{method}: the observation {observed.Values[outside]:R} (number {outside} of those with weight) is not in {support.Name}."), "data");
        }
    }

    private static FitResult<T> Finish<T>(FitRecipe recipe, double[] estimates, Observations observed) where T : Univariate =>
        Result((T)recipe.Create(Array.ConvertAll(estimates, x => Tensor.Scalar(x, DType.Float64))), observed, estimates.Length, 0, true);

    private static FitResult<T> Result<T>(T fitted, Observations observed, int count, int iterations, bool converged) where T : Univariate
    {
        // Angles are what they are modulo a turn.
        Tensor data = fitted is VonMises angles ? angles.Wrap(observed.Data) : observed.Data;
        return new(fitted, (observed.Weights * fitted.LogProb(data)).Sum().ToScalar(), count, observed.Total, iterations, converged);
    }

    private static FitResult<T> Search<T>(string method, Func<Tensor[], T> create, IReadOnlyList<FitParameter> parameters, Observations observed) where T : Univariate
    {
        var maps = new Transform[parameters.Count];
        var start = new double[maps.Length];
        for (int i = 0; i < maps.Length; i++)
        {
            FitParameter parameter = parameters[i];
            Support support = parameter.Support ?? Support.Real;
            Tensor at = Tensor.Scalar(parameter.Start, DType.Float64);
            if (!(bool)support.Contains(at))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{method}: the start of {parameter.Name}, {parameter.Start:R}, is not in {support.Name}."), nameof(parameters));
            }

            Transform map = support.FromReal();
            maps[i] = map is IdentityTransform ? new AffineTransform(at, Tensor.Scalar(parameter.Step, DType.Float64)) : map;
            start[i] = maps[i].Inverse(at).ToScalar();
        }

        if (double.IsNegativeInfinity(Result(First(), observed, 0, 0, true).LogLikelihood))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{method}: an observation is impossible for {Make(Tensor.From(start))}, where the search starts."), nameof(parameters));
        }

        (double[] best, _, int iterations, bool converged) = Bfgs.Minimize(Objective, start, GradientTolerance);
        return Result(Make(Tensor.From(best)), observed, maps.Length, iterations, converged);

        T First()
        {
            try
            {
                return Make(Tensor.From(start));
            }
            catch (IndexOutOfRangeException error)
            {
                throw new ArgumentException(
                    $"{method}: the function reads an element beyond the {maps.Length} parameters that are given ({string.Join(", ", parameters.Select(p => p.Name))}); "
                    + "give one FitParameter for each that it reads.", nameof(parameters), error);
            }
        }

        T Make(Tensor free) => create([.. maps.Select((map, i) => map.Forward(free[i]))]);

        (double Value, double[] Gradient) Objective(double[] at)
        {
            try
            {
                (Tensor value, Tensor gradient) = Gradient.ValueAndGradient(
                    free => (observed.Weights * Make(free).LogProb(observed.Data)).Sum() * (-1 / observed.Total), Tensor.From(at));
                return (value.ToScalar(), gradient.ToDoubles());
            }
            catch (ArgumentOutOfRangeException)
            {
                // A step so long that a parameter over- or underflows.
                return (double.PositiveInfinity, at);
            }
        }
    }
}
