namespace ProbNet.Inference;

/// <summary>What an epoch's batches of one phase of training add up to.</summary>
internal sealed class EpochTally
{
    private readonly List<int> _steps = [];

    /// <summary>Which of the epoch's batches they were, counted from 0.</summary>
    public IReadOnlyList<int> Steps => _steps;

    /// <summary>The number of examples.</summary>
    public int Examples { get; private set; }

    /// <summary>The sum of the losses, each times the number of its examples.</summary>
    public double Loss { get; private set; }

    /// <summary>The sum of the gradient norms.</summary>
    public double GradientNorm { get; private set; }

    /// <summary>Counts a batch.</summary>
    public void Add(int step, int examples)
    {
        _steps.Add(step);
        Examples += examples;
    }

    /// <summary>Adds what became of it.</summary>
    public void Add(double loss, double gradientNorm) => (Loss, GradientNorm) = (Loss + loss, GradientNorm + gradientNorm);
}
