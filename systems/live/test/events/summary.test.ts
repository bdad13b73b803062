import type { TaskModel } from '@heavylift/models'
import { describe, expect, it } from 'vitest'
import type { Match } from '../../src/domain/match.ts'
import type { Tag } from '../../src/domain/tag.ts'
import { groundOf } from '../../src/events/summary/check-wording.ts'
import { summarise } from '../../src/events/summary/summarise.ts'
import { wordWithModel } from '../../src/events/summary/word-with-model.ts'
import { nbaStatsCsv } from '../../src/feeds/nba/stats-csv.ts'
import { nflGamecenter } from '../../src/feeds/nfl/gamecenter.ts'
import { madeStats } from '../feeds/nba/made-stats.ts'
import { madeGame } from '../feeds/nfl/made-gamecenter.ts'
import { readItems } from '../feeds/read-items.ts'
import { madeTag } from './made-tags.ts'
import { tagsOf } from './tags-of.ts'

async function gameOf(format: typeof nflGamecenter, feed: string): Promise<{ match: Match; tags: Tag[] }> {
  const { events } = await readItems(format, feed)
  const [first] = events
  if (first?.kind !== 'match') throw new Error('The feed begins with its match.')
  const { match } = first
  const tags = tagsOf(events).map((tag, i) => ({
    ...tag,
    id: `tag${i}`,
    matchId: match.id,
    sport: match.sport,
  }))
  return { match, tags }
}

const nfl = () => gameOf(nflGamecenter, JSON.stringify(madeGame()))

describe('a summary', () => {
  it('tells an NFL game from its tags, each fact with the tags that say it [LIVE-EVENTS-08]', async () => {
    const { match, tags } = await nfl()
    const { sentences, wordedBy } = summarise(match, tags, { length: 'long' })
    expect(wordedBy).toBe('templates')
    expect(sentences.map(({ text }) => text)).toEqual([
      'HOM beat AWY by 3 points, 10–7.',
      'A.Body’s field goal put HOM ahead for good with 1:00 left in the fourth quarter, 10–7.',
      'The lead changed hands once, and it was level once.',
      'A.Body scored 1 touchdown for HOM.',
      'A.Body scored 1 touchdown for AWY.',
      'A.Body scored with 14:00 left in the first quarter: AWY 6, HOM 0.',
      'A.Body scored with 13:00 left in the first quarter: AWY 7, HOM 7.',
    ])
    const known = new Map(tags.map((tag) => [tag.id, tag.type]))
    expect(sentences.map(({ tagIds }) => tagIds.map((id) => known.get(id)))).toEqual([
      ['match.end'],
      ['score.field-goal'],
      ['lead-change', 'tie'],
      ['score.touchdown.return'],
      ['score.touchdown.run'],
      ['score.touchdown.run'],
      ['score.touchdown.return'],
    ])
  })

  it('names the margin, and as its turning point the score that put the winner ahead for good, with who made it [LIVE-EVENTS-21]', () => {
    const sides = { id: 'H', abbreviation: 'H', name: 'Homers', colour: null }
    const match: Match = {
      id: 'g',
      sport: 'nba',
      title: 'G',
      home: sides,
      away: { ...sides, id: 'A', name: 'Aways' },
      homeSpread: null,
      race: null,
    }
    const basket = (
      n: number,
      type: string,
      name: string,
      side: 'home' | 'away',
      home: number,
      away: number,
    ) =>
      madeTag(n, {
        sport: 'nba',
        type,
        actors: [{ id: name, name, role: '2pt', side }],
        homeScore: home,
        awayScore: away,
        game: { period: 4, secondsLeft: 100 - n },
      })
    const tags = [
      basket(1, 'score.basket.two', 'H. One', 'home', 2, 0),
      basket(2, 'score.basket.three', 'A. Two', 'away', 2, 3),
      basket(3, 'score.free-throw', 'H. One', 'home', 3, 3),
      basket(4, 'score.basket.two.dunk', 'H. Three', 'home', 5, 3),
      basket(5, 'score.basket.three', 'H. One', 'home', 8, 3),
      madeTag(6, {
        sport: 'nba',
        type: 'match.end',
        occasion: 'match',
        homeScore: 8,
        awayScore: 3,
        game: null,
      }),
    ]
    const texts = summarise(match, tags).sentences.map(({ text }) => text)
    expect(texts[0]).toBe('Homers beat Aways by 5 points, 8–3.')
    expect(texts[1]).toBe(
      'H. Three’s dunk put Homers ahead for good with 1:36 left in the fourth quarter, 5–3.',
    )
    expect(texts).toContain('H. One scored 6 for Homers.')
    const wire = summarise(match, [tags[0]!, tags[4]!, tags[5]!]).sentences[1]?.text
    expect(wire).toBe(
      'H. One’s basket put Homers ahead for good with 1:39 left in the fourth quarter, 2–0. Homers never trailed.',
    )
  })

  it('tells how it stands while a game is on', async () => {
    const { match, tags } = await nfl()
    const soFar = tags.filter((tag) => tag.type !== 'match.end' && tag.startMs < (tags.at(-4)?.startMs ?? 0))
    expect(summarise(match, soFar).sentences[0]?.text).toMatch(/level, 7–7 with .* left/)
  })

  it('counts the best scorers of an NBA game from the tags of their points [LIVE-EVENTS-08]', async () => {
    const { match, tags } = await gameOf(nbaStatsCsv, madeStats())
    const best = summarise(match, tags).sentences.find(({ text }) => text.includes('scored'))
    expect(best?.text).toBe('H. One scored 3 for Town Homers.')
    expect(best?.tagIds.length).toBe(1)
  })

  it('tells a race, and says nothing where no tag does', () => {
    const race: Match = {
      id: 'r',
      sport: 'race',
      title: 'R',
      home: null,
      away: null,
      homeSpread: null,
      race: null,
    }
    const tags = [
      madeTag(1, { sport: 'race', type: 'flag.caution' }),
      madeTag(2, { sport: 'race', type: 'match.end', text: '#7 Ada Bar wins.' }),
    ]
    expect(summarise(race, tags).sentences.map(({ text }) => text)).toEqual([
      '#7 Ada Bar wins.',
      'There was 1 caution.',
    ])
    expect(summarise(race, []).sentences).toEqual([])
  })
})

