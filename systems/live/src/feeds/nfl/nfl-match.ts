import type { Team } from '../../domain/match.ts'

/** These feeds name a team by its abbreviation only. */
export function nflTeam(abbreviation: string): Team {
  return { id: abbreviation, abbreviation, name: abbreviation, colour: null }
}

/** A match's id holds letters, digits, `.`, `_` and `-`; anything else becomes `-`. */
export function matchIdOf(id: string): string {
  return id.replaceAll(/[^\w.-]/g, '-')
}
