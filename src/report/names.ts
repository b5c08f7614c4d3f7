/**
 * Text without control characters (they become U+FFFD; tabs and line ends become a space) and without characters that turn the
 * direction of writing: a name cannot reorder a line or send an escape sequence to a terminal.
 */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- the control characters are the point
  return text.replace(/[\t\n\r\u2028\u2029]+/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

/** A name cut to a length, with an ellipsis where something is missing. */
export function shortened(name: string, length: number): string {
  const characters = [...name];
  return characters.length <= length ? name : `${characters.slice(0, length - 1).join('')}…`;
}
