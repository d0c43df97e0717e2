using System.Text;
using SearchService.Retrieval.Columns;

namespace SearchService.Retrieval.Tests.Columns;

public class ValueDictionaryTests
{
    [Fact]
    public void Find_FindsEveryValueAndNoOther()
    {
        ValueDictionary dictionary = Make("", "AZ", "Bakı", "東京", "𝔄");
        Assert.Equal(5, dictionary.Count);
        for (int i = 0; i < dictionary.Count; i++)
        {
            Assert.Equal(i, dictionary.Find(dictionary[i]));
        }

        Assert.Equal(-1, dictionary.Find("A"));
        Assert.Equal(-1, dictionary.Find("AZZ"));
        Assert.Equal(-1, ValueDictionary.Empty.Find(""));
    }

    [Fact]
    public void Merge_KeepsEveryValueOnce_InOrder_AndMapsOrdinals()
    {
        ValueDictionary[] parts = [Make("b", "d"), ValueDictionary.Empty, Make("a", "b", "e"), Make("d")];
        (ValueDictionary union, int[][] maps) = ValueDictionary.Merge(parts);
        Assert.Equal(["a", "b", "d", "e"], Enumerable.Range(0, union.Count).Select(i => union[i]));
        Assert.Equal([[1, 2], [], [0, 1, 3], [2]], maps);
    }

    internal static ValueDictionary Make(params string[] values)
    {
        ValueDictionary.Builder builder = new();
        foreach (string value in values)
        {
            builder.Add(Encoding.UTF8.GetBytes(value));
        }

        return builder.Build();
    }
}
