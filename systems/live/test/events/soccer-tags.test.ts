import { describe, expect, test } from 'vitest'
import type { Match } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { eventType } from '../../src/events/taxonomy.ts'
import { summarise } from '../../src/events/summary/summarise.ts'
import { soccerWyscout } from '../../src/feeds/soccer/wyscout.ts'
import { simulateSoccerMatch } from '../../samples/soccer/simulate-soccer-match.ts'
import { madeWyscout } from '../feeds/soccer/made-soccer.ts'
import { readItems } from '../feeds/read-items.ts'
import { tagsOf } from './tags-of.ts'

async function madeMatch(): Promise<{ match: Match; tags: Tag[] }> {
  const { events } = await readItems(soccerWyscout, madeWyscout())
  const [first] = events
  if (first?.kind !== 'match') throw new Error('The feed begins with its match.')
  const { match } = first
  const tags = tagsOf(events).map((tag, at) => ({
    ...tag,
    id: `tag${at}`,
    matchId: match.id,
    sport: match.sport,
  }))
  return { match, tags }
}

describe('moments of soccer', () => {
  test('goals, cards, chances and what the score makes of them are tagged, home side first [LIVE-SOCCER-04]', async () => {
    const { tags } = await madeMatch()
    const told = tags.filter(({ type }) => !/^(period|set-piece|defence|foul|chance)/.test(type))
    expect(told.map(({ type, text }) => `${type}: ${text}`)).toEqual([
      'match.start: Hillside v Lakeside',
      'score.goal.open-play: Goal by L. Rasmussen (Lakeside): Hillside 0–1 Lakeside.',
      'score.goal.own: Own goal by O. Falk (Hillside): Hillside 0–2 Lakeside.',
      'score.goal.set-piece: Goal by K. Bjørn (Hillside) with the head: Hillside 1–2 Lakeside.',
      'card.yellow: L. Rasmussen (Lakeside) gets a yellow card',
      'score.goal.penalty: Goal by K. Bjørn (Hillside) from the penalty spot: Hillside 2–2 Lakeside.',
      'tie: All square at 2.',
      'comeback: Hillside come back from 2 goals behind to 2–2.',
      'card.second-yellow: L. Rasmussen (Lakeside) gets a second yellow card',
      'score.goal.own: Own goal by P. Duarte (Lakeside): Hillside 3–2 Lakeside.',
      'lead-change: Hillside take the lead, 3–2.',
      'match.end: Full-time: Hillside 3, Lakeside 2.',
    ])
    expect(tags.filter(({ type }) => type.startsWith('chance')).map(({ type }) => type)).toEqual([
      'chance.blocked',
      'chance.post',
    ])
  })

  test('the summary names margin, scorers, the turning point and who was sent off [LIVE-SOCCER-05]', async () => {
    const { match, tags } = await madeMatch()
    expect(summarise(match, tags, { length: 'long' }).sentences.map(({ text }) => text)).toEqual([
      'Hillside beat Lakeside by 1 goal, 3–2.',
      'For Hillside scored K. Bjørn (45+1, 48) and P. Duarte by an own goal (90+2).',
      'For Lakeside scored L. Rasmussen (11) and O. Falk by an own goal (26).',
      'An own goal by P. Duarte put Hillside ahead for good in minute 90+2, 3–2.',
      'Hillside come back from 2 goals behind to 2–2.',
      'L. Rasmussen of Lakeside was sent off in minute 61.',
      'Hillside had 4 shots, Lakeside 1.',
    ])
    const soFar = tags.filter(({ game }) => (game?.period ?? 1) < 2)
    expect(summarise(match, soFar).sentences[0]?.text).toBe('Lakeside lead Hillside by 1 goal, 2–1.')
  })

  test('every action of a simulated match that is told has a type of the taxonomy and a sentence [LIVE-SOCCER-04]', () => {
    for (const seed of [1, 2, 3])
      for (const tag of tagsOf([...simulateSoccerMatch({ seed, startMs: 0, isCup: true })])) {
        expect(eventType(tag.type), tag.type).not.toBeNull()
        expect(tag.text).toMatch(/\S/)
        expect(tag.importance).toBeGreaterThan(0)
      }
  })
})
