using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

/// <summary>A reduction that takes in one element after the other: floating-point numbers in double precision, rounded when the result is asked for.</summary>
internal sealed class HostTotal
{
    private readonly Reduction _kind;
    private readonly DType _type;
    private double _number;
    private long _integer;
    private long _count;
    private long _best;

    public HostTotal(Reduction kind, DType type)
    {
        (_kind, _type) = (kind, type);
        _number = kind switch
        {
            Reduction.Product => 1,
            Reduction.LogSumExp or Reduction.Max => double.NegativeInfinity,
            Reduction.Min => double.PositiveInfinity,
            _ => 0,
        };
        _integer = kind is Reduction.Product or Reduction.All ? 1 : 0;
    }

    /// <summary>The bits of the result: of the type of the elements, or of Int64 for the index of an extremum.</summary>
    public long Result => _kind is Reduction.ArgMin or Reduction.ArgMax ? _best
        : _type.IsFloating() ? Bits(_type, _number)
        : _type == DType.Int32 ? KernelInterpreter.Bits((int)_integer)
        : _integer;

    /// <summary>The number with these bits, of a floating-point type.</summary>
    public static double Number(DType type, long bits) => type == DType.Float32 ? KernelInterpreter.Value<float>(bits) : KernelInterpreter.Value<double>(bits);

    /// <summary>The bits of a number, rounded to a floating-point type.</summary>
    public static long Bits(DType type, double number) => type == DType.Float32 ? KernelInterpreter.Bits((float)number) : KernelInterpreter.Bits(number);

    /// <summary>Takes in an element.</summary>
    public void Add(long bits)
    {
        if (_type.IsFloating())
        {
            Add(Number(_type, bits));
        }
        else
        {
            AddInteger(_type == DType.Int32 ? KernelInterpreter.Value<int>(bits) : bits);
        }

        _count++;
    }

    private void Add(double x)
    {
        switch (_kind)
        {
            case Reduction.Sum:
                _number += x;
                break;
            case Reduction.Product:
                _number *= x;
                break;
            case Reduction.Min:
                _number = Math.Min(_number, x);
                break;
            case Reduction.Max:
                _number = Math.Max(_number, x);
                break;
            case Reduction.LogSumExp:
                _number = LogAddExp(_number, x);
                break;
            case Reduction.ArgMin or Reduction.ArgMax:
                if (_count == 0 || (!double.IsNaN(_number) && (double.IsNaN(x) || (_kind == Reduction.ArgMin ? x < _number : x > _number))))
                {
                    (_number, _best) = (x, _count);
                }

                break;
            default:
                throw Undefined();
        }
    }

    private void AddInteger(long x)
    {
        switch (_kind)
        {
            case Reduction.Sum:
                _integer += x;
                break;
            case Reduction.Product:
                _integer *= x;
                break;
            case Reduction.Min:
                _integer = _count == 0 ? x : Math.Min(_integer, x);
                break;
            case Reduction.Max:
                _integer = _count == 0 ? x : Math.Max(_integer, x);
                break;
            case Reduction.Any:
                _integer |= x;
                break;
            case Reduction.All:
                _integer &= x;
                break;
            case Reduction.ArgMin or Reduction.ArgMax:
                if (_count == 0 || (_kind == Reduction.ArgMin ? x < _integer : x > _integer))
                {
                    (_integer, _best) = (x, _count);
                }

                break;
            default:
                throw Undefined();
        }
    }

    private static double LogAddExp(double a, double b)
    {
        double large = Math.Max(a, b);
        return double.IsFinite(large) ? large + Math.Log(Math.Exp(a - large) + Math.Exp(b - large)) : large;
    }

    private NotSupportedException Undefined() => new($"HostBackend: {_kind} is not defined for {_type}.");
}
