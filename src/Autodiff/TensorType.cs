namespace ProbNet.Autodiff;

/// <summary>A shape and an element type: all that is known of a tensor before its values.</summary>
internal readonly record struct TensorType(Shape Shape, DType DType)
{
    public override string ToString() => $"{DType} {Shape}";
}
