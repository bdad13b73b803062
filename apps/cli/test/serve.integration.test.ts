import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCliProcess, startCli } from './running-cli.ts'
import type { Started } from './running-cli.ts'

// One installation, from its first start to its last stop, since a start takes longer than what is asked of it.
let dataDir: string
let running: Started & { address: string }
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'heavylift-serve-'))
  // As root PostgreSQL runs as another user; in a folder that it cannot enter its files would go elsewhere, and stay.
  chmodSync(dataDir, 0o755)
  running = await serve()
})
afterAll(async () => {
  running?.child.kill('SIGTERM')
  await running?.finished
  rmSync(dataDir, { recursive: true, force: true })
})

test('a key is made before the first start, and works after it [CLI-KEYS-02]', async () => {
  const home = mkdtempSync(join(tmpdir(), 'heavylift-first-'))
  chmodSync(home, 0o755)
  try {
    const created = await runCliProcess(['keys', 'create', 'first', '--scope', 'admin'], home)
    expect([created.code, created.stdout]).toEqual([0, expect.stringMatching(/^hl_sk_\S+\n$/)])
    const started = startCli(['serve'], home, { HEAVYLIFT_SERVER_PORT: '0' })
    const [, address = ''] = await started.output(/(http:\/\/127\.0\.0\.1:\d+)/)
    const headers = { authorization: `Bearer ${created.stdout.trim()}` }
    expect((await fetch(`${address}/api/heavylift/keys`, { headers })).status).toBe(200)
    started.child.kill('SIGTERM')
    await started.finished
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

async function serve(): Promise<Started & { address: string }> {
  const started = startCli(['serve'], dataDir, { HEAVYLIFT_SERVER_PORT: '0' })
  const [, address = ''] = await started.output(/(http:\/\/127\.0\.0\.1:\d+)/)
  return { ...started, address }
}

/** The process id of the embedded PostgreSQL, null when it does not run. */
function postgresPid(): number | null {
  try {
    const pid = Number(
      readFileSync(join(dataDir, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    )
    process.kill(pid, 0)
    return pid
  } catch {
    return null
  }
}

test('no other user of the machine reads what is in the data folder [CORE-START-07]', async () => {
  await running.output(/Ctrl-C stops everything/)
  const isRoot = process.getuid?.() === 0
  expect(statSync(dataDir).mode & 0o777).toBe(isRoot ? 0o711 : 0o700)
  const open = readdirSync(dataDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'postgres')
    .filter(({ name }) => (statSync(join(dataDir, name)).mode & 0o077) !== 0)
  expect(open).toEqual([])
})

test('a second start on the same data says where the first one runs [CORE-START-05]', async () => {
  const before = readdirSync(dataDir).toSorted()
  const second = await runCliProcess(['serve'], dataDir, { HEAVYLIFT_SERVER_PORT: '0' })
  expect([second.code, second.stdout]).toEqual([1, ''])
  expect(second.stderr).toBe(
    `${dataDir} is served already. It runs at ${running.address} (process ${running.child.pid}). Stop that one first, or set HEAVYLIFT_HOME to another folder.\n`,
  )
  expect(readdirSync(dataDir).toSorted()).toEqual(before)
})

test('a start in another container on the same volume is refused [CORE-START-08]', async ({ skip }) => {
  const namespace = ['--pid', '--ipc', '--fork', '--mount-proc', '--kill-child']
  if (spawnSync('unshare', [...namespace, 'true']).status !== 0) skip('no namespaces of process ids here')
  const second = await startCli(['serve'], dataDir, { HEAVYLIFT_SERVER_PORT: '0' }, ['unshare', ...namespace])
    .finished
  expect([second.code, second.stdout]).toEqual([1, ''])
  expect(second.stderr).toMatch(/^\S+ is served already\. .*\n$/)
  expect((await fetch(`${running.address}/healthz`)).status).toBe(200)
})

test('a data folder that cannot be written is named in one line [CORE-START-09]', async () => {
  // Nobody makes a folder here, root neither.
  const { code, stdout, stderr } = await runCliProcess(['serve'], '/sys/heavylift')
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^\/sys\/heavylift .*(?:owner|another|Check).*\n$/)
})

test('the doctor looks at an installation that runs [CLI-DOCTOR-01]', async () => {
  await running.output(/Ctrl-C stops everything/)
  // What it shows at first is still being made; a busy machine says so of itself.
  await expect
    .poll(async () => (await fetch(`${running.address}/healthz`)).status, { timeout: 60_000 })
    .toBe(200)
  const { code, stdout } = await runCliProcess(['doctor', '--json'], dataDir)
  const { checks } = JSON.parse(stdout) as { checks: { name: string; state: string; found: string }[] }
  expect(checks.filter(({ state }) => state === 'fail' || state === 'warn')).toEqual([])
  expect(code).toBe(0)
  const found = Object.fromEntries(checks.map((check) => [check.name, check.found]))
  expect(found['server']).toBe(`${running.address} is ok`)
  expect(found['PostgreSQL']).toMatch(/^18\.\d+ \(embedded\)/)
  expect(found['migrations']).toBe('up to date')
})

test('a key that is created works until it is revoked [CLI-KEYS-01]', async () => {
  const created = await runCliProcess(['keys', 'create', 'robot', '--scope', 'operator', '--json'], dataDir)
  const { key, secret } = JSON.parse(created.stdout) as { key: { keyId: string }; secret: string }
  const asRobot = () =>
    fetch(`${running.address}/api/heavylift/systems`, { headers: { authorization: `Bearer ${secret}` } })
  expect((await asRobot()).status).toBe(200)
  expect((await runCliProcess(['keys', 'revoke', key.keyId], dataDir)).code).toBe(0)
  expect((await asRobot()).status).toBe(401)
})

test('the link of the start and of `sign-in` sign a browser in, once [CLI-SIGNIN-01]', async () => {
  const [, printed = ''] = await running.output(/#sign-in=(\S+)/)
  const made = await runCliProcess(['sign-in'], dataDir)
  const other = made.stdout.trim().split('#sign-in=')[1] ?? ''
  for (const ticket of [printed, other]) {
    const post = () =>
      fetch(`${running.address}/api/heavylift/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ticket }),
      })
    const cookie = (await post()).headers.get('set-cookie')?.split(';')[0] ?? ''
    const keys = await fetch(`${running.address}/api/heavylift/keys`, { headers: { cookie } })
    expect(keys.status).toBe(200)
    expect((await post()).status).toBe(400)
  }
})

test('kill -9 hinders the next start in nothing, and what was stored is still there [CORE-START-04]', async () => {
  const created = await runCliProcess(['keys', 'create', 'kept', '--json'], dataDir)
  expect(created.code).toBe(0)
  running.child.kill('SIGKILL')
  await running.finished

  running = await serve()
  const { stdout } = await runCliProcess(['keys', 'list', '--json'], dataDir)
  expect((JSON.parse(stdout) as { keys: unknown[] }).keys).toContainEqual(
    expect.objectContaining({ name: 'kept' }),
  )
})

test('prints one address that answers, and Ctrl-C stops everything, PostgreSQL too [CORE-START-01] [CORE-START-02]', async () => {
  await running.output(/Ctrl-C stops everything/)
  const health = await fetch(`${running.address}/healthz`)
  expect(await health.json()).toMatchObject({
    status: 'ok',
    parts: { store: { state: 'ok' }, shop: { state: 'ok' } },
  })
  expect((await fetch(`${running.address}/metrics`)).status).toBe(401)
  const authorization = `Bearer ${readFileSync(join(dataDir, 'token'), 'utf8').trim()}`
  const metrics = await fetch(`${running.address}/metrics`, { headers: { authorization } })
  expect(await metrics.text()).toContain('process_cpu_seconds_total')
  expect(postgresPid()).not.toBeNull()

  const status = await runCliProcess(['status', '--json'], dataDir)
  expect(status.code).toBe(0)
  expect(JSON.parse(status.stdout)).toMatchObject({ address: running.address, status: 'ok' })

  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.finished
  expect(code).toBe(0)
  expect(stdout.match(/http:\/\//g)).toHaveLength(1)
  // A slow machine shows the sample's progress; there is nothing else to say.
  const said = stderr.split('\n').filter((line) => !/^(?:making the sample|sample: )/.test(line))
  expect(said).toEqual(['Stopping (Ctrl-C again to force) …', ''])
  expect(postgresPid()).toBeNull()
  expect(existsSync(join(dataDir, 'server.json'))).toBe(false)
  expect((await runCliProcess(['status'], dataDir, { HEAVYLIFT_SERVER_PORT: '9' })).code).toBe(3)
})

test('a port that was chosen and is taken is an error that names it, and nothing is left running [CORE-START-03]', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as AddressInfo
  const { code, stderr } = await runCliProcess(['serve'], dataDir, { HEAVYLIFT_SERVER_PORT: String(port) })
  other.close()
  expect(code).toBe(1)
  expect(stderr).toContain(`Port ${port}`)
  expect(postgresPid()).toBeNull()
})

test('a wrong configuration stops the start before anything runs [CORE-CONFIG-02]', async () => {
  const empty = join(dataDir, 'never-started')
  const { code, stderr } = await runCliProcess(['serve'], empty, { HEAVYLIFT_SERVER_PORT: 'lots' })
  expect(code).toBe(2)
  expect(stderr).toContain('HEAVYLIFT_SERVER_PORT: expected number, got "lots"')
  expect(existsSync(join(empty, 'postgres'))).toBe(false)
})
