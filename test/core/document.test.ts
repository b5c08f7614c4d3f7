import { expect, test } from 'vitest';
import { parseSource } from '../../src/core/document.ts';

function refusal(text: string): unknown {
  try {
    parseSource(text, 'x.yaml');
  } catch (error) {
    return error;
  }
  throw new Error('was read');
}

test('an alias without an anchor is a fault at its place', () => {
  expect(refusal('cash: 1\nlimit: *nope\n')).toMatchObject({
    code: 'file-not-yaml',
    message: 'x.yaml is not valid YAML: there is no anchor &nope before the alias *nope',
    at: { file: 'x.yaml', line: 2, column: 8 },
  });
  expect(parseSource('cash: &c 1\nlimit: *c\n', 'x.yaml').value).toEqual({ cash: 1, limit: 1 });
});

test('aliases that stand for more than fits into memory are refused', () => {
  const level = (name: string, of: string): string =>
    `${name}: &${name} [${Array.from({ length: 9 }, () => `*${of}`).join(', ')}]\n`;
  const text = `a: &a [1, 1]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}${level('e', 'd')}`;
  expect(refusal(text)).toMatchObject({ code: 'file-not-yaml', hint: 'write the content out' });
});

test('a file that is named as JSON is said to be no JSON', () => {
  expect(() => parseSource('{ "a": [1, }', 'x.json')).toThrow('x.json is not valid JSON: ');
});

test('a second document is named where it begins', () => {
  expect(refusal('a: 1\n---\na: 2\n')).toMatchObject({
    message: 'x.yaml is not valid YAML: a second document begins here, expected one only',
    at: { line: 2, column: 1 },
  });
});
