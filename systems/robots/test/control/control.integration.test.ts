import { createRandom, silentLogger, systemClock } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { makeMap, mapText } from '../../samples/made-floors.ts'
import { startBroker } from '../../src/control/broker/embedded-broker.ts'
import type { EmbeddedBroker } from '../../src/control/broker/embedded-broker.ts'
import { checkTruth } from '../../src/control/fleet/check-truth.ts'
import type { TruthLine } from '../../src/control/fleet/check-truth.ts'
import { badRadio, noFaults } from '../../src/control/fleet/faults.ts'
import type { Faults } from '../../src/control/fleet/faults.ts'
import { runFleet } from '../../src/control/fleet/run-fleet.ts'
import type { Fleet } from '../../src/control/fleet/run-fleet.ts'
import { madeLayout } from '../../samples/made-layout.ts'
import { partsOf } from '../../src/floor/floor.ts'
import { applyStep } from '../../src/control/release/apply-step.ts'
import { makeRobots } from '../../src/control/floor-file.ts'
import type { RobotsContext } from '../../src/context.ts'
import { controlRoutes } from '../../src/routes/control.ts'
import { runControl } from '../../src/control/run-control.ts'
import type { Gateway } from '../../src/control/session/gateway.ts'
import { EmergencyStop } from '../../src/control/store/emergency-stop.ts'
import { FloorLog } from '../../src/control/store/floor-log.ts'
import { topicOf } from '../../src/control/vda5050/protocol.ts'
import { migrations } from '../../src/migrations/migrations.ts'

let store: TestStore
let broker: EmbeddedBroker

beforeAll(async () => {
  store = await createTestStore({ migrations: { robots: migrations } })
  broker = await startBroker({ host: '127.0.0.1', port: 0, tls: null, credentials: null, log: silentLogger })
})

afterAll(async () => {
  await broker.close()
  await store.close()
})

/** A floor with robots on the wire and tasks; `control` starts planner and gateway, and what it returns ends them. */
async function openFloor(
  floorId: string,
  robots: number,
  tasks: number,
  faults: Faults,
  map = mapText(makeMap('wide aisles', 12, 16, createRandom('control'))),
) {
  const own = store.host.forSystem('robots')
  const log = new FloorLog(own, { tenantId: 'main', floorId })
  await log.create({ run: floorId, map, cellMetres: 1, robots: makeRobots(map, robots, floorId) }, new Date())
  const floor = (await log.floor())!
  const part = partsOf(floor.places.floor)
  const free = Array.from(part.keys()).filter((cell) => part[cell] === 0)
  const random = createRandom(floorId)
  await log.addTasks(
    Array.from({ length: tasks }, () => [random.pick(free), random.pick(free)]),
    new Date(),
  )
  const truth: TruthLine[] = []
  const fleet: Fleet = runFleet({
    url: `mqtt://127.0.0.1:${broker.port}`,
    places: floor.places,
    robots: floor.robots.map((robot, number) => ({ ...robot, robot: number })),
    build: { driveMs: 40, turnMs: 20, actionMs: 30 },
    faults,
    seed: floorId,
    onTrue(robot, event) {
      if (event.kind === 'paused') return
      truth.push({
        robot,
        kind: event.kind,
        name: 'nodeId' in event ? event.nodeId : event.actionId,
        atMs: event.atMs,
      })
    },
  })
  const control = () => {
    const ending = new AbortController()
    const at: { gateway: Gateway | null } = { gateway: null }
    const running = runControl({
      store: own,
      log,
      parts: ['planner', 'gateway'],
      connect: () => Promise.resolve(broker.bus()),
      clock: systemClock,
      logger: silentLogger,
      signal: ending.signal,
      stepMs: 30,
      onGateway: (gateway) => (at.gateway = gateway),
    })
    const end = async (): Promise<void> => {
      ending.abort()
      await running
    }
    return { at, end }
  }
  return { own, log, stop: new EmergencyStop(own, log), fleet, truth, control }
}

test('over a bad radio robots of both versions do every task once, without a collision, and the ledger says how long [ROBOTS-CONTROL-08]', async () => {
  const { own, log, fleet, truth, control } = await openFloor('radio', 8, 8, badRadio)
  const { at, end } = control()
  try {
    await vi.waitFor(async () => expect(await log.countTasks()).toMatchObject({ finished: 8 }), {
      timeout: 90_000,
      interval: 200,
    })
  } finally {
    await end()
    fleet.close()
  }
  const { collisions, doubled, actions } = checkTruth(truth)
  expect(collisions).toEqual([])
  expect(doubled).toEqual([])
  expect([...actions].toSorted()).toEqual((await log.doneErrands()).toSorted())
  expect(at.gateway!.counts.refused).not.toHaveProperty('schema')
  expect(fleet.schemaErrors()).toBe(0)
  const decisions = await own.ledger.decisions('main', { system: 'robots', limit: 50 })
  expect(decisions).toHaveLength(8)
  for (const { outcomes } of decisions) expect(outcomes.map(({ kind }) => kind)).toContain('task-ms')
})

