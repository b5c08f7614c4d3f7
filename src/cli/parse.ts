import yargs, { type Argv, type Options } from 'yargs';
import { UsageError } from '../core/errors.ts';
import { PACKAGE_VERSION } from '../core/package.ts';
import { didYouMean } from '../core/suggest.ts';
import type { Command, CommandGroup, Outcome } from './command.ts';
import type { Terminal } from './terminal.ts';

type Commands = readonly (Command | CommandGroup)[];
type Arguments = Readonly<Record<string, unknown>>;

const JSON_OPTION = { type: 'boolean', default: false, describe: 'print exactly one JSON document on standard output' } as const;

/**
 * Finds the command that was typed, reads its options strictly, and runs it.
 *
 * @param begin - called when the command is understood, before it runs
 * @throws {UsageError} `command-unknown`, `option-unknown`, `option-repeated`, `option-not-a-number`, `option-empty`,
 *   `argument-unexpected`, `command-missing`, `usage-wrong`
 */
export async function runCommandLine(
  typed: readonly string[],
  commands: Commands,
  terminal: Terminal,
  begin: () => void = () => undefined,
): Promise<Outcome> {
  let outcome: Outcome | undefined;
  let chosen = 'kedge';
  const run = async (path: string, command: Command, args: Arguments): Promise<void> => {
    checkArguments(path, command, args);
    begin();
    outcome = await command.run(args as never, terminal);
  };
  const parser = yargs([...typed])
    .scriptName('kedge')
    .usage('kedge <command>\n\nWhen the weights have drifted: sell, or hedge with Bitcoin futures and keep the coins?')
    .epilogue('Each command explains itself: kedge <command> --help')
    .version(PACKAGE_VERSION)
    .alias('help', 'h')
    .locale('en')
    .wrap(Math.min(terminal.width, 120))
    .exitProcess(false)
    .parserConfiguration({
      'boolean-negation': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-positional-numbers': false,
    })
    .fail((message: string | null, error: Error | undefined) => {
      throw error !== undefined && error.name !== 'YError' ? error : usageError(chosen, message);
    });
  showExamples(parser, commands.slice(0, 1));
  register(parser, 'kedge', commands, run, (usage) => {
    chosen = usage;
  });
  const parsed = await parser.parseAsync();
  if (outcome !== undefined) return outcome;
  if (parsed['help'] === true || parsed['version'] === true || typed[0] === 'help') return 'done';
  throw noCommand(parsed, commands);
}

type Run = (path: string, command: Command, args: Arguments) => Promise<void>;

function register(parser: Argv, path: string, commands: Commands, run: Run, choose: (usage: string) => void): void {
  for (const command of commands) {
    const ownPath = `${path} ${nameOf(command)}`;
    parser.command({
      command: command.usage,
      describe: command.summary,
      builder: (own: Argv) => {
        choose(`${path} ${command.usage}`);
        if ('commands' in command) {
          register(own.usage(`${ownPath} <command>\n\n${command.summary}`), ownPath, command.commands, run, choose);
          return showExamples(own, command.commands);
        }
        return describeCommand(own, path, command);
      },
      handler: async (args) => {
        if (!('commands' in command)) await run(ownPath, command, args);
      },
    });
  }
}

/** The first example of each command. */
function showExamples(parser: Argv, commands: Commands): Argv {
  for (const command of commands) if ('examples' in command) parser.example(...command.examples[0]!);
  return parser;
}

function describeCommand(parser: Argv, path: string, command: Command): Argv {
  parser.usage(`${path} ${command.usage}\n\n${command.summary}`);
  for (const [name, option] of Object.entries({ ...command.options, json: JSON_OPTION })) {
    parser.option(name, option.type === 'boolean' ? option : { ...option, requiresArg: true });
  }
  for (const [name, positional] of Object.entries(command.positionals)) parser.positional(name, positional);
  for (const [example, description] of command.examples) parser.example(example, description);
  return parser;
}

function nameOf({ usage }: { readonly usage: string }): string {
  return usage.split(' ', 1)[0]!;
}

// yargs' own strict mode names an unknown option without offering the nearest known one.
function checkArguments(path: string, command: Command, args: Arguments): void {
  const options: Readonly<Record<string, Options>> = { ...command.options, json: JSON_OPTION };
  const hint = `see ${path} --help`;
  refuseUnknownOptions(path, args, Object.keys(options), Object.keys(command.positionals));
  const extra = (args['_'] as (string | number)[])[path.split(' ').length - 1];
  if (extra !== undefined)
    throw new UsageError('argument-unexpected', `${path} does not know what to do with "${extra}"`, { hint });
  for (const [name, option] of Object.entries(options)) checkValue(name, option, args[name], hint);
}

function refuseUnknownOptions(path: string, args: Arguments, options: readonly string[], positionals: readonly string[]): void {
  const known = [...options, 'help', 'version'];
  // yargs adds a camel-cased copy of every name with a dash.
  const readable = new Set(['_', '$0', 'h', ...[...known, ...positionals].flatMap((name) => [name, camelCase(name)])]);
  const unknown = Object.keys(args).find((name) => !readable.has(name));
  if (unknown === undefined) return;
  const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`);
  throw new UsageError(
    'option-unknown',
    `${path} has no option ${dashed(unknown)}. ${didYouMean(dashed(unknown), known.map(dashed))}`,
    {
      hint: `see ${path} --help`,
    },
  );
}

function checkValue(name: string, option: Options, value: unknown, hint: string): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length > 1 && option.array !== true) {
    throw new UsageError('option-repeated', `--${name} is given ${values.length} times, expected once`, { hint });
  }
  if (option.type === 'number' && values.some(Number.isNaN)) {
    throw new UsageError('option-not-a-number', `--${name} is not a number`, { hint });
  }
  if (values.includes('')) throw new UsageError('option-empty', `--${name} needs a value`, { hint });
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** @param usage - of the command that was typed, `kedge run <strategy>` */
function usageError(usage: string, message: string | null): UsageError {
  const path = usage.split(/ [<[]/, 1)[0]!;
  return new UsageError('usage-wrong', ownWords(usage, path, message ?? ''), { hint: `see ${path} --help` });
}

// yargs counts arguments and does not say which command it is about.
function ownWords(usage: string, path: string, message: string): string {
  const after = (start: string): string | undefined =>
    message.startsWith(start) ? message.slice(start.length).trim() : undefined;
  const options = after('Missing required argument:') ?? after('Missing required arguments:');
  if (options !== undefined) return `${path} needs --${options.replaceAll(', ', ' and --')}`;
  const valueless = after('Not enough arguments following:');
  if (valueless !== undefined) return `--${valueless} needs a value`;
  if (message.startsWith('Not enough non-option arguments')) return `${path} needs ${usage.match(/<.+?>/g)!.join(' ')}`;
  return message === '' ? 'the command line is wrong' : message;
}

function noCommand(args: Arguments, commands: Commands): UsageError {
  let known = commands;
  let path = 'kedge';
  for (const word of (args['_'] as (string | number)[]).map(String)) {
    const found = known.find((command) => nameOf(command) === word);
    if (found === undefined) {
      const names = known.map(nameOf);
      return new UsageError('command-unknown', `${path} has no command "${word}". ${didYouMean(word, names)}`, {
        hint: `see ${path} --help`,
      });
    }
    path = `${path} ${word}`;
    if ('commands' in found) known = found.commands;
  }
  refuseUnknownOptions(path, args, [], []);
  return new UsageError('command-missing', `${path} needs a command: ${known.map(nameOf).join(', ')}`, {
    hint: `see ${path} --help`,
  });
}
