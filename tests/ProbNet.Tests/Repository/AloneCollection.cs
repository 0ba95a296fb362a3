namespace ProbNet.Tests.Repository;

/// <summary>Tests that change what the whole process shares, such as the console and the current folder: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public class AloneCollection;
