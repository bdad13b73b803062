import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { makeDurableTemplate } from './durable-template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    heavyliftPostgresUrl: string
    /** The database that tests' databases with durable runs are copied from. */
    heavyliftDurableTemplate: string
  }
}

/** Vitest's global setup: one PostgreSQL for the whole run, gone afterwards. `TEST_DATABASE_URL` uses another one. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('heavyliftPostgresUrl', given)
    project.provide('heavyliftDurableTemplate', await makeDurableTemplate(given))
    return async () => undefined
  }
  const dir = await mkdtemp(join(tmpdir(), 'heavylift-test-'))
  // As root the server runs as another user, who has to enter.
  await chmod(dir, 0o755)
  const server = await startEmbeddedPostgres({
    dir: join(dir, 'postgres'),
    log: silentLogger,
    throwaway: true,
    createsDatabases: true,
  })
  project.provide('heavyliftPostgresUrl', server.url)
  project.provide('heavyliftDurableTemplate', await makeDurableTemplate(server.url))
  return async () => {
    await server.close()
    await rm(dir, { recursive: true, force: true })
  }
}
