import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandInput } from '@heavylift/core/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDemand } from '../../src/buy/demand.ts'
import { commands } from '../../src/commands/commands.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-demand-'))
})
afterAll(() => rm(folder, { recursive: true }))

test('a demand is a row an hour, and each column of numbers a course of it in whole units [FLEET-BUY-05]', () => {
  const text = 'time,low,note,high\n2026-12-24T00:00Z,10,a,21\n2026-12-24T01:00Z,0,b,20\n'
  expect(readDemand(text, 10).map((one) => [...one])).toEqual([
    [1, 0],
    [3, 2],
  ])
  expect(() => readDemand('time,low\nx,1\ny,-2\n')).toThrow('Row 2 after the header: "low" is "-2"')
  expect(() => readDemand('time,note\nx,a\ny,b\n')).toThrow('2 rows and 0 such columns')
})

test('a demand of one’s own and offers of one’s own become a plan of what to buy [FLEET-BUY-05]', async () => {
  const demand = join(folder, 'demand.csv')
  const offers = join(folder, 'offers.json')
  // Of a hundred hours one more asks for each level up to 100; a unit bears ten.
  const rows = Array.from({ length: 100 }, (_, hour) => `${hour},${((hour * 37) % 100) + 1}`)
  await writeFile(demand, `hour,requests\n${rows.join('\n')}\n`)
  await writeFile(
    offers,
    JSON.stringify([
      { kind: 'reserved', name: 'year', price: 1, unitGpus: 1, mostUnits: 100 },
      { kind: 'on-demand', name: 'hourly', price: 4, limitGpus: 100 },
    ]),
  )
  const lines: string[] = []
  const run = (options: Record<string, string>) =>
    commands
      .find(({ name }) => name === 'mix')!
      .run(commandInput({ args: { demand }, options, print: (line) => lines.push(line) }))
  // A quarter of the hours needs more than 75, so units up to the eighth pay.
  expect(await run({ offers, perUnit: '10', mayWait: '0' })).toMatchObject({
    hours: 100,
    scenarios: 1,
    purchases: [{ offer: 'year', units: 8 }],
    waitingShare: 0,
  })
  expect(lines.at(-1)).toMatch(
    /^Cost \d+ with what is used by the hour, 2200 were all by the hour; 0.00 % waits/,
  )
  await expect(run({ offers, perUnit: '0' })).rejects.toThrow('--per-unit 0 is no such number')
  await expect(run({ offers: demand })).rejects.toMatchObject({ code: 'bad-offer' })
})
