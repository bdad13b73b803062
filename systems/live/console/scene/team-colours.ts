import type { Match, Side } from '../../src/domain/match.ts'

export type TeamColours = Record<Side, string>

const fallback: TeamColours = { home: '#3a86c8', away: '#d1495b' }

/** Least distance of two sides' colours in RGB before one of them is changed. */
const leastDistance = 90

/** `#rrggbb` of each side; two sides that look alike are told apart. */
export function teamColours(match: Pick<Match, 'home' | 'away'>): TeamColours {
  const home = valid(match.home?.colour) ?? fallback.home
  const away = valid(match.away?.colour) ?? fallback.away
  if (distance(home, away) >= leastDistance) return { home, away }
  return { home, away: distance(home, '#f2f2f2') > distance(home, '#20262e') ? '#f2f2f2' : '#20262e' }
}

function valid(colour: string | null | undefined): string | null {
  return colour != null && /^#[0-9a-f]{6}$/i.test(colour) ? colour : null
}

function distance(a: string, b: string): number {
  const part = (colour: string, from: number) => Number.parseInt(colour.slice(from, from + 2), 16)
  return Math.hypot(...[1, 3, 5].map((from) => part(a, from) - part(b, from)))
}