const fact = { text: 'HOM beat AWY 10–7.', tagIds: ['a'] }

it.each([
  ['HOM edged AWY 10–7 at home.', true],
  ['AWY beat HOM 10–7.', false],
  ['HOM lost to AWY 10–7.', false],
  ['HOM beat AWY 10–6.', false],
  ['HOM did not beat AWY, 10–7.', false],
  ['HOM and Smith beat AWY 10–7.', false],
  ['HOM beat AWY by three, 10–7.', false],
  ['What a game!', false],
])(
  "takes a model's sentence only when one of ours bears it out: %s [LIVE-EVENTS-09]",
  (sentence, isTaken) => {
    expect(groundOf(sentence, [fact]) !== null).toBe(isTaken)
  },
)

function modelSaying(text: string): TaskModel {
  return {
    name: 'made',
    async *complete() {
      yield await Promise.resolve({ type: 'text' as const, text })
    },
  }
}

it('keeps ours where the model invents, and its words where they hold [LIVE-EVENTS-09]', async () => {
  const summary = {
    sentences: [
      fact,
      { text: 'A.Body scored with 14:00 left in the first quarter: AWY 6, HOM 0.', tagIds: ['b'] },
    ],
    wordedBy: 'templates' as const,
  }
  const options = { tenantId: 't', signal: new AbortController().signal }
  const worded = await wordWithModel(
    summary,
    modelSaying('HOM got past AWY, 10–7.\nA.Body scored twice in 99 seconds.'),
    options,
  )
  expect(worded).toEqual({
    sentences: [{ text: 'HOM got past AWY, 10–7.', tagIds: ['a'] }, summary.sentences[1]],
    wordedBy: 'model',
  })
  expect(await wordWithModel(summary, modelSaying(''), options)).toEqual(summary)
})
