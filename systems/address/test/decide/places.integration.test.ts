import { AgentOffers } from '@heavylift/agents'
import { createIds, noTelemetry, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadSample } from '../../samples/load-sample.ts'
import { addressConfig } from '../../src/config.ts'
import type { AddressServices } from '../../src/context.ts'
import { readDefects, trialOf } from '../../src/decide/defects.ts'
import type { DefectTrial } from '../../src/decide/defects.ts'
import { readUsual } from '../../src/learn/usual.ts'
import { Places } from '../../src/decide/places.ts'
import type { NewPlace } from '../../src/decide/places.ts'
import { migrations } from '../../src/migrations/migrations.ts'

let testStore: TestStore
let services: AddressServices
let nowMs = systemClock.nowMs()
const clock = { ...systemClock, nowMs: () => nowMs }

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { address: migrations }, clock })
  services = {
    clock,
    ids: createIds(clock),
    log: silentLogger,
    telemetry: noTelemetry,
    dataDir: testStore.dataDir,
    configDir: testStore.dataDir,
    signal: new AbortController().signal,
    store: testStore.host.forSystem('address'),
    agents: new AgentOffers(),
  }
})
afterAll(() => testStore.close())

const house = (id: string, content = 'Private house, dog in the yard. Left on the porch.'): NewPlace => ({
  id,
  address: '12 Oak Ln, Easton, VA 22030',
  unit: null,
  name: 'Ruth Kim',
  record: null,
  documents: [{ name: 'driver-note.txt', content }],
  latitude: null,
  longitude: null,
})

test('keeps decisions in the ledger, by tenant, and decides the same id anew [ADDRESS-LEDGER-01]', async () => {
  const places = new Places(services, null)
  const [first] = await places.decide('a', [house('order-1')])
  expect(first).toMatchObject({ decision: { kind: 'single-family' }, arm: null })
  const [again] = await places.decide('a', [
    house('order-1', 'Vacant lot, nothing built here. Empty lot, no house.'),
  ])
  expect(again?.decision.kind).toBe('vacant')
  expect(await places.find('a', { limit: 10 })).toHaveLength(1)
  await expect(places.get('b', 'order-1')).rejects.toMatchObject({ code: 'place-not-found' })
  const decisions = await services.store.ledger.decisions('a', { system: 'address', limit: 10 })
  expect(decisions.map(({ subjectId, output }) => [subjectId, (output as { kind: string }).kind])).toEqual([
    ['order-1', 'vacant'],
    ['order-1', 'single-family'],
  ])
})

test('a correction decides, teaches how far sources are believed, and is kept when it is decided anew [ADDRESS-LEARN-02]', async () => {
  const places = new Places(services, null)
  const reliability = async () =>
    (await places.decide('c', [house('watch')]))[0]!.decision.evidence.find(
      ({ source }) => source === 'note',
    )!.reliability
  const before = await reliability()
  const decided: string[] = []
  for (let at = 0; at < 12; at++) {
    const [place] = await places.decide('c', [house(`wrong-${at}`)])
    decided.push(place!.decision.kind)
    await places.correct('c', `wrong-${at}`, 'home-business')
  }
  expect(decided.slice(0, 3)).toEqual(['single-family', 'single-family', 'single-family'])
  expect(await reliability()).toBeLessThan(before * 0.8)
  const [kept] = await places.decide('c', [house('wrong-0')])
  expect(kept).toMatchObject({
    correctedKind: 'home-business',
    decision: { kind: 'home-business', action: 'decide', confidence: 1 },
  })
  expect(kept?.decision.evidence[0]).toMatchObject({ source: 'correction' })
  const { calibration } = await services.store.ledger.summary('c', { system: 'address' })
  // From ten answers on the town is known, so the last ones may have been right.
  expect(calibration.bins.reduce((sum, { n, rate }) => sum + n * rate, 0)).toBeCloseTo(
    decided.filter((kind) => kind === 'home-business').length,
  )
})

