/** The head of a native addon of Linux (ELF), by its processor. */
export function addon(cpu: 'x64' | 'arm64' | number): Uint8Array {
  const head = Buffer.alloc(64);
  head.write('\x7fELF', 'latin1');
  head.writeUInt16LE(typeof cpu === 'number' ? cpu : { x64: 62, arm64: 183 }[cpu], 18);
  return head;
}
