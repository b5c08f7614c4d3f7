import pc from 'picocolors';
import {
  describeShipped,
  describeStrategy,
  type ParameterDescription,
  type StrategyDescription,
} from '../../strategy/describe.ts';
import { defineCommand } from '../command.ts';
import type { StrategiesDocument } from '../documents.ts';
import { paragraph } from '../prose.ts';
import type { Terminal } from '../terminal.ts';

/** `kedge strategies`: what is shipped, and what parameters a strategy takes. */
export const strategies = defineCommand({
  usage: 'strategies [strategy]',
  summary: 'List the shipped strategies, or explain one with its parameters',
  positionals: { strategy: { type: 'string', describe: 'a shipped name, or a path to a .ts or .js file' } },
  options: {},
  examples: [
    ['kedge strategies', 'what is shipped'],
    ['kedge strategies anchor-band', 'the parameters of one'],
  ],
  async run({ strategy, json }, terminal) {
    const described = strategy === undefined ? await describeShipped() : [await describeStrategy(strategy, process.cwd())];
    if (json) terminal.json({ schemaVersion: 1, strategies: described } satisfies StrategiesDocument);
    else if (strategy === undefined) terminal.print(described.map((each) => headText(each, terminal)).join('\n'));
    else terminal.print(described.map((each) => fullText(each, terminal)).join('\n'));
    return 'done';
  },
});

function headText({ name, summary }: StrategyDescription, terminal: Terminal): string {
  const { bold } = pc.createColors(terminal.color.out);
  return [bold(name), ...paragraph(summary, terminal, { indent: 2 })].join('\n');
}

function fullText(described: StrategyDescription, terminal: Terminal): string {
  const { parameters } = described;
  const lines = parameters.length === 0 ? ['  no parameters'] : parameters.map((parameter) => parameterText(parameter, terminal));
  return [headText(described, terminal), '', ...lines].join('\n');
}

function parameterText(
  { name, description, required, default: fallback, schema }: ParameterDescription,
  terminal: Terminal,
): string {
  const { bold, dim } = pc.createColors(terminal.color.out);
  const state = required ? 'required' : fallback === null ? 'optional' : `default ${JSON.stringify(fallback)}`;
  const paint = (line: string) => (line.startsWith(name) ? `${bold(name)}${dim(line.slice(name.length))}` : dim(line));
  return [
    ...paragraph(`${name} ${kindText(schema)}, ${state}`, terminal, { indent: 2, hang: 2, paint }),
    ...(description === null ? [] : paragraph(description, terminal, { indent: 6 })),
  ].join('\n');
}

function kindText(schema: Readonly<Record<string, unknown>>): string {
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices.join(' | ');
  return typeof schema['type'] === 'string' ? schema['type'] : 'value';
}
