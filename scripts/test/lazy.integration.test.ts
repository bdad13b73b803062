import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestStore } from '@heavylift/store/testing'
import { measureModules } from '../measure-modules.mjs'
import { runCliProcess, startCli } from '../../apps/cli/test/running-cli.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'heavylift-lazy-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true }))

/** Counts, not timings: a heavy import that slips into a light module shows at once, on any machine. */
test('help loads the command line and the list of systems, nothing of a system [CLI-LAZY-01]', async () => {
  const { modules, code } = await measureModules(['--help'])
  expect(code).toBe(0)
  expect(modules.filter((path) => /^(systems|primitives\/(?!core))/.test(path))).toEqual([])
  expect(modules.length).toBeLessThan(40)
})

test('a system that is off loads nothing and has no schema, page or route [CLI-LAZY-02]', async () => {
  const store = await createTestStore({ migrations: {} })
  const server = startCli(['serve', '--only', 'drive'], dataDir, {
    DATABASE_URL: store.host.databaseUrl,
    HEAVYLIFT_SERVER_PORT: '0',
    HEAVYLIFT_SERVER_REQUIRE_KEYS: 'false',
    HEAVYLIFT_SERVER_CONSOLE_DIR: dataDir,
  })
  try {
    const [, address] = await server.output(/(http:\S+)/)
    await server.output(/Ctrl-C stops everything/)
    const listed = (await (await fetch(`${address}/api/heavylift/systems`)).json()) as {
      systems: { name: string }[]
    }
    // Jobs runs because drive needs it.
    expect(listed.systems.map(({ name }) => name)).toEqual(['drive', 'jobs'])
    expect((await fetch(`${address}/api/shop/products`)).status).toBe(404)
    expect((await fetch(`${address}/store/`)).status).toBe(404)
    const database = store.host.forSystem('nobody').database<{ schemata: { schema_name: string } }>()
    const rows = await database
      .withSchema('information_schema')
      .selectFrom('schemata')
      .select('schema_name')
      .execute()
    const schemas = rows.map((row) => row.schema_name)
    expect(schemas).toEqual(expect.arrayContaining(['drive', 'jobs', 'ledger', 'server']))
    expect(schemas.filter((name) => ['shop', 'live', 'models'].includes(name))).toEqual([])
  } finally {
    server.child.kill('SIGTERM')
    await server.finished
    await store.close()
  }
}, 60_000)

test('an unknown system is refused with those that there are, from the command line and the configuration [CLI-LAZY-02]', async () => {
  const byOption = await runCliProcess(['serve', '--only', 'shop,drvie'], dataDir)
  expect([byOption.code, byOption.stderr]).toEqual([
    2,
    'There is no system "drvie". Did you mean drive? There are: shop, live, address, spec, drive, robots, ready, models, agents, jobs, fleet.\n',
  ])
  const byVariable = await runCliProcess(['serve'], dataDir, { HEAVYLIFT_SYSTEMS: 'shop, lvie' })
  expect([byVariable.code, byVariable.stderr]).toEqual([byOption.code, expect.stringContaining('"lvie"')])
})
