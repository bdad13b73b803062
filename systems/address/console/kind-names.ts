import { kindTitles } from '../src/domain/kinds.ts'
import type { Kind } from '../src/domain/kinds.ts'
import { formatPercent } from '@heavylift/ui'

export const kindTitle = (kind: Kind): string => kindTitles[kind]

/** Kinds by what they mean for a driver: a letter for the map, so that colour does not tell them alone. */
export const kindMarks: Record<Kind, { letter: string; tone: 'home' | 'work' | 'box' | 'none' }> = {
  'single-family': { letter: 'H', tone: 'home' },
  'multi-unit': { letter: 'M', tone: 'home' },
  unit: { letter: 'U', tone: 'home' },
  'home-business': { letter: 'h', tone: 'work' },
  business: { letter: 'B', tone: 'work' },
  institution: { letter: 'I', tone: 'work' },
  'private-mailbox': { letter: 'P', tone: 'box' },
  'po-box': { letter: 'X', tone: 'box' },
  military: { letter: 'A', tone: 'box' },
  'rural-route': { letter: 'R', tone: 'home' },
  'general-delivery': { letter: 'G', tone: 'box' },
  vacant: { letter: 'V', tone: 'none' },
  unknown: { letter: '?', tone: 'none' },
}

/** Confidence as people say it: never a flat 100 %. */
export function sure(confidence: number): string {
  return confidence >= 1 ? 'said by a person' : `${formatPercent(Math.min(confidence, 0.999))} sure`
}
