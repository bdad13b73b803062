import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect as connectPlain } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { commandInput } from '@heavylift/core/testing'
import mqtt from 'mqtt'
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { runBroker } from '../../src/commands/broker.ts'
import { startBroker } from '../../src/control/broker/embedded-broker.ts'
import type { EmbeddedBroker } from '../../src/control/broker/embedded-broker.ts'

let folder: string
let tls: { key: string; cert: string }
let broker: EmbeddedBroker
const clients: MqttClient[] = []
const heard: string[] = []
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const credentials = ['control', 'acme/r1', 'acme/r2'].map((user) => ({
  user,
  passwordSha256: sha256(`of ${user}`),
}))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heavylift-broker-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      '-subj',
      '/CN=127.0.0.1',
      '-addext',
      'subjectAltName=IP:127.0.0.1',
    ],
    { stdio: 'ignore' },
  )
  tls = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') }
  broker = await startBroker({ host: '0.0.0.0', port: 0, tls, credentials, log: silentLogger })
  await broker
    .bus()
    .subscribe(['vda5050/v3/+/+/state', 'vda5050/v3/+/+/connection'], (path, payload) =>
      heard.push(`${path} ${Buffer.from(payload).toString()}`),
    )
})

afterAll(async () => {
  for (const client of clients) client.end(true)
  await broker.close()
  rmSync(folder, { recursive: true, force: true })
})

function connect(user: string | null, password = `of ${user}`, more: object = {}): MqttClient {
  const client = mqtt.connect(`mqtts://127.0.0.1:${broker.port}`, {
    ca: [tls.cert],
    protocolVersion: 4,
    reconnectPeriod: 0,
    ...(user === null ? {} : { username: user, password }),
    ...more,
  })
  client.on('error', () => undefined)
  clients.push(client)
  return client
}
const up = (client: MqttClient): Promise<void> =>
  new Promise((resolve) => client.once('connect', () => resolve()))
const refused = (client: MqttClient): Promise<Error> =>
  new Promise((resolve) => client.once('error', resolve))

test('a broker off loopback does not start without a certificate and credentials [ROBOTS-BROKER-01]', async () => {
  for (const open of [
    { tls: null, credentials },
    { tls, credentials: null },
  ])
    await expect(startBroker({ host: '0.0.0.0', port: 0, log: silentLogger, ...open })).rejects.toMatchObject(
      { code: 'broker-open' },
    )
})

test("nobody connects without TLS, without a user, or with another's password [ROBOTS-BROKER-01]", async () => {
  expect((await refused(connect(null))).message).toMatch(/authori[sz]ed|refused/i)
  expect((await refused(connect('acme/r1', 'of acme/r2'))).message).toMatch(/authori[sz]ed|refused/i)
  expect((await refused(connect('acme/nobody'))).message).toMatch(/authori[sz]ed|refused/i)
  const plain = mqtt.connect(`mqtt://127.0.0.1:${broker.port}`, {
    reconnectPeriod: 0,
    username: 'acme/r1',
    password: 'of acme/r1',
  })
  clients.push(plain)
  plain.on('error', () => undefined)
  await new Promise<void>((resolve) => plain.once('close', () => resolve()))
  expect(plain.connected).toBe(false)
})

test('a robot publishes and reads below its own serial number only [ROBOTS-BROKER-02]', async () => {
  const robot = connect('acme/r1')
  await up(robot)
  for (const filter of [
    '#',
    '+/+/+/+/+',
    'vda5050/v3/acme/+/order',
    'vda5050/v3/acme/r2/order',
    'vda5050/v3/acme/r2/#',
    '$SYS/#',
    'vda5050/#',
  ])
    await expect(robot.subscribeAsync(filter)).rejects.toThrow()
  const [granted] = await robot.subscribeAsync('vda5050/v3/acme/r1/order')
  expect(granted).toMatchObject({ qos: 0 })
  robot.publish('vda5050/v3/acme/r1/state', 'own')
  await vi.waitFor(() => expect(heard).toContain('vda5050/v3/acme/r1/state own'))
  for (const path of [
    'vda5050/v3/acme/r2/state',
    'vda5050/v3/acme/r1/order',
    'vda5050/v3/acme/r1/instantActions',
    'vda5050/v3/acme/r1/state/x',
    '$SYS/x',
  ]) {
    const attacker = connect('acme/r1')
    await up(attacker)
    const closed = new Promise<void>((resolve) => attacker.once('close', () => resolve()))
    attacker.publish(path, 'forged', { retain: true })
    await closed
  }
  expect(heard.filter((line) => line.includes('forged'))).toEqual([])
})

