/** 128 random bits in hexadecimal. Browsers give `crypto.randomUUID` only to pages that came by TLS or from this machine; this they give to all. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
