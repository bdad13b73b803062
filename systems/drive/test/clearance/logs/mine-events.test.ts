import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mineEvents } from '../../../src/clearance/logs/mine-events.ts'
import { readLog } from '../../../src/clearance/logs/read-log.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'logs-'))
})
afterAll(() => rm(folder, { recursive: true }))

type At = (timeS: number) => [x: number, y: number] | null

/** Events of a CSV log with the vehicle and others by where they are at a time. */
async function eventsOf(egoAt: At, others: Record<string, { kind: string; at: At }>, seconds = 12) {
  const rows = ['time,name,kind,x,y']
  for (let step = 0; step <= seconds * 10; step++) {
    const timeS = step / 10
    const place = egoAt(timeS)
    if (place) rows.push([timeS, 'Ego', 'car', ...place].join(','))
    for (const [name, { kind, at }] of Object.entries(others)) {
      const there = at(timeS)
      if (there) rows.push([timeS, name, kind, ...there].join(','))
    }
  }
  const path = join(folder, 'log.csv')
  await writeFile(path, rows.join('\n'))
  const log = await readLog(path)
  return mineEvents(log).map(({ kind, timeS, agent }) => ({
    kind,
    timeS,
    name: agent === null ? null : log.agents[agent]?.name,
  }))
}

const steady: At = (t) => [15 * t, 0]
const clamp = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most)

describe('mining', () => {
  test('a calm drive has nothing of note: a car ahead, one that passes, a slow change of lanes far ahead [DRIVE-LOG-02]', async () => {
    expect(
      await eventsOf(steady, {
        ahead: { kind: 'car', at: (t) => [40 + 15 * t, 0] },
        passing: { kind: 'car', at: (t) => [-20 + 18 * t, 3.5] },
        far: { kind: 'car', at: (t) => [90 + 15 * t, clamp(4 - t, 0, 4)] },
        walker: { kind: 'pedestrian', at: (t) => [100 + t, -6] },
      }),
    ).toEqual([])
  })

  test('a cut-in is a change into the way close ahead [DRIVE-LOG-02]', async () => {
    const events = await eventsOf(steady, {
      cutter: { kind: 'car', at: (t) => [20 + 14.5 * t, clamp(3.5 - 1.2 * (t - 3), 0, 3.5)] },
    })
    // From 3.5 m to 1.2 m at 1.2 m/s, from 3 s on.
    expect(events).toEqual([{ kind: 'cut-in', timeS: expect.closeTo(5, 1), name: 'cutter' }])
  })

  test('a hard brake is 4 m/s² and more, not 3 [DRIVE-LOG-02]', async () => {
    const braking =
      (by: number): At =>
      (t) => [
        t < 4
          ? 15 * t
          : 60 + 15 * (t - 4) - (by / 2) * Math.min(t - 4, 15 / by) ** 2 - 15 * Math.max(0, t - 4 - 15 / by),
        0,
      ]
    expect(await eventsOf(braking(6), {})).toEqual([
      { kind: 'hard-brake', timeS: expect.closeTo(4, 0), name: null },
    ])
    expect(await eventsOf(braking(3), {})).toEqual([])
  })

  test('a near miss is close in time, or close by at speed; a crossing well behind is none [DRIVE-LOG-02]', async () => {
    const crossing =
      (x: number): At =>
      (t) => [x, -60 + 10 * t]
    // It is at y = 0 at 6 s, where the vehicle is at 90 m.
    expect((await eventsOf(steady, { other: { kind: 'car', at: crossing(92) } }))[0]).toMatchObject({
      kind: 'near-miss',
      name: 'other',
    })
    expect(await eventsOf(steady, { other: { kind: 'car', at: crossing(40) } })).toEqual([])
  })

  test('a pedestrian who comes out from behind a parked van near ahead was occluded [DRIVE-LOG-02]', async () => {
    const walker: At = (t) => [100, clamp(-7 + 1.5 * (t - 2), -7, -2.2)]
    const van = { kind: 'car', at: (): [number, number] => [95.5, -3.2] }
    const events = await eventsOf((t) => [12 * t, 0], {
      van,
      walker: { kind: 'pedestrian', at: walker },
    })
    expect(events.filter(({ kind }) => kind === 'occluded-pedestrian')).toEqual([
      { kind: 'occluded-pedestrian', timeS: expect.any(Number), name: 'walker' },
    ])
    const open = await eventsOf((t) => [12 * t, 0], { walker: { kind: 'pedestrian', at: walker } })
    expect(open.filter(({ kind }) => kind === 'occluded-pedestrian')).toEqual([])
  })

  test.each([
    ['time,x,y\n0,1,2', /no column name/],
    ['time,name,x,y\n0,a,1,here', /row 2 has no time, x and y/],
    ['time,name,x,y\n1,a,1,2\n0,a,1,2', /time goes back from 1 to 0/],
    ['time,name,x,y\n1,a,1,2', /two times or more/],
  ])('what is wrong in a CSV log is told: %j', async (text, message) => {
    const path = join(folder, 'wrong.csv')
    await writeFile(path, text)
    await expect(readLog(path)).rejects.toThrow(message)
  })
})
