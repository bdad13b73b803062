/** A path below `/v1` that a provider's replicas serve: exact, or with all below it (`/files/*`). */
export interface PathRule {
  path: string
  /** Where it is on a replica's host, when that is not below its base address; ends like `path`. Null for the same place. */
  at: string | null
}

/** The rule that covers a path below `/v1`, e.g. `/audio/speech`; null when none does. */
export function ruleFor(rules: readonly PathRule[], path: string): PathRule | null {
  return rules.find((rule) => covers(rule.path, path)) ?? null
}

/** Where a replica with this base path serves `path`, which `rule` covers. */
export function pathAt(rule: PathRule, basePath: string, path: string): string {
  if (rule.at === null) return basePath + path
  return withoutStar(rule.at) + path.slice(withoutStar(rule.path).length)
}

function covers(pattern: string, path: string): boolean {
  if (!pattern.endsWith('/*')) return path === pattern
  const above = withoutStar(pattern)
  return path === above || path.startsWith(`${above}/`)
}

function withoutStar(pattern: string): string {
  return pattern.endsWith('/*') ? pattern.slice(0, -2) : pattern
}

/**
 * Whether a path means what it says: no segment that walks up, no doubled slash or backslash, encoded or not, by which an
 * upstream might read another path than the one that was declared.
 */
export function isPlainPath(path: string): boolean {
  return !/\\|%5c|%2f|\/\/|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)
}
