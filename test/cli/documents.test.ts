import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../src/core/errors.ts';
import {
  checkDocumentSchema,
  claimsDocumentSchema,
  errorDocumentSchema,
  newDocumentSchema,
  strategiesDocumentSchema,
} from '../../src/cli/documents.ts';
import { errorDocument } from '../../src/cli/errors.ts';
import { regimesDocumentSchema } from '../../src/cli/regime-documents.ts';
import { taxDocumentSchema } from '../../src/cli/tax-documents.ts';
import { planDocumentSchema } from '../../src/cli/plan-document.ts';
import { venuesDocumentSchema } from '../../src/cli/venue-documents.ts';
import { experimentSchema } from '../../src/research/experiment-schema.ts';
import { venueFileSchema } from '../../src/research/venue-file.ts';
import { describeShipped } from '../../src/strategy/describe.ts';
import { shippedStrategies } from '../../src/strategy/load.ts';

function text(schema: z.ZodType, io: 'input' | 'output'): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io }), null, 2)}\n`;
}

// After a change of a contract: npx vitest run test/cli/documents.test.ts --update
describe('docs/json', () => {
  test('experiment.schema.json is up to date', async () => {
    await expect(text(experimentSchema, 'input')).toMatchFileSnapshot('../../docs/json/experiment.schema.json');
  });

  test('venue.schema.json and venues.schema.json are up to date', async () => {
    await expect(text(venueFileSchema, 'input')).toMatchFileSnapshot('../../docs/json/venue.schema.json');
    await expect(text(venuesDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/venues.schema.json');
  });

  test('regimes.schema.json and tax.schema.json are up to date', async () => {
    await expect(text(regimesDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/regimes.schema.json');
    await expect(text(taxDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/tax.schema.json');
  });

  test('plan.schema.json is up to date', async () => {
    await expect(text(planDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/plan.schema.json');
  });

  test('a failure that lies in no file has no place', () => {
    expect(errorDocument(new ConfigError('some-code', 'what', { at: {} })).error.at).toBeNull();
  });

  test('error.schema.json is up to date and describes a failure', async () => {
    await expect(text(errorDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/error.schema.json');
    const faults = [
      { message: 'm', at: { line: 3 } },
      { message: 'n', hint: 'h' },
    ];
    const document = errorDocument(
      new ConfigError('some-code', 'what', { hint: 'do', at: { file: 'f', line: 1, column: 2 }, faults }),
    );
    expect(errorDocumentSchema.strict().parse(document)).toEqual({
      schemaVersion: 1,
      error: {
        code: 'some-code',
        message: 'what',
        hint: 'do',
        at: { file: 'f', line: 1, column: 2 },
        faults: [
          { message: 'm', hint: null, at: { file: null, line: 3, column: null } },
          { message: 'n', hint: 'h', at: null },
        ],
      },
    });
  });

  test('strategies.schema.json is up to date and describes the shipped strategies', async () => {
    await expect(text(strategiesDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/strategies.schema.json');
    const strategies = await describeShipped();
    expect(strategiesDocumentSchema.parse({ schemaVersion: 1, strategies }).strategies.map(({ name }) => name)).toEqual(
      shippedStrategies(),
    );
  });

  test('the schemas of check, claims and new are up to date', async () => {
    await expect(text(claimsDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/claims.schema.json');
    await expect(text(newDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/new.schema.json');
    await expect(text(checkDocumentSchema, 'output')).toMatchFileSnapshot('../../docs/json/check.schema.json');
  });
});

test('every key of an experiment is explained, and has its default', () => {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input' });
  const unexplained: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties, anyOf, items } = node as {
      properties?: Record<string, { description?: string; properties?: object; anyOf?: unknown[] }>;
      anyOf?: unknown[];
      items?: unknown;
    };
    for (const [key, property] of Object.entries(properties ?? {})) {
      if (property.description === undefined && property.properties === undefined) unexplained.push(`${path}${key}`);
      visit(property, `${path}${key}.`);
    }
    for (const branch of anyOf ?? []) visit(branch, path);
    if (items !== undefined) visit(items, `${path}[].`);
  };
  visit(schema, '');
  expect(unexplained).toEqual([]);
  expect(schema).toMatchObject({
    properties: {
      seed: { default: 42 },
      account: { properties: { leverage: { default: 1 }, marginCall: { properties: { at: { default: 0.5 } } } } },
    },
  });
});
