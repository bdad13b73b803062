import { describe, expect, test } from 'vitest'
import type { FeedEvent, SoccerAction } from '../../../src/domain/feed-event.ts'
import { soccerMinute } from '../../../src/feeds/clocks/game-clock.ts'
import { recogniseFormat } from '../../../src/feeds/recognise-format.ts'
import { createMappedFormat } from '../../../src/feeds/mapping/mapped-format.ts'
import { parseMapping } from '../../../src/feeds/mapping/mapping-schema.ts'
import { placeOf, providerLines } from '../../../src/feeds/soccer/pitch.ts'
import { soccerStatsbomb } from '../../../src/feeds/soccer/statsbomb.ts'
import { soccerUnderstat } from '../../../src/feeds/soccer/understat.ts'
import { soccerWyscout } from '../../../src/feeds/soccer/wyscout.ts'
import { readItems } from '../read-items.ts'
import { madeShots, madeStatsbomb, madeWyscout } from './made-soccer.ts'

type Action = SoccerAction & FeedEvent
const actionsOf = (events: readonly FeedEvent[]) =>
  events.flatMap((event): Action[] => (event.kind === 'soccer-action' ? [event] : []))
const goalsOf = (events: readonly FeedEvent[]) =>
  actionsOf(events)
    .filter(({ shot, type }) => shot?.outcome === 'goal' || type === 'own-goal')
    .map(
      (event) =>
        `${soccerMinute(event.clocks.game!)} ${event.playerName} ${event.homeScore}–${event.awayScore}`,
    )

