import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { makeStoreTemplate } from './store-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    heavyliftPostgresUrl: string
    /** The database that tests' databases are copied from. */
    heavyliftStoreTemplate: string
  }
}

/** Vitest's global setup: one PostgreSQL for the whole run, gone afterwards. `TEST_DATABASE_URL` uses another one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('heavyliftPostgresUrl', given)
    project.provide('heavyliftStoreTemplate', await makeStoreTemplate(given))
    return async () => undefined
  }
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-test-'))
  // As root the server runs as another user, who has to enter.
  await chmod(dir, 0o755)
  const server = await startEmbeddedPostgres({
    dir: join(dir, 'postgres'),
    log: silentLogger,
    throwaway: true,
  })
  project.provide('heavyliftPostgresUrl', server.url)
  project.provide('heavyliftStoreTemplate', await makeStoreTemplate(server.url))
  return async () => {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  }
}
