import { hash } from 'node:crypto'

/**
 * 128 bits that name something for good: the first 32 hex digits of SHA-256 over the parts as a JSON array (UTF-8). JSON
 * keeps the parts apart and writes a number one way; a hash that cannot be steered, since keys come from feeds.
 */
export function stableId(...parts: readonly (string | number)[]): string {
  return hash('sha256', JSON.stringify(parts), 'hex').slice(0, 32)
}

/**
 * Id of an output. The processor's version is not part of it: what was said stays said when the logic changes, and two
 * versions that run side by side during an update say each thing once.
 */
export function outputId(
  processor: string,
  rule: string,
  key: string,
  eventTimeMs: number,
  part: string,
  revision: number,
): string {
  return stableId(processor, rule, key, eventTimeMs, part, revision)
}