describe('soccer events', () => {
  test('Wyscout: goals, own goals and cards count once, the home side is the one that the file names first [LIVE-SOCCER-01]', async () => {
    const text = madeWyscout()
    expect(recogniseFormat('77.json', Buffer.from(text)).name).toBe('soccer-wyscout')
    const { events, rejects } = await readItems(soccerWyscout, text)
    expect(rejects).toEqual([])
    expect(events[0]).toMatchObject({
      kind: 'match',
      matchId: '77',
      match: { sport: 'soccer', title: 'Hillside v Lakeside', home: { id: '20', abbreviation: 'HIL' } },
    })
    expect(goalsOf(events)).toEqual([
      '11 L. Rasmussen 0–1',
      '26 O. Falk 0–2',
      '45+1 K. Bjørn 1–2',
      '48 K. Bjørn 2–2',
      '90+2 P. Duarte 3–2',
    ])
    expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: 3, awayScore: 2 })
    const shots = actionsOf(events).flatMap(({ shot }) => (shot ? [shot] : []))
    expect(shots).toEqual([
      { outcome: 'goal', bodyPart: 'foot', situation: 'open-play', assist: 'none' },
      { outcome: 'blocked', bodyPart: 'foot', situation: 'open-play', assist: 'none' },
      { outcome: 'goal', bodyPart: 'head', situation: 'corner', assist: 'cross' },
      { outcome: 'goal', bodyPart: 'foot', situation: 'penalty', assist: 'none' },
      { outcome: 'post', bodyPart: 'foot', situation: 'open-play', assist: 'none' },
    ])
    expect(actionsOf(events).flatMap(({ card }) => card ?? [])).toEqual(['yellow', 'second-yellow'])
  })

  test('what cannot be read is told with its place, the rest goes on; a document of another kind says what was expected [LIVE-SOCCER-01]', async () => {
    const broken = madeWyscout().replace('"matchPeriod":"2H"', '"matchPeriod":"half"')
    const { events, rejects } = await readItems(soccerWyscout, broken)
    expect(rejects.map(({ where, reason }) => `${where} ${reason}`)).toEqual([
      expect.stringMatching(/^\/events\/\d+ "matchPeriod" is "half", expected 1H, 2H/),
    ])
    expect(events.length).toBeGreaterThan(10)
    await expect(readItems(soccerWyscout, '[]')).rejects.toThrow(/holds no match/)
    await expect(readItems(soccerWyscout, '{"events": []}')).rejects.toThrow(/both sides/)
    await expect(readItems(soccerStatsbomb, '{}')).rejects.toThrow(/list of events of two teams/)
  })

  test('StatsBomb: the same match comes out as went in, halves told once and times that rise [LIVE-SOCCER-01]', async () => {
    for (const seed of [1, 2, 3]) {
      const { text, events: made } = madeStatsbomb(seed)
      expect(recogniseFormat('1.json', Buffer.from(text)).name).toBe('soccer-statsbomb')
      const { events, rejects } = await readItems(soccerStatsbomb, text, { name: 'match-1.json' })
      expect(rejects).toEqual([])
      expect(goalsOf(events)).toEqual(goalsOf(made))
      const counted = (all: FeedEvent[], of: SoccerAction['type']) =>
        actionsOf(all).filter(({ type }) => type === of).length
      for (const type of [
        'shot',
        'card',
        'corner',
        'foul',
        'substitution',
        'period-start',
        'period-end',
      ] as const)
        expect(counted(events, type), type).toBe(counted(made, type))
      const times = events.map(({ clocks }) => clocks.eventTimeMs)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
      // The second half does not fall into what was added to the first.
      const [first, second] = [1, 2].map((period) =>
        events.filter(({ clocks }) => clocks.game?.period === period).map(({ clocks }) => clocks.eventTimeMs),
      )
      expect(Math.min(...second!)).toBeGreaterThanOrEqual(Math.max(...first!.slice(0, -1)))
      expect(second!.at(-1)! - second![0]!).toBeGreaterThan(45 * 60_000)
    }
  })

  test('a shoot-out decides nothing of the score [LIVE-SOCCER-01]', async () => {
    const seeds = Array.from({ length: 40 }, (_, at) => at + 1)
    const { text, events: made } = seeds
      .map((seed) => madeStatsbomb(seed, true))
      .find(({ events }) => events.some(({ clocks }) => clocks.game?.period === 5))!
    const { events } = await readItems(soccerStatsbomb, text)
    expect(goalsOf(events)).toEqual(goalsOf(made))
    const end = events.at(-1)
    if (end?.kind !== 'match-end') throw new Error('The feed has no end.')
    expect(end.homeScore).toBe(end.awayScore)
  })

  test('shots with Understat’s columns: matches one by one, in order of time, by their stated result [LIVE-SOCCER-02]', async () => {
    const { events, rejects } = await readItems(soccerUnderstat, madeShots, { name: 'shots_made_20.csv' })
    expect(recogniseFormat('x.csv', Buffer.from(madeShots)).name).toBe('soccer-understat')
    expect(goalsOf(events)).toEqual(['71 A. One 1–0', '90+3 A. One 1–1'])
    expect(rejects.map(({ where, reason }) => `${where}: ${reason.slice(0, 30)}`)).toEqual([
      'row 5: Column "result" is "Vanished",',
      'row 6: The goals of this match add up',
    ])
    expect(events.filter(({ kind }) => kind === 'match-end')).toMatchObject([
      { homeScore: 1, awayScore: 1 },
      { homeScore: 0, awayScore: 1 },
    ])
    expect(events[0]).toMatchObject({ match: { competition: 'made 2020' } })
    expect(events[0]?.clocks.eventTimeMs).toBe(Date.UTC(2020, 8, 12, 14))
  })

  test('a mapping makes actions of soccer: goals are counted, added time goes on below 0 [LIVE-SOCCER-02]', async () => {
    const mapping = {
      name: 'town-soccer',
      format: 'csv',
      sport: 'soccer',
      match: { id: { from: 'game' }, home: { constant: 'Town' }, away: { constant: 'Visitors' } },
      clock: {
        period: { from: 'half', as: 'number' },
        secondsPlayed: { from: 'minute', as: 'number', unit: 'min>s' },
      },
      events: [
        {
          kind: 'soccer-action',
          when: { what: ['goal', 'miss'] },
          fields: {
            type: { constant: 'shot' },
            'shot.outcome': { from: 'what', values: { goal: 'goal', miss: 'off-target' } },
            side: { from: 'side' },
            playerName: { from: 'who' },
          },
        },
        {
          kind: 'soccer-action',
          when: { what: ['own goal'] },
          fields: { type: { constant: 'own-goal' }, side: { from: 'side' }, playerName: { from: 'who' } },
        },
        { kind: 'match-end', when: { what: ['end'] } },
      ],
    }
    const csv =
      'game,half,minute,what,side,who\n1,1,12,goal,home,A\n1,1,46.5,own goal,away,B\n1,2,20,miss,away,C\n1,2,44,goal,away,C\n1,2,49,end,,'
    const format = createMappedFormat(parseMapping(JSON.stringify(mapping)))
    const { events, rejects } = await readItems(format, csv)
    expect(rejects).toEqual([])
    expect(goalsOf(events)).toEqual(['13 A 1–0', '45+2 B 2–0', '90 C 2–1'])
    expect(events.at(-1)).toMatchObject({ kind: 'match-end', homeScore: 2, awayScore: 1 })
  })

  test('a provider’s lines are the lines of Law 1: the same shot is as far from the goal in every feed [LIVE-SOCCER-03]', () => {
    const marks = [
      placeOf(providerLines.wyscout, 90, 50),
      placeOf(providerLines.statsbomb, 108, 40),
      placeOf(providerLines.opta, 88.5, 50),
    ]
    for (const mark of marks) expect(mark).toEqual({ x: 94, y: 34 })
    const corners = [
      placeOf(providerLines.wyscout, 84, 19),
      placeOf(providerLines.statsbomb, 102, 18),
      placeOf(providerLines.opta, 83, 21.1),
    ]
    for (const corner of corners) expect(corner).toEqual({ x: 88.5, y: 13.8 })
    expect(placeOf(providerLines.opta, 50, 50)).toEqual({ x: 52.5, y: 34 })
    expect(placeOf(providerLines.wyscout, 101, -3)).toEqual({ x: 105, y: 0 })
  })
})
