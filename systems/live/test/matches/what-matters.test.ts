import { describe, expect, test } from 'vitest'
import type { LiveOutput } from '../../src/domain/live-output.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { whatMatters } from '../../src/matches/what-matters.ts'
import { insightOf } from '../graphics/insight.ts'

function tag(id: string, startMs: number, importance: number, text = id): LiveOutput {
  const made: Partial<Tag> = { id, startMs, importance, text }
  return { type: 'tag', tag: made as Tag }
}
const chance = (probability: number): LiveOutput => ({
  type: 'insight',
  insight: insightOf({ kind: 'nba.win-probability', estimate: { type: 'probability', probability } }),
})

describe('what matters now [LIVE-WALL-01]', () => {
  test('goes by importance, and what was a while ago gives way', () => {
    const outputs = [tag('old', 0, 0.9), tag('small', 300_000, 0.45), tag('big', 300_000, 0.8)]
    expect(whatMatters('m', outputs, 300_000).map(({ id }) => id)).toEqual(['big', 'small', 'old'])
    expect(whatMatters('m', outputs, 300_000)[2]).toMatchObject({ matchId: 'm', agoMs: 300_000 })
  })

  test('an open match comes before one that is decided', () => {
    const [open] = whatMatters('a', [chance(0.5), tag('x', 0, 0.6)], 0)
    const [unknown] = whatMatters('b', [tag('x', 0, 0.6)], 0)
    const [decided] = whatMatters('c', [chance(0.5), chance(0.99), tag('x', 0, 0.6)], 0)
    expect(open!.score).toBeGreaterThan(unknown!.score)
    expect(unknown!.score).toBeGreaterThan(decided!.score)
    expect(open!.score).toBeLessThanOrEqual(1)
  })

  test('leaves out what is small, what is to come after a replay went back, and all but the newest revision', () => {
    const outputs = [
      tag('a', 10, 0.7, 'first'),
      tag('a', 10, 0.7, 'mended'),
      tag('b', 10, 0.1),
      tag('c', 99, 0.9),
    ]
    expect(whatMatters('m', outputs, 50).map(({ text }) => text)).toEqual(['mended'])
  })

  test('one match fills no more than its share of the list', () => {
    const outputs = Array.from({ length: 20 }, (_, index) => tag(`t${index}`, index, 0.9))
    expect(whatMatters('m', outputs, 20)).toHaveLength(4)
  })
})
