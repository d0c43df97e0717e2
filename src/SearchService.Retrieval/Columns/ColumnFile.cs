using Lucene.Net.Codecs;
using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SearchService.Retrieval.Postings;

namespace SearchService.Retrieval.Columns;

/// <summary>
/// The columns of one segment as they are kept beside its postings, so that opening an index need not turn these round. Thread-safe.
/// </summary>
/// <remarks>
/// <para>One file <c>.bpc</c> a segment, with Lucene's header and checksum footer. It says nothing that the postings do not: a segment without it, or a
/// field that is not in it, is turned round when it is loaded.</para>
/// <para>A column is kept for each field of documents alone (no frequencies) in which some value has more than one document; see <see cref="Keeps"/>.
/// Its values are the field's terms. Its part of the file is numbers, seven bits a byte, the lowest first (<see cref="NumberReader"/>):</para>
/// <list type="number">
/// <item>the documents of each value, in the dictionary's order: these rank the values, see <see cref="RankedValues"/>;</item>
/// <item>of a column of combinations (<see cref="SetColumn"/>): each document's combination, the most frequent is 0;</item>
/// <item>for each combination, else for each document, its values as places (rank + 1), ascending, each as its distance from the one before (the first from
/// 0), doubled, and 1 more where another follows; a single 0 for none.</item>
/// </list>
/// <para>The table at the end has a line a column: number of the field, start and length of the part, combinations (0: a column of documents), numbers in
/// the lists of <see cref="WordLists"/>.</para>
/// <para>Diary of <see cref="Version"/>: 0 = first version.</para>
/// </remarks>
internal sealed class ColumnFile : IDisposable
{
    internal const int Version = 0;
    internal const string CodecName = "SearchServiceColumns";
    internal const string Extension = "bpc";

    private readonly IndexInput _input;
    private readonly Dictionary<int, ColumnPart> _parts = [];

    private ColumnFile(IndexInput input)
    {
        _input = input;
        CodecUtil.CheckHeader(input, CodecName, Version, Version);
        FileBytes file = FileBytes.Of(input);
        ByteReader table = file.Table();
        for (long n = table.Variable(); n > 0; n--)
        {
            int field = (int)table.Variable();
            if (!_parts.TryAdd(field, new ColumnPart(file, ref table)))
            {
                throw new CorruptIndexException($"field {field} has two columns");
            }
        }
    }

    /// <summary>Opens a segment's file; null where it has none.</summary>
    /// <exception cref="CorruptIndexException">The file is damaged.</exception>
    public static ColumnFile? Open(SegmentReadState state)
    {
        IndexInput input;
        try
        {
            input = state.Directory.OpenInput(Name(state.SegmentInfo, state.SegmentSuffix), state.Context);
        }
        catch (FileNotFoundException)
        {
            // written before there were such files
            return null;
        }

        try
        {
            return new ColumnFile(input);
        }
        catch
        {
            IOUtils.DisposeWhileHandlingException(input);
            throw;
        }
    }

    /// <summary>Writes the file of a segment whose postings are complete.</summary>
    public static void Write(SegmentWriteState state)
    {
        using BlockFieldsReader postings = new(state.Directory, state.FieldInfos, state.SegmentInfo, IOContext.READ, state.SegmentSuffix);
        BlockTerms[] fields = [.. postings.Select(name => postings.Find(name)!).Where(f => Keeps(f, state.SegmentInfo.DocCount))];
        IndexOutput output = state.Directory.CreateOutput(Name(state.SegmentInfo, state.SegmentSuffix), state.Context);
        FileBytes.Close(() => WriteColumns(output, fields, state.SegmentInfo.DocCount), output);
    }

    /// <summary>The part of a field; null where the file has none.</summary>
    public ColumnPart? Find(int fieldNumber) => _parts.GetValueOrDefault(fieldNumber);

    public void CheckIntegrity() => CodecUtil.ChecksumEntireFile((IndexInput)_input.Clone());

    public void Dispose() => _input.Dispose();

    private static void WriteColumns(IndexOutput output, BlockTerms[] fields, int documents)
    {
        CodecUtil.WriteHeader(output, CodecName, Version);
        ByteWriter table = new();
        ByteWriter part = new();
        foreach (BlockTerms field in fields)
        {
            part.Clear();
            TurnedPostings turned = TurnedPostings.Of(field, documents);
            (int sets, int listed) = ColumnWriter.Write(turned, part);
            ColumnPart.WriteLine(table, field.Dictionary.Field.Number, output.Position, part.Length, sets, listed);
            part.CopyTo(output);
        }

        FileBytes.WriteTable(output, fields.Length, table);
    }

    /// <summary>Whether a field has a column in the file: ids, of which every document has its own, have not.</summary>
    private static bool Keeps(BlockTerms terms, int documents) =>
        !terms.HasFreqs && terms.SumDocFreq > terms.Count && documents < NumberReader.Limit && terms.Count < NumberReader.Limit / 2;

    private static string Name(SegmentInfo segment, string suffix) => IndexFileNames.SegmentFileName(segment.Name, suffix, Extension);
}

/// <summary>One column's line of the table in a <see cref="ColumnFile"/>, and its bytes.</summary>
internal sealed unsafe class ColumnPart
{
    private readonly FileBytes _file;
    private readonly long _at;

    public ColumnPart(FileBytes file, ref ByteReader line)
    {
        _file = file;
        _at = line.Variable();
        Length = line.Variable();
        file.CheckData(_at, Length);
        Sets = (int)line.Variable();
        Listed = (int)line.Variable();
        if (Sets < 0 || Sets > ValueSets.MostSets || Listed < 0 || Listed > Length * 2)
        {
            throw new CorruptIndexException($"a column of {Length} bytes has {Sets} combinations and {Listed} numbers in lists");
        }
    }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>Combinations of values; 0 where each document has its own.</summary>
    public int Sets { get; }

    /// <summary>Numbers in lists.</summary>
    public int Listed { get; }

    /// <summary>A reader at the first number. Valid while this object is reachable.</summary>
    public NumberReader Open() => new(_file.Start + _at, Length);

    public static void WriteLine(ByteWriter table, int field, long at, int length, int sets, int listed)
    {
        table.Variable(field);
        table.Variable(at);
        table.Variable(length);
        table.Variable(sets);
        table.Variable(listed);
    }
}
