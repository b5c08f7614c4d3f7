import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that remembers what was written to it, without colour. */
export function fakeTerminal(): Terminal & { readonly out: string[]; readonly err: string[]; readonly documents: unknown[] } {
  const out: string[] = [];
  const err: string[] = [];
  const documents: unknown[] = [];
  return {
    out,
    err,
    documents,
    print: (text) => void out.push(text),
    json: (document) => void documents.push(document),
    note: (text) => void err.push(text),
    ask: null,
    color: { out: false, err: false },
    interactive: false,
    width: 100,
    interrupted: new AbortController().signal,
  };
}
