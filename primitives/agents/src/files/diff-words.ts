import { isRecord } from './change.ts'
import type { Change } from './change.ts'
import { placeText, stepOf } from './place.ts'

export interface DiffLine {
  /** `+` there now, `−` gone, `~` different. */
  mark: '+' | '−' | '~'
  /** The step that it belongs to; null for the agent as a whole. */
  step: string | null
  text: string
}

/** A diff in words, a line each: `+ step charge (tool)`, `~ charge.with.amount: 5 → 7`, `− edge sort/small → ask`. */
export function diffWords(changes: readonly Change[]): DiffLine[] {
  return changes.map((change) => ({ step: stepOf(change.place), ...words(change) }))
}

function words(change: Change): { mark: DiffLine['mark']; text: string } {
  const { place } = change
  if (change.kind === 'order')
    return {
      mark: '~',
      text: `order of ${placeText(place)}: ${change.from.join(', ')} → ${change.to.join(', ')}`,
    }
  const mark = change.from === undefined ? '+' : change.to === undefined ? '−' : '~'
  const last = place.at(-1)
  const list = place.at(-2)
  if (list === 'after' && typeof last === 'object' && 'value' in last)
    return { mark, text: `edge ${last.value} → ${stepOf(place) ?? ''}` }
  const value = mark === '−' ? change.from : change.to
  if (typeof last === 'object' && 'id' in last) {
    const kind = isRecord(value) && typeof value['kind'] === 'string' ? ` (${value['kind']})` : ''
    return {
      mark,
      text: `${singular(typeof list === 'string' ? list : '')} ${placeText(shortened(place))}${kind}`,
    }
  }
  const name = placeText(shortened(place)) || 'definition'
  if (mark === '~') return { mark, text: `${name}: ${short(change.from)} → ${short(change.to)}` }
  return { mark, text: `${name}: ${short(value)}` }
}

/** Step ids are unique, so that the way to them need not be said. */
function shortened(place: Change['place']): Change['place'] {
  let from = 0
  while (place[from] === 'steps' && typeof place[from + 1] === 'object') from += 2
  return from === 0 ? place : place.slice(from - 1)
}

const singulars: Record<string, string> = {
  steps: 'step',
  tools: 'tool',
  triggers: 'trigger',
  policy: 'rule',
  cases: 'case',
}
const singular = (list: string): string => singulars[list] ?? `entry of ${list}`

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}
