using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace SearchService.Archive.Tests;

/// <summary>
/// What a type of a compiled assembly uses, read from metadata and IL: bases, attributes, fields, signatures, locals, and every type
/// and member that its methods' bodies name. What the compiler makes of a type (closures, iterators, state machines) counts as the type.
/// Constants and names in <c>nameof</c> leave no trace.
/// </summary>
/// <param name="Name">Full name of the outermost type.</param>
/// <param name="Types">Full names of the types used, generic ones as <c>System.Collections.Generic.List`1</c>, nested ones after a +.</param>
/// <param name="Members">Members of other assemblies used: <c>System.DateTime.get_Now()</c>, <c>System.String.StartsWith(System.String)</c>.</param>
internal sealed record TypeUses(string Name, IReadOnlySet<string> Types, IReadOnlySet<string> Members)
{
    /// <summary>Reads all types of an assembly, by full name.</summary>
    public static IReadOnlyList<TypeUses> Read(Assembly assembly)
    {
        using PEReader file = new(File.OpenRead(assembly.Location));
        MetadataReader metadata = file.GetMetadataReader();
        Dictionary<string, Collector> collectors = new(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            string name = TypeNames.Of(metadata, Outermost(metadata, handle));
            if (!collectors.TryGetValue(name, out Collector? collector))
            {
                collectors[name] = collector = new Collector(file, metadata);
            }

            collector.AddType(metadata.GetTypeDefinition(handle));
        }

        return [.. collectors.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => new TypeUses(c.Key, c.Value.Types, c.Value.Members))];
    }

    /// <summary>Whether a full name is a namespace or type, or lies inside of it.</summary>
    public static bool IsIn(string fullName, string namespaceOrType) =>
        fullName.StartsWith(namespaceOrType, StringComparison.Ordinal)
        && (fullName.Length == namespaceOrType.Length || fullName[namespaceOrType.Length] is '.' or '+' or '`');

    private static TypeDefinitionHandle Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        while (metadata.GetTypeDefinition(handle).GetDeclaringType() is { IsNil: false } outer)
        {
            handle = outer;
        }

        return handle;
    }

    /// <summary>Gathers what one outermost type uses.</summary>
    private sealed class Collector(PEReader file, MetadataReader metadata)
    {
        private readonly TypeNames _names = new();

        public IReadOnlySet<string> Types => _names.Seen;

        public HashSet<string> Members { get; } = new(StringComparer.Ordinal);

        public void AddType(TypeDefinition type)
        {
            Add(type.BaseType);
            foreach (InterfaceImplementationHandle implementation in type.GetInterfaceImplementations())
            {
                Add(metadata.GetInterfaceImplementation(implementation).Interface);
            }

            AddConstraints(type.GetGenericParameters());
            AddAttributes(type.GetCustomAttributes());
            foreach (FieldDefinitionHandle handle in type.GetFields())
            {
                FieldDefinition field = metadata.GetFieldDefinition(handle);
                field.DecodeSignature(_names, null);
                AddAttributes(field.GetCustomAttributes());
            }

            foreach (MethodDefinitionHandle handle in type.GetMethods())
            {
                MethodDefinition method = metadata.GetMethodDefinition(handle);
                method.DecodeSignature(_names, null);
                AddConstraints(method.GetGenericParameters());
                AddAttributes(method.GetCustomAttributes());
                if (method.RelativeVirtualAddress != 0)
                {
                    AddBody(file.GetMethodBody(method.RelativeVirtualAddress));
                }
            }
        }

        private void AddConstraints(GenericParameterHandleCollection parameters)
        {
            foreach (GenericParameterHandle parameter in parameters)
            {
                foreach (GenericParameterConstraintHandle constraint in metadata.GetGenericParameter(parameter).GetConstraints())
                {
                    Add(metadata.GetGenericParameterConstraint(constraint).Type);
                }
            }
        }

        private void AddAttributes(CustomAttributeHandleCollection attributes)
        {
            foreach (CustomAttributeHandle attribute in attributes)
            {
                Add(metadata.GetCustomAttribute(attribute).Constructor);
            }
        }

        private void AddBody(MethodBodyBlock body)
        {
            Add(body.LocalSignature);
            foreach (ExceptionRegion region in body.ExceptionRegions)
            {
                Add(region.CatchType);
            }

            BlobReader code = body.GetILReader();
            while (code.RemainingBytes > 0)
            {
                OperandType operand = Instructions.Next(ref code);
                if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok or OperandType.InlineSig)
                {
                    Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                }
                else
                {
                    Instructions.Skip(operand, ref code);
                }
            }
        }

        private void Add(EntityHandle handle)
        {
            if (handle.IsNil)
            {
                return;
            }

            switch (handle.Kind)
            {
                case HandleKind.TypeReference:
                    _names.GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0);
                    break;
                case HandleKind.TypeDefinition:
                    _names.GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0);
                    break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null);
                    break;
                case HandleKind.MethodDefinition:
                    Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MethodSpecification:
                    MethodSpecification method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    method.DecodeSignature(_names, null);
                    Add(method.Method);
                    break;
                case HandleKind.MemberReference:
                    AddMember(metadata.GetMemberReference((MemberReferenceHandle)handle));
                    break;
                case HandleKind.StandaloneSignature:
                    StandaloneSignature signature = metadata.GetStandaloneSignature((StandaloneSignatureHandle)handle);
                    if (signature.GetKind() == StandaloneSignatureKind.LocalVariables)
                    {
                        signature.DecodeLocalSignature(_names, null);
                    }
                    else
                    {
                        signature.DecodeMethodSignature(_names, null);
                    }

                    break;
                default:
                    throw new BadImageFormatException($"unexpected {handle.Kind} in IL");
            }
        }

        private void AddMember(MemberReference member)
        {
            Add(member.Parent);
            string owner = member.Parent.Kind switch
            {
                HandleKind.TypeReference => TypeNames.Of(metadata, (TypeReferenceHandle)member.Parent),
                HandleKind.TypeSpecification => metadata.GetTypeSpecification((TypeSpecificationHandle)member.Parent).DecodeSignature(_names, null),
                _ => "",
            };
            string name = metadata.GetString(member.Name);
            if (member.GetKind() == MemberReferenceKind.Field)
            {
                member.DecodeFieldSignature(_names, null);
                Members.Add($"{owner}.{name}");
            }
            else
            {
                MethodSignature<string> signature = member.DecodeMethodSignature(_names, null);
                Members.Add($"{owner}.{name}({string.Join(',', signature.ParameterTypes)})");
            }
        }
    }

    /// <summary>Decodes signatures to names, and remembers each named type it meets.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

        public static string Of(MetadataReader metadata, TypeDefinitionHandle handle)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string name = metadata.GetString(type.Name);
            return type.GetDeclaringType() is { IsNil: false } outer ? $"{Of(metadata, outer)}+{name}" : Qualified(metadata.GetString(type.Namespace), name);
        }

        public static string Of(MetadataReader metadata, TypeReferenceHandle handle)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            string name = metadata.GetString(type.Name);
            return type.ResolutionScope.Kind == HandleKind.TypeReference
                ? $"{Of(metadata, (TypeReferenceHandle)type.ResolutionScope)}+{name}"
                : Qualified(metadata.GetString(type.Namespace), name);
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Remember(Of(reader, handle));

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Remember(Of(reader, handle));

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => $"System.{typeCode}";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[,]";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetByReferenceType(string elementType) => elementType + "&";

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "delegate*";

        public string GetGenericMethodParameter(object? genericContext, int index) => $"!!{index}";

        public string GetGenericTypeParameter(object? genericContext, int index) => $"!{index}";

        private static string Qualified(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";

        private string Remember(string name)
        {
            Seen.Add(name);
            return name;
        }
    }

    /// <summary>The lengths of IL instructions (ECMA-335, partition III), from the runtime's own table.</summary>
    private static class Instructions
    {
        private static readonly Dictionary<short, OperandType> Operands = typeof(OpCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (OpCode)field.GetValue(null)!)
            .ToDictionary(code => code.Value, code => code.OperandType);

        public static OperandType Next(ref BlobReader code)
        {
            int value = code.ReadByte();
            return Operands[unchecked((short)(value == 0xFE ? 0xFE00 | code.ReadByte() : value))];
        }

        public static void Skip(OperandType operand, ref BlobReader code)
        {
            // The length first: it may lie in the code itself.
            int length = operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => code.ReadInt32() * 4,
                _ => 4,
            };
            code.Offset += length;
        }
    }
}
