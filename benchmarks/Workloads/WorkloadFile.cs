using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Benchmarks;

/// <summary>
/// A workload as a safetensors file, from which another framework starts with the same numbers: <c>parameter.i</c> the initial weights,
/// <c>input.i</c> the batch, <c>noise.i</c> the random numbers of the first steps, stacked along a first axis.
/// </summary>
public static class WorkloadFile
{
    /// <summary>How many steps are compared, and have their random numbers in the file.</summary>
    public const int Steps = 50;

    /// <summary>Writes a workload that has taken no step yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="workload">The workload.</param>
    public static void Write(string path, Workload workload)
    {
        var tensors = new List<KeyValuePair<string, Tensor>>();
        Add("parameter", workload.Parameters.Select(parameter => parameter.Value));
        Add("input", workload.Inputs);
        if (workload.IsRandom)
        {
            Tensor[][] draws = [.. Enumerable.Range(0, Steps).Select(step => workload.Draw(Workload.NoiseKey.FoldIn((ulong)step)))];
            Add("noise", Enumerable.Range(0, draws[0].Length).Select(i => Tensor.Stack([.. draws.Select(step => step[i])])));
        }

        SafeTensors.Write(path, tensors);

        void Add(string kind, IEnumerable<Tensor> values) => tensors.AddRange(
            values.Select((value, i) => KeyValuePair.Create(FormattableString.Invariant($"{kind}.{i}"), value)));
    }
}
