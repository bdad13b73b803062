import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import pg from 'pg'
import { expect, test } from 'vitest'
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts'

const namespace = ['--pid', '--ipc', '--fork', '--mount-proc', '--kill-child']

/** What a process says that sees no id of ours and uses the server of `dir`. */
async function startElsewhere(dir: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(
    'unshare',
    [...namespace, process.execPath, join(import.meta.dirname, 'child.ts'), dir],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
    child.kill('SIGKILL')
  })
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

test('processes of another container do not start a second server on the same files [CORE-START-08]', async ({
  skip,
}) => {
  if (spawnSync('unshare', [...namespace, 'true']).status !== 0) skip('no namespaces of process ids here')
  const base = await mkdtemp(join(tmpdir(), 'heavylift-container-'))
  await chmod(base, 0o755)
  const dir = join(base, 'postgres')
  const server = await startEmbeddedPostgres({ dir, log: silentLogger, throwaway: true })
  try {
    const refused = await startElsewhere(dir)
    expect(refused.stdout).toBe('')
    expect(refused.stderr).toContain('is in use by another container or machine')
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
    await client.end()
    await server.close()
    expect((await startElsewhere(dir)).stdout).toContain('"isAdopted":false')
    // The one that was killed there with its whole namespace hinders nobody here.
    const again = await startEmbeddedPostgres({ dir, log: silentLogger, throwaway: true })
    await again.close()
  } finally {
    await server.close()
    await rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})
