import { describe, expect, test } from 'vitest';
import { escapeHtml, html, scriptJson, trusted } from '../../src/report/escape.ts';

describe('html', () => {
  test('escapes every value, in text and in quoted attributes', () => {
    const name = '<img src=x onerror="alert(1)">';
    expect(html`<b title="${name}">${name}</b>`.markup).toBe(
      '<b title="&lt;img src=x onerror=&quot;alert(1)&quot;&gt;">&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</b>',
    );
  });

  test('leaves markup of its own kind as it is, joins lists, drops null and false', () => {
    expect(
      html`<ul>
        ${[1, 2].map((n) => html`<li>${n}</li>`)}${null}${false}
      </ul>`.markup,
    ).toBe('<ul>\n<li>1</li><li>2</li>\n</ul>');
  });

  test('writes zero and the empty string as they are', () => {
    expect(html`${0}|${''}`.markup).toBe('0|');
  });

  test('turns the indentation of a template into one line break, and leaves that of values alone', () => {
    const template = Object.assign(['<p>\n      ', '\n    </p>'], { raw: [] });
    expect(html(template, trusted('a\n    b')).markup).toBe('<p>\na\n    b\n</p>');
  });
});

test('JSON cannot end its script element', () => {
  const text = scriptJson({ name: '</script><!--\u2028' });
  expect(text).not.toContain('<');
  expect(text).not.toContain('\u2028');
  expect(JSON.parse(text)).toEqual({ name: '</script><!--\u2028' });
});

test('escaped text has no control characters', () => {
  expect(escapeHtml("it's\u0000")).toBe('it&#39;s\ufffd');
});
