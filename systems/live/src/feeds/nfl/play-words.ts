import type { NflPlayType } from '../../domain/feed-event.ts'

/**
 * The part of a play's description that counts: a ruling that was reversed on review drops what came before it, and the
 * remark that a kick was faked says what did not happen.
 */
export function standingWords(description: string): string {
  const reversed = description.lastIndexOf('REVERSED')
  const words = reversed === -1 ? description : description.slice(reversed + 'REVERSED'.length)
  return words.replace(/^[\s.*]+/, '').replaceAll(/[^.]*\bfake (punt|field goal)\b[^.]*/gi, '')
}

const periodEnd = /^(END (QUARTER|GAME|OF)|End of (quarter|half|game|regulation|overtime))/i

/**
 * The kind of a play from its description alone, by the wording that the league's statisticians follow. `standing` words
 * decide; the whole text is asked where the ruling's second half leaves the kind out.
 */
export function playTypeFromWords(description: string): NflPlayType {
  const text = description.trim()
  if (periodEnd.test(text)) return 'period_end'
  if (/^two-minute warning/i.test(text)) return 'other'
  if (/^(injury )?timeout\b/i.test(text)) return 'timeout'
  const standing = standingWords(text)
  if (/\bNo Play\b/i.test(standing)) return 'no_play'
  return kindOf(standing) ?? kindOf(text) ?? (/\bPENALTY\b/.test(text) ? 'no_play' : 'other')
}

function kindOf(text: string): NflPlayType | null {
  if (/TWO-POINT CONVERSION/i.test(text)) return 'two_point'
  if (/\bextra point\b/i.test(text)) return 'extra_point'
  if (/\bfield goal\b(?! formation)/i.test(text)) return 'field_goal'
  if (/\bkicks (-?\d+|onside)|\bkicks off\b/.test(text)) return 'kickoff'
  if (/\bpunts?\b(?! formation)/.test(text)) return 'punt'
  if (/\bspiked\b/.test(text)) return 'qb_spike'
  if (/\b(kneels|kneel down|takes a knee)\b/.test(text)) return 'qb_kneel'
  if (/\bsacked\b/.test(text)) return 'sack'
  if (/\bpass(es)?\b(?! formation)|INTERCEPTED/.test(text.replaceAll('(Pass formation)', ''))) return 'pass'
  if (
    /\b(left|right) (end|tackle|guard)\b|\bup the middle\b|\bscrambles\b|\brushe[sd]\b|\bright\b.* for -?\d+ yard/.test(
      text,
    )
  )
    return 'run'
  if (/\bFUMBLES?\b|\bto [A-Z]{2,3} \d+ for -?\d+ yards?|\bfor (-?\d+ yards?|no gain)\b/.test(text))
    return 'run'
  return null
}

/** The timeout that a description names, anywhere in it: a challenge that was lost says so in brackets. */
export function timeoutFromWords(description: string): { number: number; team: string } | null {
  const found = /Timeout #(\d) by ([A-Z]{2,4})\b/i.exec(description)
  return found ? { number: Number(found[1]), team: (found[2] ?? '').toUpperCase() } : null
}
