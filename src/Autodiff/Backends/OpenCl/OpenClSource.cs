namespace ProbNet.Autodiff;

/// <summary>Chooses the printer of a description.</summary>
internal static class OpenClSource
{
    /// <summary>The stages of a description; null if it has 2³¹ elements or more, or is of another kind.</summary>
    public static OpenClBackendPlan? Plan(Kernel kernel, OpenClBackendStyle style, DeviceInfo device) => Elements(kernel) > int.MaxValue ? null : kernel switch
    {
        MapKernel map => OpenClSourceMap.Print(map),
        ReduceKernel reduce => OpenClSourceReduce.Print(reduce, style, device),
        MatrixProductKernel product => OpenClSourceProduct.Print(product, style),
        ScanKernel scan => OpenClSourceScan.Print(scan, style),
        GatherKernel gather => OpenClSourceGather.Print(gather),
        ScatterAddKernel scatter => OpenClSourceScatter.Print(scatter, style),
        SortKernel sort => OpenClSourceSort.Print(sort),
        RandomKernel random => OpenClSourceRandom.Print(random),
        _ => null,
    };

    /// <summary>How many slices and numbers a launch gives.</summary>
    public static (int Buffers, int Numbers) Arguments(Kernel kernel) => kernel switch
    {
        MapKernel map => (map.Inputs.Length + map.Outputs.Length, map.Program.Numbers),
        ReduceKernel reduce => (
            reduce.Inputs.Length + reduce.Written.Length + reduce.FinishInputs.Length + reduce.Outputs.Length, Math.Max(reduce.Program.Numbers, reduce.Finish.Numbers)),
        MatrixProductKernel product => (2 + product.FinishInputs.Length + product.Outputs.Length, product.Finish.Numbers),
        ScatterAddKernel => (4, 0),
        GatherKernel => (3, 0),
        RandomKernel random => (2, random.Map.Numbers),
        _ => (2, 0),
    };

    /// <summary>The most elements that a launch counts through.</summary>
    private static double Elements(Kernel kernel) => kernel switch
    {
        MapKernel map => Product(map.Lengths.AsSpan()),
        ReduceKernel reduce => Product(reduce.Lengths.AsSpan()),
        MatrixProductKernel product => Math.Max(Math.Max((double)product.M * product.N, (double)product.M * product.K), (double)product.K * product.N),
        ScanKernel scan => (double)scan.Outer * scan.Length * scan.Inner,
        GatherKernel gather => (double)gather.Outer * Math.Max(gather.Length, gather.Count) * gather.Inner,
        ScatterAddKernel scatter => (double)scatter.Outer * Math.Max(scatter.Length, scatter.Count) * scatter.Inner,
        SortKernel sort => (double)sort.Outer * sort.Length * sort.Inner,
        RandomKernel random => 2.0 * random.Count,
        _ => 0,
    };

    private static double Product(ReadOnlySpan<int> lengths)
    {
        double product = 1;
        foreach (int length in lengths)
        {
            product *= length;
        }

        return product;
    }
}
