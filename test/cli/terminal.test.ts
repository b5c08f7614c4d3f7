import { describe, expect, test } from 'vitest';
import { Interrupted } from '../../src/cli/errors.ts';
import { openTerminal, pause } from '../../src/cli/terminal.ts';

function stream(isTTY: boolean): { written: string; isTTY: boolean; columns: number; write(text: string): void } {
  return {
    written: '',
    isTTY,
    columns: 80,
    write(text) {
      this.written += text;
    },
  };
}

const never = new AbortController().signal;

describe('a terminal', () => {
  test('writes results to standard output and the rest to standard error', () => {
    const [out, err] = [stream(false), stream(false)];
    const terminal = openTerminal(out, err, {}, never);
    terminal.print('table');
    terminal.note('remark');
    terminal.json({ a: 1 });
    expect(out.written).toBe('table\n{\n  "a": 1\n}\n');
    expect(err.written).toBe('remark\n');
  });

  test.each([
    ['a terminal', true, {}, true, true],
    ['a pipe', false, {}, false, false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, false, true],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, true, true],
    ['CI', true, { CI: 'true' }, false, false],
    ['a dumb terminal', true, { TERM: 'dumb' }, false, true],
  ])('%s decides on colour and progress', (_, isTTY, environment, color, interactive) => {
    const terminal = openTerminal(stream(isTTY), stream(isTTY), environment, never);
    expect(terminal.color).toEqual({ out: color, err: color });
    expect(terminal.interactive).toBe(interactive);
  });
});

test('a pause goes on, or stops with what was kept once Ctrl-C was pressed', async () => {
  const pressed = new AbortController();
  const terminal = openTerminal(stream(false), stream(false), {}, pressed.signal);
  await pause(terminal, 'nothing was written');
  setImmediate(() => pressed.abort());
  await expect(pause(terminal, 'the runs are kept')).rejects.toThrow(new Interrupted('the runs are kept'));
});
