using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

// The least program that has something to say: a model is built and predicts. measure.sh times it from the start of the process to its end.
Model<Normal> model = Model.Sequential([new Dense(64, Activation.Tanh), new Dense(64, Activation.Tanh)], new NormalHead())
    .Build(features: 8, RandomKey.FromSeed(1));
Normal prediction = model.Predict(RandomKey.FromSeed(2).Normal([1, 8]));
Console.WriteLine($"mean {prediction.Mean().Value}, standard deviation {prediction.StdDev().Value}");
