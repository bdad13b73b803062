import type { Constraint } from '../domain/constraints.ts'

export interface FoundRating {
  constraint: Extract<Constraint, { kind: 'rating' }>
  start: number
  end: number
}

const value = '([1-5](?:[.,]\\d)?|one|two|three|four|five)'
const star =
  '(?:\\s*(?:/|out\\s+of)\\s*5)?\\s*-?\\s*(?:stars?|★|⭐)(?:\\s+(?:rating|ratings|rated|reviews?))?'
const patterns: readonly RegExp[] = [
  new RegExp(
    `(?:(?:at\\s+least|min(?:imum)?(?:\\s+of)?|over|above|more\\s+than|from|rated|rating(?:s)?(?:\\s+of)?|with)\\s+)*${value}\\s*\\+?${star}(?:\\s*(?:\\+|plus|and\\s+(?:up|above|over|higher|more)|or\\s+(?:more|higher|better|above|up)|&\\s*up|rated|minimum))?`,
    'iu',
  ),
  new RegExp(
    `(?:rated|ratings?|reviewed|scores?|scored)(?:\\s+(?:of|is|at|above|over|higher|greater|more|than|least|minimum|from|be|should|must|a))*\\s+${value}(?:\\s*(?:/|out\\s+of)\\s*5)?(?:\\s*(?:\\+|plus|and\\s+(?:up|above|over|higher)|or\\s+(?:more|higher|better|above|up)|stars?))*`,
    'iu',
  ),
]
const words: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 5 }

/** "4 stars and up", "rated 4.5+", "at least four stars"; null without one. A hotel's or ball's stars are not a rating. */
export function findRating(text: string): FoundRating | null {
  if (!/star|★|⭐|rat(?:ed|ing)|review|scor/i.test(text)) return null
  for (const pattern of patterns) {
    const match = pattern.exec(text)
    if (match === null) continue
    const before = text.slice(0, match.index)
    if (/[\p{L}\p{N}.,]$/u.test(before) && /^[\p{L}\p{N}]/u.test(match[0])) continue
    const after = text.slice(match.index + match[0].length)
    const qualified =
      /least|min|over|above|more|from|rated|rating|review|score|\+|plus|up|higher|better|with/i.test(match[0])
    if (!qualified && !/^\s*(?:$|[,.;!?)]|only|please|and|or|items?|products?)/i.test(after)) continue
    if (/^\s*(?:hotel|general|ping|pong|table tennis|ball|luxury hotel|wars)/i.test(after)) continue
    const stated = match[1] ?? ''
    const min = words[stated.toLowerCase()] ?? Number(stated.replace(',', '.'))
    if (!(min >= 1 && min <= 5)) continue
    return {
      constraint: { kind: 'rating', min, text: match[0].trim() },
      start: match.index,
      end: match.index + match[0].length,
    }
  }
  return null
}
