using System.Collections.Concurrent;

namespace ProbNet.Layers;

/// <summary>Names with what they stand for; safe to use from several threads.</summary>
internal sealed class Registry<T>(string what, string register)
{
    private readonly ConcurrentDictionary<string, T> _byName = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _byName.Keys;

    public void Add(string name, T value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_byName.TryAdd(name, value))
        {
            throw new ArgumentException($"LayerRegistry: there is a {what} '{name}' already.", nameof(name));
        }
    }

    public T Find(string name) => _byName.TryGetValue(name, out T? value)
        ? value
        : throw new ArgumentException(
            $"LayerRegistry: the {what} '{name}' is unknown; known are {string.Join(", ", _byName.Keys.Order(StringComparer.Ordinal))}. "
            + $"Make your own known with {register}.");
}
