namespace ProbNet.Autodiff;

/// <summary>One kernel of a program. Its arguments are set anew at each launch, under the context's lock.</summary>
internal sealed unsafe class OpenClKernel
{
    private readonly OpenClContext _context;

    public OpenClKernel(OpenClContext context, OpenClProgram program, nint handle, string name)
    {
        _context = context;
        Program = program;
        Handle = handle;
        Name = name;
        OpenClDevice device = context.Device;
        uint arguments = 0;
        Check(device.Library.GetKernelInfo(handle, 0x1191, sizeof(uint), &arguments, null), "clGetKernelInfo");
        ArgumentCount = (int)arguments;
        nuint group = 0;
        Check(device.Library.GetKernelWorkGroupInfo(handle, device.Id, 0x11B0, (nuint)sizeof(nuint), &group, null), "clGetKernelWorkGroupInfo");
        MaxWorkGroup = (int)Math.Min(group, int.MaxValue);

        void Check(int status, string call)
        {
            if (status != OpenClStatus.Success)
            {
                throw OpenClException.Of(call, $"kernel '{name}'", device.Name, status);
            }
        }
    }

    public nint Handle { get; }

    /// <summary>The program, which is given back, and this kernel with it, when nothing refers to either.</summary>
    public OpenClProgram Program { get; }

    public string Name { get; }

    public int ArgumentCount { get; }

    /// <summary>
    /// How many items of a group the driver recommends at most, for the registers that the kernel needs. Some drivers run more than they say (Rusticl says 32), so
    /// a launch is checked against the device's limit and otherwise left to the driver.
    /// </summary>
    public int MaxWorkGroup { get; }

    /// <summary>Checks what a launch asks for, before anything is changed.</summary>
    public void Require(OpenClContext context, int arguments, WorkSize global, WorkSize local)
    {
        if (context != _context)
        {
            throw new ArgumentException($"{Name}: the kernel was built for {_context.Device.Name}, the launch is on {context.Device.Name}.");
        }

        if (arguments != ArgumentCount)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Name}: {arguments} arguments for a kernel that takes {ArgumentCount}."));
        }

        if (global.X < 0 || global.Y < 0 || global.Z < 0)
        {
            throw new ArgumentException($"{Name}: the work size {global} is negative.");
        }

        if (local == default)
        {
            return;
        }

        int largest = _context.Device.Info.MaxWorkGroup;
        if (local.X < 1 || local.Y < 1 || local.Z < 1 || local.Items > largest)
        {
            throw new ArgumentException($"{Name}: groups of {local} items; {context.Device.Name} allows 1 to {largest} in all.");
        }

        if (global.X % local.X != 0 || global.Y % local.Y != 0 || global.Z % local.Z != 0)
        {
            throw new ArgumentException($"{Name}: the work size {global} is not a multiple of the group {local}; round it up and guard the rest in the kernel.");
        }
    }

    public override string ToString() => Name;
}
