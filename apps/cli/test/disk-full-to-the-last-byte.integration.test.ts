import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startInstallation } from './running-server.ts'
import type { RunningInstallation } from './running-server.ts'
import { mountSmallDisk } from './small-disk.ts'

const small = mountSmallDisk(400)

describe.skipIf(small === null)(
  'a disk that is full to the last byte, without the room that is kept free',
  () => {
    const home = join(small?.path ?? '', 'home')
    let server: RunningInstallation
    beforeAll(async () => {
      mkdirSync(home, { mode: 0o755 })
      server = await startInstallation(home, { HEAVYLIFT_SERVER_MIN_FREE_MB: '0' })
    })
    afterAll(async () => {
      small?.makeRoom()
      server?.child.kill('SIGTERM')
      await server?.finished
      small?.remove()
    })

    test('answers what the disk refuses with 507 or 503, never with a defect, and recovers with all that it acknowledged [SERVER-DISK-01]', async () => {
      const acknowledged: string[] = []
      small?.fill()
      const statuses = new Set<number>()
      for (let n = 0; n < 40; n++) {
        const name = `key-${n}`
        const { status } = await server.createKey(name)
        statuses.add(status)
        if (status === 200) acknowledged.push(name)
        const imported = await server.ask('/api/shop/imports?name=feed', {
          method: 'POST',
          body: `${'x'.repeat(300_000)}\n`,
        })
        statuses.add(imported.status)
      }
      for (const status of statuses) expect([200, 507, 503]).toContain(status)
      expect([...statuses].some((status) => status === 507)).toBe(true)
      small?.makeRoom()
      await server.healthy()
      expect(await server.keyNames()).toEqual(expect.arrayContaining(acknowledged))
      expect((await server.createKey('after')).status).toBe(200)
    })
  },
)
