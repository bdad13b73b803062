import { fork, spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Keeper } from '../../src/faults/keeper.ts'
import { processRef, processStart } from '../../src/faults/process-identity.ts'

const isLinux = process.platform === 'linux'
const server = createServer((_request, response) => response.end('well'))
const started: ChildProcess[] = []
let folder = ''
let keeper: Keeper
let port = 0

/** A process that is there to be touched. */
function idler(): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  started.push(child)
  return child
}

const stateOf = async (pid: number) => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  return text.slice(text.lastIndexOf(')') + 2)[0] ?? 'gone'
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ready-keeper-'))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  keeper = await Keeper.start(join(folder, 'leases'))
}, 60_000)

afterAll(async () => {
  await keeper.close()
  for (const child of started) child.kill('SIGKILL')
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
}, 60_000)

/** A resolver that knows one address for every name; its port on loopback. */
async function startResolver(): Promise<{ port: number; close: () => void }> {
  const socket = createSocket('udp4')
  socket.on('message', (query, from) => {
    const end = query.indexOf(0, 12) + 5
    const head = Buffer.from(query.subarray(0, end))
    head.writeUInt16BE(0x8180, 2)
    head.writeUInt16BE(1, 6)
    head.writeUInt16BE(0, 10)
    // A name as before, type A, class IN, a minute, four bytes: 192.0.2.7.
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7])
    socket.send(Buffer.concat([head, record]), from.port, from.address)
  })
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve))
  return { port: socket.address().port, close: () => socket.close() }
}

test('names resolve through the watchdog until a fault is on them, and again when it has ended [READY-FAULT-06]', async () => {
  const upstream = await startResolver()
  const proxy = await keeper.openProxy('names', { host: '127.0.0.1', port: upstream.port, protocol: 'dns' })
  const resolver = new Resolver({ timeout: 300, tries: 1 })
  resolver.setServers([`127.0.0.1:${proxy.port}`])
  const codeOf = (name: string) =>
    resolver.resolve4(name).then(
      (found) => found.join(),
      (error: NodeJS.ErrnoException) => error.code,
    )
  expect(await codeOf('stock.example.com')).toBe('192.0.2.7')
  const lease = await keeper.inject(
    'names',
    { kind: 'dns', answer: 'nxdomain', names: ['*.example.com'] },
    60_000,
  )
  expect(await codeOf('stock.example.com')).toBe('ENOTFOUND')
  expect(await codeOf('stock.example.org')).toBe('192.0.2.7')
  await lease.end()
  expect(await codeOf('stock.example.com')).toBe('192.0.2.7')
  const failing = await keeper.inject('names', { kind: 'dns', answer: 'servfail' }, 60_000)
  expect(await codeOf('stock.example.com')).toBe('ESERVFAIL')
  await failing.end()
  const silent = await keeper.inject('names', { kind: 'black-hole' }, 60_000)
  expect(await codeOf('stock.example.com')).toBe('ETIMEOUT')
  await silent.end()
  await expect(keeper.inject('names', { kind: 'corrupt' }, 60_000)).rejects.toMatchObject({
    code: 'fault-invalid',
  })
  await proxy.close()
  upstream.close()
  await expect(
    keeper.openProxy('far', { host: '192.0.2.1', port: 53, protocol: 'dns' }),
  ).rejects.toMatchObject({ code: 'blast-radius' })
})

test('the proxy in the watchdog passes, breaks, and says what it saw [READY-FAULT-01]', async () => {
  const sinceMs = Date.now() - 1000
  const proxy = await keeper.openProxy('well', { host: '127.0.0.1', port })
  const url = `http://127.0.0.1:${proxy.port}/basket`
  expect(await (await fetch(url, { method: 'POST', body: 'lamp' })).text()).toBe('well')
  const lease = await keeper.inject('well', { kind: 'errors', status: 503 }, 60_000)
  expect((await fetch(url)).status).toBe(503)
  await lease.end()
  expect((await fetch(url)).status).toBe(200)
  const { calls } = await proxy.watched(sinceMs)
  expect(calls.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['POST', '/basket', 200],
    ['GET', '/basket', 503],
    ['GET', '/basket', 200],
  ])
  await proxy.close()
})

