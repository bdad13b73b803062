import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { listGraphics } from '../../src/graphics/list-graphics.ts'
import { fromInsight as burnBar } from '../../graphics/burn-bar/from-insight.js'
import { fromInsight as coverage } from '../../graphics/coverage/from-insight.js'
import { fromInsight as defensiveAlert } from '../../graphics/defensive-alert/from-insight.js'
import { fromInsight as endOfGame } from '../../graphics/end-of-game/from-insight.js'
import { fromInsight as keyMoment } from '../../graphics/key-moment/from-insight.js'
import { fromInsight as momentum } from '../../graphics/momentum/from-insight.js'
import { fromInsight as pocketHealth } from '../../graphics/pocket-health/from-insight.js'
import { fromInsight as scoreBug } from '../../graphics/score-bug/from-insight.js'
import { fromInsight as winProbability } from '../../graphics/win-probability/from-insight.js'
import { insightOf, match } from './insight.ts'

const manifests = new Map((await listGraphics()).map(({ id, manifest }) => [id, manifest]))

/** What a mapping makes has to be what the graphic's schema promises to take. */
function expectFits(graphic: string, data: unknown): void {
  const ajv = new Ajv2020({ allErrors: true, keywords: ['gddType', 'gddOptions', 'order'] })
  const isData = ajv.compile(manifests.get(graphic)?.schema ?? false)
  isData(data)
  expect(isData.errors ?? []).toEqual([])
}

