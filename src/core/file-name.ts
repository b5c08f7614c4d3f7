// File systems take 255 bytes; some are left for an ending, a number, and the temporary name while the file is written.
const MOST_BYTES = 100;

/** As much of a name as every file system takes: whole characters, at most 100 bytes in UTF-8. */
export function fileNameOf(name: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > MOST_BYTES) break;
    kept += character;
  }
  return kept;
}
