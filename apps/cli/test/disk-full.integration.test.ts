import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startInstallation } from './running-server.ts'
import type { RunningInstallation } from './running-server.ts'
import { mountSmallDisk } from './small-disk.ts'

// Everything that is kept lies on it: PostgreSQL, objects, logs.
const disk = mountSmallDisk(400)

describe.skipIf(disk === null)('a full disk', () => {
  const home = join(disk?.path ?? '', 'home')
  let server: RunningInstallation
  beforeAll(async () => {
    mkdirSync(home, { mode: 0o755 })
    server = await startInstallation(home)
  })
  afterAll(async () => {
    disk?.makeRoom()
    server?.child.kill('SIGTERM')
    await server?.finished
    disk?.remove()
  })

  const feed = (products: number) =>
    server.ask('/api/shop/imports?name=feed', {
      method: 'POST',
      body: Array.from({ length: products }, (_, n) =>
        JSON.stringify({
          id: `p-${n}`,
          title: `Lamp number ${n}`,
          price: 10 + n,
          currency: 'EUR',
          availability: 'in stock',
        }),
      ).join('\n'),
    })

  test('stops nothing: reads are answered, writes get 507 with what to do, and both work when there is room [SERVER-DISK-01]', async () => {
    expect((await server.createKey('before')).status).toBe(200)
    await server.healthy()
    disk?.fill()
    await vi.waitFor(async () => expect((await server.createKey('perhaps')).status).toBe(507), {
      timeout: 60_000,
    })
    for (let n = 0; n < 30; n++) {
      const refused = await server.createKey('refused')
      expect(refused).toMatchObject({ status: 507, body: { error: { code: 'disk-full' } } })
      expect(refused.text).toContain('Make room')
      expect(await server.keyNames()).toContain('before')
    }
    expect((await feed(5)).status).toBe(507)
    const health = await server.ask('/healthz')
    expect(health).toMatchObject({ status: 503, body: { parts: { disk: { state: 'failing' } } } })
    // The log could not be written all the while.
    disk?.makeRoom()
    await vi.waitFor(async () => expect((await server.createKey('after')).status).toBe(200), {
      timeout: 60_000,
    })
    await server.healthy()
    const names = await server.keyNames()
    expect(names).toEqual(expect.arrayContaining(['before', 'after']))
    expect(names).not.toContain('refused')
    const log = readFileSync(join(home, 'logs', 'heavylift.jsonl'), 'utf8')
    expect(log).toMatch(/\d+ lines are missing here/)
    expect(log.trimEnd().split('\n').at(-1)).toMatch(/^\{.*\}$/)
  })

  test('at which PostgreSQL ends is waited out, and it goes on when there is room [SERVER-DISK-01]', async () => {
    disk?.fill()
    const pidFile = readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8')
    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL')
    const isAway = async (): Promise<void> => {
      const { status, headers } = await server.ask('/api/heavylift/keys')
      expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    }
    await vi.waitFor(isAway, { timeout: 60_000 })
    // Longer than the attempts that a server gets which cannot be started for another reason.
    for (let second = 0; second < 10; second++) {
      await isAway()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    disk?.makeRoom()
    await server.healthy()
    expect(await server.keyNames()).toEqual(expect.arrayContaining(['before', 'after']))
    expect((await server.createKey('again')).status).toBe(200)
  })
})
