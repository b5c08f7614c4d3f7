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
 * @throws {UsageError} `command-unknown`, `option-unknown`, `option-repeated`, `option-not-a-number`, `argument-unexpected`, `usage-wrong`
 */
export async function runCommandLine(typed: readonly string[], commands: Commands, terminal: Terminal): Promise<Outcome> {
  let outcome: Outcome | undefined;
  const run = async (path: string, command: Command, args: Arguments): Promise<void> => {
    checkArguments(path, command, args);
    outcome = await command.run(args as never, terminal);
  };
  const parser = yargs([...typed])
    .scriptName('kedge')
    .usage('kedge <command>\n\nWhen the weights have drifted: sell, or hedge with Bitcoin futures and keep the coins?')
    .epilogue('Each command explains itself: kedge <command> --help')
    .version(PACKAGE_VERSION)
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
      throw error !== undefined && error.name !== 'YError' ? error : usageError(message);
    });
  register(parser, 'kedge', commands, run);
  const parsed = await parser.parseAsync();
  if (outcome === undefined && parsed['help'] !== true && parsed['version'] !== true)
    throw noCommand(parsed._.map(String), commands);
  return outcome ?? 'done';
}

type Run = (path: string, command: Command, args: Arguments) => Promise<void>;

function register(parser: Argv, path: string, commands: Commands, run: Run): void {
  for (const command of commands) {
    const ownPath = `${path} ${nameOf(command)}`;
    parser.command({
      command: command.usage,
      describe: command.summary,
      builder: (own: Argv) => {
        if ('commands' in command) {
          register(own.usage(`${ownPath} <command>\n\n${command.summary}`), ownPath, command.commands, run);
          return own;
        }
        return describeCommand(own, path, command);
      },
      handler: async (args) => {
        if (!('commands' in command)) await run(ownPath, command, args);
      },
    });
  }
}

function describeCommand(parser: Argv, path: string, command: Command): Argv {
  parser.usage(`${path} ${command.usage}\n\n${command.summary}`).options({ ...command.options, json: JSON_OPTION });
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
  const known = [...Object.keys(options), 'help', 'version'];
  const readable = new Set([
    ...known,
    ...known.map(camelCase),
    ...Object.keys(command.positionals),
    ...Object.keys(command.positionals).map(camelCase),
    '_',
    '$0',
  ]);
  const hint = `see ${path} --help`;
  for (const name of Object.keys(args)) {
    if (readable.has(name)) continue;
    throw new UsageError('option-unknown', `${path} has no option --${name}. ${didYouMean(name, known)}`, { hint });
  }
  const extra = (args['_'] as (string | number)[])[path.split(' ').length - 1];
  if (extra !== undefined)
    throw new UsageError('argument-unexpected', `${path} does not know what to do with "${extra}"`, { hint });
  for (const [name, option] of Object.entries(options)) checkValue(name, option, args[name], hint);
}

function checkValue(name: string, option: Options, value: unknown, hint: string): void {
  if (Array.isArray(value) && option.array !== true) {
    throw new UsageError('option-repeated', `--${name} is given ${value.length} times, expected once`, { hint });
  }
  if (option.type === 'number' && Number.isNaN(value)) {
    throw new UsageError('option-not-a-number', `--${name} is not a number`, { hint });
  }
  if (option.type === 'string' && option.array !== true && value === '') {
    throw new UsageError('option-empty', `--${name} needs a value`, { hint });
  }
}

function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function usageError(message: string | null): UsageError {
  return new UsageError('usage-wrong', message ?? 'the command line is wrong', { hint: 'see kedge --help' });
}

function noCommand(words: readonly string[], commands: Commands): UsageError {
  let known = commands;
  let path = 'kedge';
  for (const word of words) {
    const found = known.find((command) => nameOf(command) === word);
    if (found === undefined) {
      return new UsageError('command-unknown', `${path} has no command "${word}". ${didYouMean(word, known.map(nameOf))}`, {
        hint: `see ${path} --help`,
      });
    }
    path = `${path} ${word}`;
    if ('commands' in found) known = found.commands;
  }
  return new UsageError('command-missing', `${path} needs a command: ${known.map(nameOf).join(', ')}`, {
    hint: `see ${path} --help`,
  });
}
