using System.Globalization;
using System.Text;
using SearchService.Commands;

// Messages are ours and in English, whatever the machine's language; numbers and dates are written the same everywhere.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

return await CommandLine.RunAsync(args, Terminal.OfConsole(), TimeProvider.System);