test('an emergency stop outlives the control, and takes two steps to release [ROBOTS-STOP-02]', async () => {
  const { log, stop, fleet, control } = await openFloor('stop', 6, 12, noFaults)
  const statuses = (gateway: Gateway | null) => new Set(gateway?.statuses())
  const paused = (gateway: Gateway | null): boolean[] =>
    Array.from({ length: 6 }, (_, robot) => gateway?.sessionOf(robot).isPaused ?? false)
  const first = control()
  let second: ReturnType<typeof control> | null = null
  try {
    await vi.waitFor(async () => expect((await log.countTasks()).done).toBeGreaterThan(0), {
      timeout: 60_000,
    })
    await stop.press('smoke in aisle 4', 'tester', new Date())
    await vi.waitFor(() => expect(paused(first.at.gateway)).not.toContain(false), { timeout: 30_000 })
    await first.end()
    second = control()
    await vi.waitFor(() => expect(paused(second!.at.gateway)).not.toContain(false), { timeout: 30_000 })
    const { done } = await log.countTasks()
    await expect(stop.confirmRelease('0'.repeat(32), 'no', 'tester', new Date())).rejects.toMatchObject({
      code: 'release-not-asked',
    })
    const { token } = await stop.askRelease(new Date())
    await expect(
      stop.confirmRelease(token, 'late', 'tester', new Date(Date.now() + 61_000)),
    ).rejects.toMatchObject({ code: 'release-not-asked' })
    expect(await log.countTasks()).toMatchObject({ done })
    await stop.confirmRelease(token, 'it was steam', 'tester', new Date())
    await vi.waitFor(() => expect(statuses(second!.at.gateway)).toEqual(new Set(['ready'])), {
      timeout: 30_000,
    })
    await vi.waitFor(async () => expect(await log.countTasks()).toMatchObject({ finished: 12 }), {
      timeout: 60_000,
      interval: 200,
    })
  } finally {
    await first.end()
    await second?.end()
    fleet.close()
  }
})

test('a robot that lies is told to people, and works again when one has looked [ROBOTS-CONTROL-03]', async () => {
  const { log, fleet, control } = await openFloor('liar', 2, 4, noFaults)
  const { at, end } = control()
  try {
    await vi.waitFor(() => expect(at.gateway?.statuses()).toEqual(['ready', 'ready']), { timeout: 30_000 })
    const { state, address } = at.gateway!.sessionOf(0)
    const lie = { ...state!, headerId: state!.headerId + 1, lastNodeId: 'c0', lastNodeSequenceId: 900 }
    broker.bus().publish(topicOf(address, 'state'), JSON.stringify(lie))
    await vi.waitFor(
      async () => expect(await log.troubles()).toMatchObject([{ robot: 0, status: 'quarantined' }]),
      {
        timeout: 30_000,
      },
    )
    await log.believe(0)
    await vi.waitFor(async () => expect(await log.countTasks()).toMatchObject({ finished: 4 }), {
      timeout: 60_000,
      interval: 200,
    })
    expect(await log.troubles()).toEqual([])
  } finally {
    await end()
    fleet.close()
  }
})

