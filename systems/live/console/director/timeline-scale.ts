import type { Tag } from '../../src/domain/tag.ts'
import type { InsightEntry } from '../../src/routes/answers.ts'
import { isRight } from '../words.ts'
import type { Book } from './insight-book.ts'
import { timeOf } from './insight-book.ts'
import { homeChanceOf } from '../../src/insights/winning/home-chance.ts'
import { titleOfKind } from '../../src/insights/kinds.ts'

export interface TimelineMark {
  id: string
  atMs: number
  importance: number
  label: string
  /** `right` and `wrong` for insights that met their outcome. */
  state: 'right' | 'wrong' | 'open'
}

export interface Lane {
  name: string
  marks: TimelineMark[]
}

/** Tags that matter less are left to the Moments page. */
const leastTag = 0.2
/** Kinds that are drawn as a line instead of a lane. */
const lineKinds = new Set([
  'nfl.win-probability',
  'nba.win-probability',
  'soccer.win-probability',
  'momentum',
])
/** Marks of a lane; a longer one would be a solid bar. */
const marksOfLane = 300

/** Lanes of a span: moments first, then one for each kind of insight. */
export function lanesOf(book: Book, fromMs: number, toMs: number): Lane[] {
  const lanes = new Map<string, TimelineMark[]>()
  const into = (name: string, mark: TimelineMark) => {
    if (mark.atMs < fromMs || mark.atMs > toMs) return
    const lane = lanes.get(name)
    if (lane) lane.push(mark)
    else lanes.set(name, [mark])
  }
  for (const tag of book.tags) if (tag.importance >= leastTag) into('Moments', markOfTag(tag))
  for (const entry of book.insights) {
    if (!lineKinds.has(entry.insight.kind)) into(titleOfKind(entry.insight.kind), markOf(entry))
  }
  return [...lanes]
    .map(([name, marks]) => ({ name, marks: marks.slice(-marksOfLane) }))
    .toSorted((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name))
}

const rank = (name: string): number => (name === 'Moments' ? 0 : name === 'Key moment' ? 1 : 2)

function markOf(entry: InsightEntry): TimelineMark {
  const { insight } = entry
  const right = isRight(entry)
  return {
    id: insight.id,
    atMs: timeOf(entry),
    importance: insight.importance,
    label: insight.headline,
    state: right === null ? 'open' : right ? 'right' : 'wrong',
  }
}

function markOfTag(tag: Tag): TimelineMark {
  return { id: tag.id, atMs: tag.startMs, importance: tag.importance, label: tag.text, state: 'open' }
}

/** Win probability of the home side over time: `[atMs, 0..1]`, oldest first. */
export function winLine(book: Book): [atMs: number, probability: number][] {
  return book.insights.flatMap((entry) => {
    const home = homeChanceOf(entry.insight)
    return home === null ? [] : [[timeOf(entry), home] as [number, number]]
  })
}
