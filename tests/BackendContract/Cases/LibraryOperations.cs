using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.BackendContract;

/// <summary>All operations that there are: the class is internal to the libraries.</summary>
internal static class LibraryOperations
{
    /// <summary>The types of the operations of every library.</summary>
    public static IEnumerable<Type> Types { get; } = [.. new[] { typeof(Op), typeof(Normal), typeof(Dense), typeof(Evaluation) }
        .SelectMany(one => one.Assembly.GetTypes()).Where(type => type.IsSubclassOf(typeof(Op)) && !type.IsAbstract)];

    /// <summary>The name of an operation's type, without the types that a generic one is of.</summary>
    public static string NameOf(Type type) => type.Name.Split('`')[0];
}
