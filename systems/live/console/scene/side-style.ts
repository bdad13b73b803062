import type { CSSProperties } from 'react'
import type { Match } from '../../src/domain/match.ts'
import { teamColours } from './team-colours.ts'

/** Both sides' colours as the CSS properties `--home` and `--away`. */
export function sideStyle(match: Pick<Match, 'home' | 'away'>): CSSProperties {
  const { home, away } = teamColours(match)
  return { '--home': home, '--away': away } as CSSProperties
}