test("a robot cannot leave a last will in another's name, nor take another's place by its client id [ROBOTS-BROKER-02]", async () => {
  const honest = connect('acme/r2', undefined, {
    clientId: 'r2',
    will: { topic: 'vda5050/v3/acme/r2/connection', payload: Buffer.from('broken r2'), qos: 1, retain: true },
  })
  await up(honest)
  const attacker = connect('acme/r1', undefined, {
    clientId: 'r2',
    will: {
      topic: 'vda5050/v3/acme/r2/connection',
      payload: Buffer.from('forged will'),
      qos: 1,
      retain: true,
    },
  })
  await up(attacker)
  attacker.stream.destroy()
  const last = connect('acme/r1', undefined, {
    will: { topic: 'vda5050/v3/acme/r1/connection', payload: Buffer.from('broken r1'), qos: 1, retain: true },
  })
  await up(last)
  last.stream.destroy()
  await vi.waitFor(() => expect(heard).toContain('vda5050/v3/acme/r1/connection broken r1'))
  expect(honest.connected).toBe(true)
  expect(heard.filter((line) => line.includes('forged') || line.includes('broken r2'))).toEqual([])
})

test('what the control says comes once to all who asked for it, by its topic, by a wildcard or in a session that is kept, and to nobody else [ROBOTS-BROKER-06]', async () => {
  const open = await startBroker({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    credentials: null,
    log: silentLogger,
  })
  const listens = async (clientId: string, filters: string[], isClean = true) => {
    const client = mqtt.connect(`mqtt://127.0.0.1:${open.port}`, {
      protocolVersion: 4,
      clientId,
      clean: isClean,
      reconnectPeriod: 0,
    })
    const texts: string[] = []
    client.on('message', (path, payload) => texts.push(`${path} ${payload.toString()}`))
    await up(client)
    if (filters.length > 0) await client.subscribeAsync(filters)
    return { client, texts }
  }
  try {
    const bus = open.bus()
    const own: string[] = []
    const [order, stop] = ['vda5050/v3/acme/r1/order', 'vda5050/v3/acme/r1/instantActions']
    const says = (text: string): void => {
      for (const path of [order, stop, 'vda5050/v3/acme/r2/order']) bus.publish(path, text)
    }
    const long = 'ü'.repeat(20_000)
    const exact = await listens('exact', [order, stop])
    const kept = await listens('kept', [order], false)
    says('one')
    says(long)
    const both = [`${order} one`, `${stop} one`, `${order} ${long}`, `${stop} ${long}`]
    await vi.waitFor(() => expect(exact.texts).toEqual(both))
    await vi.waitFor(() => expect(kept.texts).toEqual([both[0], both[2]]))
    const wide = await listens('wide', ['vda5050/v3/+/+/order', '#'])
    await kept.client.endAsync()
    const again = await listens('kept', [], false)
    await exact.client.unsubscribeAsync(stop)
    await bus.subscribe(['vda5050/+/acme/r2/#'], (path, payload) =>
      own.push(`${path} ${Buffer.from(payload).toString()}`),
    )
    says('two')
    await vi.waitFor(() => {
      expect(exact.texts.slice(4)).toEqual([`${order} two`])
      expect(again.texts).toEqual([`${order} two`])
      expect(own).toEqual(['vda5050/v3/acme/r2/order two'])
      expect(new Set(wide.texts.filter((text) => !text.startsWith('$')))).toEqual(
        new Set([`${order} two`, `${stop} two`, 'vda5050/v3/acme/r2/order two']),
      )
    })
    await wide.client.endAsync()
    await bus.close()
    says('three')
    await vi.waitFor(() => expect(exact.texts.slice(5)).toEqual([`${order} three`]))
    await vi.waitFor(() => expect(again.texts).toEqual([`${order} two`, `${order} three`]))
    for (const { client } of [exact, again]) await client.endAsync()
  } finally {
    await open.close()
  }
})

test('a second broker on the port of a first one serves as soon as that one has ended [ROBOTS-BROKER-05]', async () => {
  const first = await startBroker({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    credentials: null,
    log: silentLogger,
  })
  const stopping = new AbortController()
  const said: string[] = []
  const second = runBroker(
    commandInput({
      options: { port: String(first.port) },
      dataDir: folder,
      signal: stopping.signal,
      print: (line) => said.push(line),
    }),
  )
  await vi.waitFor(() => expect(said).toEqual([expect.stringContaining('standing by')]))
  await first.close()
  const client = mqtt.connect(`mqtt://127.0.0.1:${first.port}`, { protocolVersion: 4, reconnectPeriod: 50 })
  client.on('error', () => undefined)
  await up(client)
  await client.endAsync()
  stopping.abort()
  expect(await second).toEqual({ port: first.port })
})

test('a packet that announces more than a message may have ends its connection before it is read [ROBOTS-BROKER-03]', async () => {
  const open = await startBroker({
    host: '127.0.0.1',
    port: 0,
    tls: null,
    credentials: null,
    log: silentLogger,
  })
  try {
    const socket = connectPlain(open.port, '127.0.0.1')
    socket.on('error', () => undefined)
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    // CONNECT of MQTT 3.1.1 without a user, then a PUBLISH of 256 MB.
    socket.write(Buffer.from('100d00044d5154540402003c000161', 'hex'))
    socket.write(Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1, 0x61]))
    await closed
    expect(open.clients()).toBe(0)
  } finally {
    await open.close()
  }
})
