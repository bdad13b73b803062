import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMappedFormat } from '../../../src/feeds/mapping/mapped-format.ts'
import { parseMapping } from '../../../src/feeds/mapping/mapping-schema.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'

const league = {
  name: 'town-league',
  format: 'csv',
  sport: 'nba',
  match: { id: { from: 'game' }, home: { from: 'home' }, away: { constant: 'Visitors' } },
  clock: {
    eventTime: { from: 'utc', as: 'iso-time' },
    period: { from: 'q', as: 'number' },
    secondsLeft: { from: 'clock', as: 'clock' },
  },
  events: [
    {
      kind: 'nba-action',
      when: { what: ['two', 'three'] },
      fields: {
        actionId: { from: 'n' },
        actionType: { from: 'what', values: { two: '2pt', three: '3pt' } },
        side: { from: 'side', values: { H: 'home', A: 'away' } },
        isMade: { constant: true },
        points: { from: 'points', as: 'number' },
        homeScore: { from: 'hs', as: 'number' },
        awayScore: { from: 'as', as: 'number' },
        x: { from: 'x m', as: 'number', unit: 'm>ft' },
      },
    },
  ],
}
const csv = [
  'game,home,utc,q,clock,what,n,side,points,hs,as,x m',
  'g 1,Town,2030-09-01T17:00:00Z,1,11:38,two,1,H,2,2,0,3.048',
  'g 1,Town,2030-09-01T17:00:20Z,1,11:18,chat,2,,,,,',
  'g 1,Town,2030-09-01T17:01:00Z,1,10:38,three,3,X,3,2,3,',
  'g 1,Town,2030-09-01T17:02:00Z,1,9:58,three,4,A,3,2,many,',
  'g 1,Town,2030-09-01T17:03:00Z,1,9:38,three,5,A,3,2,3,',
].join('\n')

const format = createMappedFormat(parseMapping(JSON.stringify(league)))

describe('a mapping file', () => {
  it('turns rows of a CSV into feed events: columns, constants, values, units, clocks [LIVE-FEEDS-07]', async () => {
    const { events, rejects } = await readItems(format, csv)
    expect(events[0]).toMatchObject({ kind: 'match', matchId: 'g-1', match: { title: 'Visitors at Town' } })
    const actions = ofKind(events, 'nba-action')
    expect(actions.map((action) => action.actionId)).toEqual(['1', '5'])
    expect(actions[0]).toMatchObject({ actionType: '2pt', side: 'home', points: 2, possession: 'away' })
    expect(actions[0]?.x).toBeCloseTo(10)
    expect(actions[0]?.clocks).toEqual({
      eventTimeMs: Date.UTC(2030, 8, 1, 17),
      eventTimeFrom: 'wall',
      game: { period: 1, secondsLeft: 698 },
      smpte: null,
    })
    expect(rejects.map(({ where, reason }) => `${where}: ${reason}`)).toEqual([
      'row 4: "side" is "X", expected one of H, A. It is read for "side".',
      'row 5: "as" is "many", expected a number. It is read for "awayScore".',
    ])
  })

  it('reads JSONL by pointers, with units and times of their own [LIVE-FEEDS-07]', async () => {
    const race = createMappedFormat(
      parseMapping(
        JSON.stringify({
          name: 'karts',
          format: 'jsonl',
          sport: 'race',
          match: { id: { constant: 'kart-1' } },
          clock: { eventTime: { from: '/t', as: 'epoch-s' } },
          events: [
            {
              kind: 'race-telemetry',
              fields: {
                carId: { from: '/car/id' },
                sessionSeconds: { from: '/t', as: 'number' },
                lap: { from: '/lap', as: 'number', default: 0 },
                speedMps: { from: '/car/mph', as: 'number', unit: 'mph>mps' },
              },
            },
          ],
        }),
      ),
    )
    const lines = ['{"t": 12.5, "car": {"id": 7, "mph": 100}}', '{"t": 13, "car": {"id": 7}}']
    const { events, rejects } = await readItems(race, lines.join('\n'))
    expect(ofKind(events, 'race-telemetry')).toMatchObject([
      { carId: '7', lap: 0, fuelLitres: null, clocks: { eventTimeMs: 12_500, game: null } },
    ])
    expect(ofKind(events, 'race-telemetry')[0]?.speedMps).toBeCloseTo(44.704)
    expect(rejects).toMatchObject([
      { where: 'row 2', reason: expect.stringContaining('"speedMps"') as string },
    ])
  })

  it.each<[string, object, string]>([
    ['a kind that there is not', { events: [{ kind: 'chess', fields: {} }] }, 'events.0.kind'],
    ['a field of its own', { colour: 'red' }, 'colour'],
    ['no match', { match: {} }, 'match.id'],
  ])('is refused with %s, by the name of the field [LIVE-FEEDS-08]', (_name, change, field) => {
    expect(() => parseMapping(JSON.stringify({ ...league, ...change }))).toThrow(field)
  })

  it('is refused when it is no JSON', () => {
    expect(() => parseMapping('{')).toThrow('not valid JSON')
  })

  it('survives any row [LIVE-FEEDS-06]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.nat({ max: 5 }),
        async (noise, at) => {
          const broken = csv
            .split('\n')
            .toSpliced(at + 1, 0, noise.replaceAll(/["\r\n]/g, ''))
            .join('\n')
          const { events } = await readItems(format, broken)
          expect(ofKind(events, 'nba-action').length).toBe(2)
        },
      ),
      { seed: 20_261_124, numRuns: 80 },
    )
  })
})
