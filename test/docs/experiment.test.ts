import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { experimentSchema } from '../../src/research/experiment-schema.ts';
import { ROOT } from '../support/modules.ts';

/** The parts of a JSON Schema that say which keys there are. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
}

/** Its keys are those of `account`, described there. */
const REPEATED = 'strategies.account';

const schema = z.toJSONSchema(experimentSchema, { io: 'input' }) as Schema;
const rows = new Map(
  [...readFileSync(join(ROOT, 'docs/experiment.md'), 'utf8').matchAll(/^\| `([^`]+)` \| (\S.*?) \|/gm)].map(([, key, value]) => [
    key!.replaceAll('[]', ''),
    value!,
  ]),
);

describe('docs/experiment.md', () => {
  const keys = keysOf(schema);

  test('has a row for every key', () => {
    expect([...keys.keys()].filter((key) => !rows.has(key))).toEqual([]);
  });

  test('has no row for a key that is gone', () => {
    expect([...rows.keys()].filter((key) => !keys.has(key))).toEqual([]);
  });

  test('states every default', () => {
    const wrong = [...keys].filter(([key, value]) => value !== undefined && rows.get(key) !== value);
    expect(wrong.map(([key, value]) => `${key}: ${value}, not ${rows.get(key)}`)).toEqual([]);
  });
});

/** Every key with what its row must state, undefined where the schema leaves that open; a group of keys has no row of its own. */
function keysOf({ properties = {}, required = [] }: Schema, prefix = ''): Map<string, string | undefined> {
  const found = new Map<string, string | undefined>();
  for (const [name, value] of Object.entries(properties)) {
    const key = prefix + name;
    const isGroup = value.properties !== undefined && key !== REPEATED;
    if (!isGroup) found.set(key, required.includes(name) ? 'required' : stated(value.default));
    if (key === REPEATED) continue;
    for (const [path, object] of objectsIn(value, key)) keysOf(object, `${path}.`).forEach((row, inner) => found.set(inner, row));
  }
  return found;
}

/** The objects that a value can be or hold: in a list under its own key, under names of the user's as `key.*`. */
function objectsIn(value: Schema, path: string): [string, Schema][] {
  const { properties, items, anyOf = [], additionalProperties } = value;
  return [
    ...(properties ? [[path, value] satisfies [string, Schema]] : []),
    ...[...anyOf, ...(items ? [items] : [])].flatMap((option) => objectsIn(option, path)),
    ...(typeof additionalProperties === 'object' ? objectsIn(additionalProperties, `${path}.*`) : []),
  ];
}

function stated(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
