namespace ProbNet.Autodiff;

/// <summary>Work cut into tiles that may run in any order, on any thread.</summary>
internal interface ITileJob
{
    void Execute(int tile);
}