describe('what a graphic shows of insights [LIVE-GRAPHICS-06]', () => {
  const car = (number: string, position: number, detail: object = {}) =>
    insightOf({
      kind: 'race.burn-bar',
      sport: 'race',
      subject: `car-${number}`,
      detail: {
        number,
        position,
        driver: `Driver ${number}`,
        fuelLitres: 30,
        low: 28,
        high: 32,
        capacityLitres: 70,
        lapsToEmpty: { value: 25, low: 23, high: 27 },
        lapsToGo: 30,
        verdict: 'short',
        shortByLaps: 5,
        pitWindow: { from: 100, to: 110 },
        flag: 'green',
        ...detail,
      },
    })

  test('burn bar: a tower in order of position, each car as it was last heard of', () => {
    const first = burnBar(burnBar(null, car('7', 2)), car('22', 1))
    const data = burnBar(first, car('7', 2, { lapsToEmpty: { value: 24, low: 22, high: 26 }, lapsToGo: 29 }))
    expect(data.cars.map(({ number, lapsToEmpty }) => [number, lapsToEmpty])).toEqual([
      ['22', 25],
      ['7', 24],
    ])
    expect(data).toMatchObject({ lapsToGo: 29, flag: 'green' })
    expect(data.cars[1]).toMatchObject({ pitFrom: 100, pitTo: 110, shortByLaps: 5, lapsToEmptyLow: 22 })
    expectFits('burn-bar', data)
  })

  test('burn bar: rows are from one standing, so that no two are on one place [LIVE-BURN-01]', () => {
    const standing = ['22', '9', '7']
    // Car 9 was last heard of when it led; 22 has passed it since.
    const before = burnBar(burnBar(null, car('9', 1)), car('7', 2))
    const data = burnBar(
      before,
      car('22', 1, { standing, plan: { stops: 1, spareLaps: 20, saveShare: 0.04 } }),
    )
    expect(data.cars.map(({ number, position }) => [number, position])).toEqual([
      ['22', 1],
      ['9', 2],
      ['7', 3],
    ])
    expect(data.cars[0]).toMatchObject({ stops: 1, saveShare: 0.04 })
    expectFits('burn-bar', data)
  })

  test('burn bar: what is not known stays away', () => {
    const data = burnBar(null, car('7', 1, { pitWindow: null, lapsToEmpty: null, lapsToGo: null }))
    expect(Object.keys(data.cars[0] ?? {})).not.toEqual(expect.arrayContaining(['pitFrom']))
    expect(data.cars[0]?.lapsToEmpty).toBeUndefined()
    expect(data.lapsToGo).toBeUndefined()
    expectFits('burn-bar', data)
  })

  const blitz = (name: string, probability: number, playId = 'p1') =>
    insightOf({
      kind: 'nfl.blitz',
      subject: name,
      estimate: { type: 'probability', probability },
      detail: { x: 60, y: 20, jersey: 54, playId, name },
    })

  test('defensive alert: the likeliest first; another play starts with an empty field', () => {
    const data = defensiveAlert(defensiveAlert(null, blitz('A', 0.3), match), blitz('B', 0.7), match)
    expect(data?.defenders.map(({ name }) => name)).toEqual(['B', 'A'])
    expectFits('defensive-alert', data)
    const next = defensiveAlert(data, blitz('A', 0.4, 'p2'), match)
    expect(next?.defenders.map(({ name, probability }) => [name, probability])).toEqual([['A', 0.4]])
  })

  test('who is below the floor of alerts is not on air, and leaves it [LIVE-GRAPHICS-15]', () => {
    const called = (name: string, probability: number, isAlert: boolean) => {
      const insight = blitz(name, probability)
      return { ...insight, detail: { ...insight.detail, isAlert } }
    }
    const names = (data: ReturnType<typeof defensiveAlert>) => data?.defenders.map(({ name }) => name)
    const both = defensiveAlert(
      defensiveAlert(null, called('A', 0.8, true), match),
      called('B', 0.4, false),
      match,
    )
    expect(names(both)).toEqual(['A'])
    const none = defensiveAlert(both, called('A', 0.5, false), match)
    expect(names(none)).toEqual([])
    expectFits('defensive-alert', none)
    const scheme = { name: 'COVER_1', coverage: 'man', probability: 0.5 }
    const man = (isAlert: boolean) =>
      insightOf({
        kind: 'nfl.coverage',
        estimate: {
          type: 'classes',
          classes: [
            { name: 'man', probability: 0.8 },
            { name: 'zone', probability: 0.2 },
          ],
        },
        detail: { side: 'home', schemes: [scheme], isAlert },
      })
    expect(coverage(null, man(true), match)).toMatchObject({ coverage: 'man', scheme: 'Cover 1' })
    expect(coverage(coverage(null, man(true), match), man(false), match)).toMatchObject({
      coverage: '',
      scheme: '',
    })
    expectFits('coverage', coverage(null, man(false), match))
    const pressure = (isAlert: boolean) =>
      insightOf({
        kind: 'nfl.pressure',
        estimate: { type: 'probability', probability: 0.9 },
        detail: { name: 'Ray Stone', playId: 'p1', isAlert },
      })
    const threat = pocketHealth(null, pressure(true))
    expect(threat).toMatchObject({ threat: 'Ray Stone', threatProbability: 0.9 })
    const calm = pocketHealth(threat, pressure(false))
    expect(calm).toEqual({ quarterback: '', threat: '', playId: 'p1' })
    expectFits('pocket-health', calm)
  })

  const winning = (probability: number, secondsLeft: number) =>
    insightOf({
      kind: 'nfl.win-probability',
      estimate: { type: 'probability', probability },
      detail: { homeScore: 20, awayScore: 17 },
      clocks: { ...insightOf({ kind: 'x' }).clocks, game: { period: 2, secondsLeft } },
    })

  test('win probability: the line grows with the game, and a correction takes its point’s place', () => {
    const line = [winning(0.5, 900), winning(0.6, 450), winning(0.55, 450)]
    const data = line.reduce<ReturnType<typeof winProbability>>(
      (before, insight) => winProbability(before, insight, match),
      null,
    )
    expect(data?.line).toEqual([
      { at: 0.25, home: 0.5 },
      { at: 0.375, home: 0.55 },
    ])
    expect(data).toMatchObject({ home: 'RIV', homeColour: '#0b6e4f', homeScore: 20, clock: 'Q2 7:30' })
    expectFits('win-probability', data)
  })

  test('win probability: the last word leaves the result, and the line as it was [LIVE-GRAPHICS-06]', () => {
    const { clocks, ...over } = winning(1, 0)
    const data = winProbability(
      winProbability(null, winning(0.6, 450), match),
      {
        ...over,
        occasion: 'end',
        clocks: { ...clocks, game: null },
        detail: { ...over.detail, isOver: true },
      },
      match,
    )
    expect(data).toMatchObject({ isOver: true, clock: 'Final', homeScore: 20, awayScore: 17 })
    expect(data?.line).toEqual([{ at: 0.375, home: 0.6 }])
    expectFits('win-probability', data)
  })

  test('win probability of soccer: three results, the minute, and a line in which a draw is half a win [LIVE-SOCCER-13]', () => {
    const said = (secondsLeft: number, period: number) =>
      insightOf({
        kind: 'soccer.win-probability',
        sport: 'soccer',
        clocks: { eventTimeMs: 1_000, eventTimeFrom: 'game', game: { period, secondsLeft }, smpte: null },
        estimate: {
          type: 'classes',
          classes: [
            { name: 'Rivermen', probability: 0.5 },
            { name: 'Draw', probability: 0.3 },
            { name: 'Harbour', probability: 0.2 },
          ],
        },
        detail: { home: 0.5, draw: 0.3, away: 0.2, homeScore: 1, awayScore: 0 },
      })
    const data = [said(-90, 1), said(1350, 2)].reduce<ReturnType<typeof winProbability>>(
      (before, insight) => winProbability(before, insight, match),
      null,
    )
    expect(data).toMatchObject({ homeProbability: 0.5, drawProbability: 0.3, homeScore: 1, clock: '68′' })
    expect(data?.line).toEqual([
      { at: 0.5, home: 0.65 },
      { at: 0.75, home: 0.65 },
    ])
    expect(winProbability(null, said(-90, 1), match)?.clock).toBe('45+2′')
    expectFits('win-probability', data)
  })

  test('score bug: score and clock of any game, in soccer with expected goals [LIVE-SOCCER-13]', () => {
    const shot = insightOf({
      kind: 'soccer.xg',
      sport: 'soccer',
      clocks: { eventTimeMs: 1, eventTimeFrom: 'game', game: { period: 2, secondsLeft: -61 }, smpte: null },
      detail: { homeScore: 2, awayScore: 1, homeXg: 1.62, awayXg: 0.94 },
    })
    const data = scoreBug(null, shot, match)
    expect(data).toMatchObject({ home: 'RIV', homeScore: 2, awayScore: 1, homeXg: 1.62, clock: '90+2′' })
    expectFits('score-bug', data)
    const game = scoreBug(null, winning(0.5, 450), match)
    expect(game).toMatchObject({ homeScore: 20, clock: 'Q2 7:30' })
    expect(game?.homeXg).toBeUndefined()
    expectFits('score-bug', game)
    // What tells no score changes nothing.
    expect(scoreBug(data, insightOf({ kind: 'soccer.xg', sport: 'soccer' }), match)).toBe(data)
  })

  test('win probability: a long game keeps its newest point and a bounded line', () => {
    let data: ReturnType<typeof winProbability> = null
    for (let second = 900; second >= 0; second--)
      data = winProbability(data, winning(second / 900, second), match)
    expect(data?.line.length).toBeLessThanOrEqual(241)
    expect(data?.line.at(-1)).toEqual({ at: 0.5, home: 0 })
    expect(data?.line[0]).toEqual({ at: 0.25, home: 1 })
  })

  test('end of game: the interval of plays, and whose need it is', () => {
    const estimate = { type: 'interval' as const, value: 11, low: 8, high: 14, level: 0.8, unit: 'plays' }
    const detail = { side: 'away', scoresNeeded: 2, stopsNeeded: 1 }
    const data = endOfGame(null, insightOf({ kind: 'nfl.end-of-game', estimate, detail }), match)
    expect(data).toMatchObject({ team: 'HAR', playsLeft: 11, playsLow: 8, scoresNeeded: 2, clock: 'Q4 2:05' })
    expectFits('end-of-game', data)
  })

  test('pocket: pressure of this play stands beside the pocket’s health', () => {
    const pocket = (value: number, playId: string) =>
      insightOf({
        kind: 'nfl.pocket',
        estimate: { type: 'score', value, low: 0, high: 100 },
        detail: { playId, name: 'Quarter Back', secondsLeft: 1.2 },
      })
    const pressure = insightOf({
      kind: 'nfl.pressure',
      estimate: { type: 'probability', probability: 0.6 },
      detail: { playId: 'p1', name: 'Edge Rusher' },
    })
    const data = pocketHealth(pocketHealth(pocketHealth(null, pocket(90, 'p1')), pressure), pocket(60, 'p1'))
    expect(data).toMatchObject({
      quarterback: 'Quarter Back',
      health: 60,
      secondsLeft: 1.2,
      threat: 'Edge Rusher',
      threatProbability: 0.6,
    })
    expectFits('pocket-health', data)
    const next = pocketHealth(data, pocket(100, 'p2'))
    expect(next).toMatchObject({ health: 100, threat: '' })
    expect(next).not.toHaveProperty('threatProbability')
  })

  test('key moment: a swing by its size and the side that it helped', () => {
    const insight = insightOf({ kind: 'key-moment', detail: { swing: -0.23 } })
    const data = keyMoment(null, insight, match)
    expect(data).toMatchObject({ swing: 0.23, team: 'HAR', colour: '#d9480f', headline: insight.headline })
    expectFits('key-moment', data)
  })

  test('coverage: man or zone, and the likeliest scheme of that kind beside it', () => {
    const classes = [
      { name: 'man', probability: 0.45 },
      { name: 'zone', probability: 0.55 },
    ]
    const schemes = [
      { name: 'COVER_1', coverage: 'man', probability: 0.45 },
      { name: 'COVER_2', coverage: 'zone', probability: 0.2 },
      { name: 'COVER_3', coverage: 'zone', probability: 0.35 },
    ]
    const estimate = { type: 'classes' as const, classes }
    const detail = { side: 'away', schemes }
    const data = coverage(null, insightOf({ kind: 'nfl.coverage', estimate, detail }), match)
    expect(data).toEqual({
      team: 'HAR',
      coverage: 'zone',
      probability: 0.55,
      scheme: 'Cover 3',
      schemeProbability: 0.35,
    })
    expectFits('coverage', data)
    expect(coverage(data, insightOf({ kind: 'nfl.coverage' }), match)).toBe(data)
  })

  test('momentum: now and so far; what is no score changes nothing', () => {
    const before = momentum(
      null,
      insightOf({ kind: 'momentum', estimate: { type: 'score', value: 40, low: -100, high: 100 } }),
      match,
    )
    expect(before).toMatchObject({ value: 40, away: 'HAR' })
    expectFits('momentum', before)
    expect(momentum(before, insightOf({ kind: 'momentum' }), match)).toBe(before)
  })
})