test('zones, stop and release go through the routes: robots drive around a closed zone and stand in a stop [ROBOTS-ZONE-02]', async () => {
  const { own, log, fleet, truth, control } = await openFloor('zones', 4, 0, noFaults)
  const routes = controlRoutes({ store: own, clock: systemClock, log: silentLogger } as RobotsContext)
  const call = async <T>(
    method: string,
    path: string,
    params: object = {},
    body: object = {},
  ): Promise<T> => {
    const found = routes.find((one) => one.method === method && one.path === `/floors${path}`)!
    const input = { caller: { tenantId: 'main', keyId: null }, params: { floorId: 'zones', ...params }, body }
    return (found.handle as (input: unknown) => Promise<T>)(input)
  }
  const { places, robots } = (await log.floor())!
  const { columns, rows } = places.floor
  const starts = new Set(robots.map(({ start }) => start >> 2))
  const column = Array.from({ length: columns - 4 }, (_, at) => at + 2).find((at) =>
    Array.from({ length: rows - 4 }, (_, row) => (row + 2) * columns + at).every((cell) => !starts.has(cell)),
  )!
  // All but two rows at either end of one column: there is a way around.
  const box = { top: 2, left: column, bottom: rows - 3, right: column }
  const shut = new Set(Array.from({ length: rows - 4 }, (_, row) => `c${(row + 2) * columns + column}`))
  const zone = await call<{ id: number }>(
    'post',
    '/:floorId/zones',
    {},
    { type: 'BLOCKED', reason: 'spill', ...box },
  )
  const far = [columns - 1, 0].map((at) => at + columns)
  await log.addTasks(
    Array.from({ length: 6 }, () => far),
    new Date(),
  )
  const { end } = control()
  try {
    await vi.waitFor(async () => expect((await log.countTasks()).done).toBeGreaterThan(3), {
      timeout: 60_000,
      interval: 200,
    })
    await call('post', '/:floorId/stop', {}, { reason: 'smoke' })
    await vi.waitFor(
      async () =>
        expect(await call('get', '/:floorId/robots')).toMatchObject({ byStatus: { paused: 4 }, total: 4 }),
      { timeout: 30_000, interval: 200 },
    )
    await expect(
      call('post', '/:floorId/stop/confirm', {}, { token: '0'.repeat(32), reason: 'no' }),
    ).rejects.toMatchObject({ code: 'release-not-asked' })
    const { token } = await call<{ token: string }>('post', '/:floorId/stop/release')
    expect(await call('post', '/:floorId/stop/confirm', {}, { token, reason: 'steam' })).toMatchObject({
      isLatched: false,
    })
    await vi.waitFor(async () => expect(await log.countTasks()).toMatchObject({ open: 0 }), {
      timeout: 60_000,
      interval: 200,
    })
    expect(truth.filter(({ kind, name }) => kind === 'enter' && shut.has(name))).toEqual([])
    expect(await call('get', '/:floorId/control')).toMatchObject({
      finished: 6,
      zones: [{ id: zone.id, type: 'BLOCKED' }],
    })
    await call('post', '/:floorId/zones/:zoneId/open', { zoneId: String(zone.id) }, { reason: 'dry' })
    await expect(
      call('post', '/:floorId/zones/:zoneId/open', { zoneId: String(zone.id) }, { reason: 'dry' }),
    ).rejects.toMatchObject({ code: 'zone-unknown' })
    expect(await call('get', '')).toMatchObject({
      floors: expect.arrayContaining([expect.objectContaining({ floorId: 'zones' })]),
    })
  } finally {
    await end()
    fleet.close()
  }
})

test('who begins has every step, also while steps are kept together behind its back [ROBOTS-CONTROL-02]', async () => {
  const log = new FloorLog(store.host.forSystem('robots'), { tenantId: 'main', floorId: 'resumed' })
  const map = 'type octile\nheight 1\nwidth 400\nmap\n' + '.'.repeat(400) + '\n'
  await log.create(
    { run: 'r', map, cellMetres: 1, robots: [{ major: 3, manufacturer: 'm', serialNumber: 's', start: 0 }] },
    new Date(),
  )
  const floor = (await log.floor())!
  let written = 0
  const writing = (async () => {
    const kept = await log.resume(floor)
    for (let step = 1; step <= 120; step++) {
      const planned = { step, actions: Uint8Array.of(0), errands: [], plannedAtMs: 0 }
      await log.addStep(planned, [])
      applyStep(floor.places.floor, kept.book, kept.states, planned.actions, [])
      kept.step = step
      if (step % 2 === 0) await log.keep(kept)
      written = step
    }
  })()
  while (written < 120) {
    // One step is one cell to the east.
    const { step, states, book } = await log.resume(floor)
    expect(states[0]).toBe(step * 4)
    expect(book.endOf(0)).toBe(step)
  }
  await writing
})

test('a layout is driven by its own nodes, map and one-way edges [ROBOTS-CONTROL-12]', async () => {
  const { log, fleet, truth, control } = await openFloor('layout', 3, 6, noFaults, madeLayout())
  const { end } = control()
  try {
    await vi.waitFor(async () => expect(await log.countTasks()).toMatchObject({ finished: 6 }), {
      timeout: 90_000,
      interval: 200,
    })
  } finally {
    await end()
    fleet.close()
  }
  expect(checkTruth(truth).collisions).toEqual([])
  const entered = truth.filter(({ kind }) => kind === 'enter')
  expect(entered.every(({ name }) => /^node-\d-\d$/.test(name))).toBe(true)
  // Row 0 is driven to the east only.
  const along = entered.flatMap(({ robot, name }, at) => {
    const next = entered.slice(at + 1).find((each) => each.robot === robot)
    return next !== undefined && name[5] === '0' && next.name[5] === '0' ? [[name[7], next.name[7]]] : []
  })
  expect(along.every(([from, to]) => Number(to) === Number(from) + 1)).toBe(true)
  expect(along.length).toBeGreaterThan(0)
})
