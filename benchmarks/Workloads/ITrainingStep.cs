namespace ProbNet.Benchmarks;

/// <summary>A training step: forward, backward and update.</summary>
public interface ITrainingStep
{
    /// <summary>How it runs: eager or compiled.</summary>
    string Mode { get; }

    /// <summary>Takes the next step.</summary>
    /// <returns>The loss before its update.</returns>
    double Run();
}
