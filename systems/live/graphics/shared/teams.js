/** @typedef {import('../../src/domain/match.ts').Match} Match */
/** @typedef {{ home: string, away: string, homeColour?: string, awayColour?: string }} Teams */

/**
 * Names and colours of both sides, as graphics take them. A colour that is not known is left out.
 * @param {Match | null} match @returns {Teams}
 */
export function teamsOf(match) {
  const [homeColour, awayColour] = [gddColour(match?.home?.colour), gddColour(match?.away?.colour)]
  return {
    home: match?.home?.abbreviation ?? 'HOME',
    away: match?.away?.abbreviation ?? 'AWAY',
    ...(homeColour === null ? {} : { homeColour }),
    ...(awayColour === null ? {} : { awayColour }),
  }
}

/**
 * The colour of a side as a field of a graphic's data; no field where the side or its colour is not known.
 * @param {Match | null} match @param {unknown} side @returns {{ colour?: string }}
 */
export function colourOfSide(match, side) {
  const colour = side === 'home' || side === 'away' ? gddColour(match?.[side]?.colour) : null
  return colour === null ? {} : { colour }
}

/** `#rrggbb` in small letters, the only form that GDD's type of a colour allows. @param {unknown} colour @returns {string | null} */
export function gddColour(colour) {
  if (typeof colour !== 'string') return null
  const small = colour.toLowerCase()
  return /^#[0-9a-f]{6}$/.test(small) ? small : null
}
