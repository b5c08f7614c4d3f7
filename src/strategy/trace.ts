import { SourceMap, type SourceMapPayload } from 'node:module';
import { resolve } from 'node:path';
import type { Place } from '../core/errors.ts';

interface CompiledSource {
  readonly map: SourceMap;
  readonly directory: string;
}

// By every address a stack may name a module with. Stacks outlive all but the process, so the maps that explain them do too: one per
// compiled strategy.
const compiled = new Map<string, CompiledSource>();

// A module goes by its `sourceURL` in V8's own stacks, and by its whole `data:` address where a tool has replaced their formatting.
const ADDRESS = '(kedge-strategy:\\d+|data:text/javascript;base64,[\\w+/=]+)';
const FRAME = new RegExp(`${ADDRESS}:(\\d+):(\\d+)`);
// How Node heads the stack of a module that cannot be linked: address and line, the line's text, carets under the name at fault.
const LINK_FAILURE = new RegExp(`^${ADDRESS}:(\\d+)\\n.*\\n( *)\\^`);

/**
 * Makes compiled strategy code importable and remembers how to explain a stack that runs through it.
 *
 * @param map - source map of the code
 * @param directory - what the map's sources are relative to
 * @returns a `data:` address, another one at every call: nothing is shared between two loads of a file
 */
export function traceableModule(code: string, map: SourceMapPayload, directory: string): string {
  const name = `kedge-strategy:${compiled.size}`;
  const address = `data:text/javascript;base64,${Buffer.from(`${code}\n//# sourceURL=${name}\n`).toString('base64')}`;
  const source = { map: new SourceMap(map), directory };
  compiled.set(name, source).set(address, source);
  return address;
}

/** Where in the user's own file an error was thrown: the innermost frame that lies in a strategy; undefined when none does. */
export function strategyPlace(error: unknown): Place | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const link = LINK_FAILURE.exec(stack);
  if (link !== null) return originalPlace(link[1]!, Number(link[2]), link[3]!.length + 1);
  const frame = FRAME.exec(stack);
  return frame === null ? undefined : originalPlace(frame[1]!, Number(frame[2]), Number(frame[3]));
}

function originalPlace(address: string, line: number, column: number): Place | undefined {
  const source = compiled.get(address);
  const entry = source?.map.findEntry(line - 1, column - 1);
  if (source === undefined || entry === undefined || !('originalSource' in entry)) return undefined;
  return {
    file: resolve(source.directory, entry.originalSource),
    line: entry.originalLine + 1,
    column: entry.originalColumn + 1,
  };
}
