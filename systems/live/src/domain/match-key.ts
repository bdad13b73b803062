/** The key of a match's events: one tenant's match never meets another's. */
export function matchKey(tenantId: string, matchId: string): string {
  return `${tenantId}/${matchId}`
}

export function splitMatchKey(key: string): { tenantId: string; matchId: string } {
  const slash = key.indexOf('/')
  return { tenantId: key.slice(0, slash), matchId: key.slice(slash + 1) }
}
