import { createHash } from 'node:crypto'

/** 128 bits of SHA-256 in base64url: enough that two different texts never meet. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
