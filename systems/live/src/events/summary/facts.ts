import type { GameClock } from '../../domain/clocks.ts'
import type { Match, Side } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'

/** A sentence and the tags that it rests on; nothing is said that no tag says. */
export interface SummarySentence {
  text: string
  tagIds: string[]
}

export const sayFrom = (text: string, tags: readonly Tag[]): SummarySentence => ({
  text,
  tagIds: tags.map((tag) => tag.id),
})

export const isOfType = (tag: Tag, type: string): boolean =>
  tag.type === type || tag.type.startsWith(`${type}.`)

export const ofType = (tags: readonly Tag[], ...types: string[]): Tag[] =>
  tags.filter((tag) => types.some((type) => isOfType(tag, type)))

export const teamName = (match: Match, side: Side): string =>
  match[side]?.name ?? (side === 'home' ? 'The home side' : 'The visitors')

const quarters = ['first', 'second', 'third', 'fourth']

/** `the fourth quarter`, `overtime`, `the second overtime`. */
export function periodWords(period: number): string {
  const quarter = quarters[period - 1]
  if (quarter !== undefined) return `the ${quarter} quarter`
  return period === 5 ? 'overtime' : `overtime ${period - 4}`
}

/** `with 1:05 left in the fourth quarter`. */
export function clockWords({ period, secondsLeft }: GameClock): string {
  const minutes = Math.floor(secondsLeft / 60)
  const seconds = Math.floor(secondsLeft % 60)
  return `with ${minutes}:${String(seconds).padStart(2, '0')} left in ${periodWords(period)}`
}

export const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${many}`
