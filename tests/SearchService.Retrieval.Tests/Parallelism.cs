// long computations: on one core they leave the other to the projects that run beside, whose tests wait for processes and browsers
[assembly: CollectionBehavior(MaxParallelThreads = 1)]
