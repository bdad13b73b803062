import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { connect as connectPlain, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import mqtt from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { connectBus } from '../../src/control/broker/connect-bus.ts'
import { mosquittoAcl, mosquittoConfig } from '../../src/control/broker/mosquitto.ts'
import { noFaults } from '../../src/control/fleet/faults.ts'
import { runFleet } from '../../src/control/fleet/run-fleet.ts'
import { RouteBook } from '../../src/control/release/route-book.ts'
import { Gateway } from '../../src/control/session/gateway.ts'
import { readMap } from '../../src/floor/read-map.ts'

let folder: string
let mosquitto: { port: number; process: ChildProcess }
const robots = ([2, 3] as const).map((major, at) => ({
  major,
  manufacturer: 'acme',
  serialNumber: `r${at}`,
  start: at * 8 * 4,
}))

/** A broker of Debian with the configuration that is written for it. */
async function startMosquitto(): Promise<typeof mosquitto> {
  const probe = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  const [aclFile, passwordFile, configFile] = ['acl', 'passwords', 'conf'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  writeFileSync(aclFile, mosquittoAcl(robots))
  writeFileSync(passwordFile, '')
  for (const user of ['control', 'acme/r0', 'acme/r1'])
    execFileSync('mosquitto_passwd', ['-b', passwordFile, user, `of ${user}`], { stdio: 'ignore' })
  writeFileSync(configFile, mosquittoConfig({ host: '127.0.0.1', port, aclFile, passwordFile, tls: null }))
  // As root it runs as another user, who has to read them.
  chmodSync(folder, 0o755)
  for (const file of [aclFile, passwordFile, configFile]) chmodSync(file, 0o644)
  const process = spawn('mosquitto', ['-c', configFile], { stdio: 'ignore' })
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const socket = connectPlain(port, '127.0.0.1', () => {
          socket.destroy()
          resolve()
        })
        socket.once('error', reject)
      }),
    { timeout: 30_000 },
  )
  return { port, process }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heavylift-mosquitto-'))
  mosquitto = await startMosquitto()
})

afterAll(() => {
  mosquitto.process.kill()
  rmSync(folder, { recursive: true, force: true })
})

test('the control drives robots of both versions over mosquitto, and none hears of another [ROBOTS-BROKER-04]', async () => {
  const url = `mqtt://127.0.0.1:${mosquitto.port}`
  const floor = readMap(`type octile\nheight 2\nwidth 8\nmap\n${'........\n'.repeat(2)}`, 'made.map')
  const places = { floor, mapId: 'hall', cellMetres: 1 }
  const ending = new AbortController()
  const overheard: string[] = []
  const attacker = mqtt.connect(url, { username: 'acme/r1', password: 'of acme/r1', protocolVersion: 4 })
  await new Promise<void>((resolve) => attacker.once('connect', () => resolve()))
  attacker.on('message', (path) => overheard.push(path))
  await attacker.subscribeAsync(['#', 'uagv/v2/acme/r0/order', 'vda5050/v3/+/+/state']).catch(() => undefined)
  const nobody = mqtt.connect(url, {
    username: 'acme/r1',
    password: 'wrong',
    protocolVersion: 4,
    reconnectPeriod: 0,
  })
  await new Promise<void>((resolve) => nobody.once('error', () => resolve()))
  const fleet = runFleet({
    url,
    places,
    robots: robots.map((robot, number) => ({ ...robot, robot: number })),
    build: { driveMs: 20, turnMs: 20, actionMs: 20 },
    faults: noFaults,
    seed: 'mosquitto',
    passwordOf: ({ manufacturer, serialNumber }) => `of ${manufacturer}/${serialNumber}`,
    onTrue: () => undefined,
  })
  const bus = await connectBus({ url, user: 'control', password: 'of control' }, ending.signal)
  try {
    const states = Int32Array.from(robots, ({ start }) => start)
    const book = new RouteBook(states.map((state) => state >> 2))
    const gateway = new Gateway({
      bus,
      floor: { run: 'm', places, robots },
      kept: { step: 0, states, book },
      clock: systemClock,
      log: silentLogger,
    })
    await gateway.start()
    for (let step = 1; step <= 7; step++)
      gateway.planned([{ step, actions: Uint8Array.of(0, 0), errands: [], plannedAtMs: 0 }])
    // In another's name and of what it has no right to: mosquitto drops it without a word.
    const forged = { ...gateway.sessionOf(0).state, lastNodeId: 'c7' }
    attacker.publish('uagv/v2/acme/r0/state', JSON.stringify(forged))
    attacker.publish('vda5050/v3/acme/r1/order', '{}')
    await vi.waitFor(
      () => {
        gateway.tick()
        expect([book.standsAt(0), book.standsAt(1)]).toEqual([7, 7])
      },
      { timeout: 60_000, interval: 100 },
    )
    expect(gateway.troubles()).toEqual([])
    expect(gateway.counts.refused).toEqual({})
    expect(overheard.filter((path) => !path.startsWith('vda5050/v3/acme/r1/'))).toEqual([])
  } finally {
    ending.abort()
    fleet.close()
    attacker.end(true)
    nobody.end(true)
    await bus.close().catch(() => undefined)
  }
})
