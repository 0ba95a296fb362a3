namespace ProbNet.Autodiff;

/// <summary>The right-hand side of an ordinary differential equation, dy/dt = f(t, y; θ), made of tensor operations.</summary>
/// <param name="time">t, one number of the type of the state.</param>
/// <param name="state">The parts of y.</param>
/// <param name="arguments">θ: what gradients are wanted of; may be empty.</param>
/// <returns>The derivatives of the parts, of their shapes.</returns>
public delegate Tensor[] OdeFunction(Tensor time, Tensor[] state, Tensor[] arguments);
