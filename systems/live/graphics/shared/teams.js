/** @typedef {import('../../src/domain/match.ts').Match} Match */

/**
 * Names and colours of both sides, as graphics take them.
 * @param {Match | null} match
 */
export function teamsOf(match) {
  return {
    home: match?.home?.abbreviation ?? 'HOME',
    away: match?.away?.abbreviation ?? 'AWAY',
    homeColour: match?.home?.colour ?? '',
    awayColour: match?.away?.colour ?? '',
  }
}