test('answers about places that were asked tell what is usual among the others [ADDRESS-LEARN-04]', async () => {
  const places = new Places(services, null)
  const bare = (at: number) => ({
    ...house(`bare-${at}`),
    address: `${at} Elm St, Granby, MO 64844`,
    name: null,
    record: null,
    documents: [],
  })
  const [before] = await places.decide('e', [bare(1)])
  expect(before!.decision).toMatchObject({ action: 'ask' })
  expect(before!.decision.kind).not.toBe('vacant')
  await places.decide(
    'e',
    Array.from({ length: 12 }, (_, at) => bare(at + 2)),
  )
  for (let at = 0; at < 12; at++) await places.correct('e', `bare-${at + 2}`, 'vacant')
  const [after] = await places.decide('e', [bare(1)])
  expect(after!.decision.probabilities.vacant).toBeGreaterThan(4 * before!.decision.probabilities.vacant)
  expect(after!.decision.version).toMatch(/\+12$/)
  expect((await places.decide('f', [bare(1)]))[0]!.decision.version).toBe(before!.decision.version)
})

test('a batch may be told what it mostly holds; without it, how many may be right is said until answers tell [ADDRESS-LEARN-09] [ADDRESS-LEARN-10]', async () => {
  const places = new Places(services, null)
  const bare = {
    ...house('bare'),
    address: '9 Elm St, Granby, MO 64844',
    name: null,
    record: null,
    documents: [],
  }
  const usual = readUsual('business 90')
  const before = await places.decide('g', [bare])
  expect(before[0]!.decision.kind).not.toBe('business')
  const expected = await places.expected('g', before)
  expect(expected!.low).toBeLessThan(expected!.likely)
  expect(expected!.likely).toBeLessThan(expected!.high)
  const told = await places.decide('g', [bare], { usual })
  expect(told[0]!.decision).toMatchObject({ kind: 'business', action: 'ask' })
  expect(await places.expected('g', told, usual)).toBeNull()
})

test('compares deliveries with those that went as before [ADDRESS-DEFECT-01]', async () => {
  const trial: DefectTrial = trialOf({ baselineShare: 0.5, attributionDays: 1 })!
  const places = new Places(services, trial)
  const decided = await places.decide(
    'd',
    Array.from({ length: 60 }, (_, at) => house(`stop-${at}`)),
  )
  const seen = { off: 0, agent: 0 }
  for (const place of decided) {
    const nth = seen[place.arm as 'off' | 'agent']++
    await places.outcome('d', place.id, place.arm === 'off' ? nth % 2 === 0 : nth % 5 === 0)
    await places.outcome('d', place.id, true)
  }
  expect((await readDefects(services.store.ledger, 'd', trial)).waiting).toBe(60)
  nowMs += 2 * trial.attributionMs
  const { arms, reductionPct } = await readDefects(services.store.ledger, 'd', trial)
  expect(arms.map(({ arm, deliveries }) => [arm, deliveries])).toEqual([
    ['off', seen.off],
    ['agent', seen.agent],
  ])
  expect(reductionPct?.estimate).toBeCloseTo(
    100 * (1 - Math.ceil(seen.agent / 5) / seen.agent / (Math.ceil(seen.off / 2) / seen.off)),
    6,
  )
})

test('samples fill the pages once and are gone when they are removed [ADDRESS-SAMPLE-01]', async () => {
  const places = new Places(services, null)
  const context = { ...services, config: addressConfig.parse({}), places }
  await loadSample(context, 's', () => {})
  await loadSample(context, 's', () => {})
  const count = await places.sampleCount('s')
  expect(count).toBeGreaterThan(200)
  expect((await places.counts('s')).length).toBeGreaterThan(8)
  expect((await places.find('s', { action: 'ask', limit: 50 })).length).toBeGreaterThan(0)
  expect(await places.removeSamples('s')).toBe(count)
  expect((await services.store.ledger.summary('s', { system: 'address' })).count).toBe(0)
}, 60_000)
