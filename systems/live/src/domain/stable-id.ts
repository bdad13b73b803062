import { createHash } from 'node:crypto'

/** 26 characters that stand for `parts` for good: the same parts give the same id in every process and version. */
export function stableId(prefix: string, ...parts: (string | number)[]): string {
  const hash = createHash('sha256').update(parts.map((part) => `${String(part).length}:${part}`).join('|'))
  return `${prefix}_${hash.digest('base64url').slice(0, 22)}`
}
