#pragma warning disable CS0649, CA1018, CA1862, CA1304, CA1310, CA1311, CA1849, RS0030, xUnit1031, CA1812, CA1823, IDE0044, CA1852 // what is banned elsewhere is what this file shows
using SearchService.Archive.Tests.ArchitectureFixture.Forbidden;

namespace SearchService.Archive.Tests.ArchitectureFixture.Forbidden
{
    internal class Marker : Exception;

    internal sealed class MarkAttribute : Attribute;

    internal static class MarkedStatics
    {
        public static int Value { get; set; }
    }
}

namespace SearchService.Archive.Tests.ArchitectureFixture
{
    internal static class UsesInBody
    {
        public static object Make() => new Marker();
    }

    internal sealed class UsesInField
    {
        public object? Other;
        public Marker? Field;
    }

    internal interface UsesInSignature
    {
        void Take(ref Marker[] markers);
    }

    internal static class UsesInGeneric
    {
        public static object Make() => new Dictionary<string, List<Marker[]>>();
    }

    internal static class UsesInLambda
    {
        public static Func<object> Make(int seed) => () => seed > 0 ? Array.Empty<Marker>() : "";
    }

    internal static class UsesInIterator
    {
        public static IEnumerable<object> Make()
        {
            yield return 1;
            yield return new Marker();
        }
    }

    internal static class UsesInAsync
    {
        public static async Task<object> Make()
        {
            await Task.Yield();
            return new Marker();
        }
    }

    internal sealed class UsesAsBase : Marker;

    internal static class UsesInCatch
    {
        public static void Run(Action action)
        {
            try
            {
                action();
            }
            catch (Marker)
            {
                action();
            }
        }
    }

    internal sealed class UsesInConstraint<T>
        where T : Marker;

    [Mark]
    internal static class UsesAsAttribute;

    internal static class UsesStatic
    {
        public static void Set() => MarkedStatics.Value = 1;
    }

    internal static class CallsBanned
    {
        public static bool Call(string text, Task<string> task) => text.ToLower().StartsWith(task.Result) && DateTime.UtcNow.Year > 2000;
    }
}
