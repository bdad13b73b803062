import type { Tag } from '../../domain/tag.ts'
import { counted, ofType, sayFrom } from './facts.ts'
import type { SummarySentence } from './facts.ts'

/** Sentences on a race, the most telling first. */
export function raceSentences(tags: readonly Tag[], isLong: boolean): SummarySentence[] {
  const sentences: SummarySentence[] = []
  const end = ofType(tags, 'match.end')[0]
  if (end) sentences.push(sayFrom(end.text, [end]))
  const changes = ofType(tags, 'lead-change')
  const last = changes.at(-1)
  if (last) {
    const times = changes.length === 1 ? 'once' : `${changes.length} times`
    sentences.push(sayFrom(`The lead changed ${times}; last: ${last.text}`, changes))
  }
  const cautions = ofType(tags, 'flag.caution')
  if (cautions.length > 0)
    sentences.push(
      sayFrom(
        `There ${cautions.length === 1 ? 'was' : 'were'} ${counted(cautions.length, 'caution', 'cautions')}.`,
        cautions,
      ),
    )
  const fastest = ofType(tags, 'record.fastest-lap').at(-1)
  if (fastest) sentences.push(sayFrom(fastest.text, [fastest]))
  if (!isLong) return sentences
  const green = ofType(tags, 'pit-stop.green')
  const all = ofType(tags, 'pit-stop')
  if (all.length > 0)
    sentences.push(
      sayFrom(
        `The field made ${counted(all.length, 'pit stop', 'pit stops')}, ${green.length} under green.`,
        all,
      ),
    )
  for (const incident of ofType(tags, 'incident').slice(0, 8))
    sentences.push(sayFrom(incident.text, [incident]))
  return sentences
}