test.runIf(isLinux)(
  'pauses a process and lets it go on, when told and when its lease is over [READY-FAULT-02]',
  async () => {
    const { pid = 0 } = idler()
    const target = await processRef(pid)
    const lease = await keeper.touch({ kind: 'pause' }, target, 60_000)
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('T')
    await lease.end()
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('S')
    await keeper.touch({ kind: 'pause' }, target, 50)
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('S')
  },
)

test.runIf(isLinux)('limits files of a process and puts back what was [READY-FAULT-04]', async () => {
  const { pid = 0 } = idler()
  const target = await processRef(pid)
  const limits = () => readFile(`/proc/${pid}/limits`, 'utf8')
  const before = await limits()
  const full = await keeper.touch({ kind: 'file-size', bytes: 0 }, target, 60_000)
  const few = await keeper.touch({ kind: 'file-handles', count: 20 }, target, 60_000)
  expect(await limits()).toMatch(/Max file size +0 [^]*Max open files +20 /)
  await full.end()
  await few.end()
  expect(await limits()).toBe(before)
})

test('moves a clock, fills a disk, takes a processor and memory, and leaves nothing of it [READY-FAULT-04]', async () => {
  const clock = join(folder, 'clock')
  await writeFile(clock, '+0\n')
  const leases = [
    await keeper.touch({ kind: 'clock', file: clock, offsetSeconds: -3600 }, null, 60_000),
    await keeper.touch({ kind: 'cpu', workers: 1 }, null, 60_000),
    await keeper.touch({ kind: 'memory', bytes: 1_000_000 }, null, 60_000),
    ...(isLinux ? [await keeper.touch({ kind: 'disk', folder, bytes: 1_000_000 }, null, 60_000)] : []),
  ]
  expect(await readFile(clock, 'utf8')).toBe('-3600\n')
  expect(await readdir(join(folder, 'leases'))).toHaveLength(leases.length)
  await keeper.endAll()
  expect(await readFile(clock, 'utf8')).toBe('+0\n')
  expect(await readdir(join(folder, 'leases'))).toHaveLength(0)
  for (const fill of (await readdir(folder)).filter((name) => name.startsWith('ready-fill-')))
    expect(await readdir(join(folder, fill))).toHaveLength(0)
})

test('touches no process that the plan does not name, that is Ready’s own, or that is gone [READY-FAULT-03]', async () => {
  const child = idler()
  const target = await processRef(child.pid as number)
  const refused = { code: 'blast-radius' }
  await expect(keeper.touch({ kind: 'kill' }, { ...target, start: '1' }, 1000)).rejects.toMatchObject(refused)
  for (const pid of [process.pid, keeper.pid])
    await expect(
      keeper.touch({ kind: 'pause' }, { pid, start: (await processStart(pid)) ?? '' }, 1000),
    ).rejects.toMatchObject(refused)
  await expect(keeper.touch({ kind: 'pause' }, null, 1000)).rejects.toMatchObject({ code: 'fault-invalid' })
  await writeFile(join(folder, 'passwd'), 'root:x:0:0')
  await expect(
    keeper.touch({ kind: 'clock', file: join(folder, 'passwd'), offsetSeconds: 5 }, null, 1000),
  ).rejects.toMatchObject({ code: 'fault-invalid' })
  await expect(keeper.openProxy('far', { host: '192.0.2.1', port: 80 })).rejects.toMatchObject(refused)
  expect(child.exitCode).toBeNull()
})

test.runIf(isLinux)(
  'ends every fault when its controller is killed, and when the watchdog is [READY-FAULT-05]',
  async () => {
    const { pid = 0 } = idler()
    const controller = fork(join(import.meta.dirname, '../../src/benches/gameday-kill/controller-child.ts'), [
      join(folder, 'killed'),
      String(port),
      String(pid),
    ])
    const [{ proxyPort }] = (await once(controller, 'message')) as [{ proxyPort: number }]
    const url = `http://127.0.0.1:${proxyPort}`
    expect((await fetch(url)).status).toBe(503)
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('T')
    controller.kill('SIGKILL')
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('S')
    await expect.poll(async () => (await fetch(url)).status, { timeout: 10_000 }).toBe(200)

    const other = await Keeper.start(join(folder, 'others'))
    await other.touch({ kind: 'pause' }, await processRef(pid), 60_000)
    process.kill(other.pid, 'SIGKILL')
    await other.gone
    await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toBe('S')
    await expect(other.touch({ kind: 'pause' }, await processRef(pid), 60_000)).rejects.toMatchObject({
      code: 'keeper-gone',
    })
  },
  60_000,
)
