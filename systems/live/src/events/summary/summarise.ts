import type { Match } from '../../domain/match.ts'
import type { Tag } from '../../domain/tag.ts'
import type { SummarySentence } from './facts.ts'
import { gameSentences } from './game-summary.ts'
import { raceSentences } from './race-summary.ts'
import { soccerSentences } from './soccer-summary.ts'

export interface Summary {
  sentences: SummarySentence[]
  /** Who worded it. */
  wordedBy: 'templates' | 'model'
}

/**
 * A match so far or at its end, in words. Each sentence names the tags that it rests on, so that every fact can be looked
 * up. Empty where no tag says anything yet.
 */
export function summarise(
  match: Match,
  tags: readonly Tag[],
  { length = 'short' }: { length?: 'short' | 'long' } = {},
): Summary {
  const inOrder = tags.toSorted((a, b) => a.startMs - b.startMs)
  const isLong = length === 'long'
  const sentences =
    match.sport === 'race'
      ? raceSentences(inOrder, isLong)
      : match.sport === 'soccer'
        ? soccerSentences(match, inOrder, isLong)
        : gameSentences(match, inOrder, isLong)
  return { sentences, wordedBy: 'templates' }
}
