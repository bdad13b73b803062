import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, open, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createArchive } from '../../src/backup/archive.ts'
import { verifyBackup, writeBackup } from '../../src/backup/backup.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts'
import { createTestDatabase } from '../../src/testing/test-database.ts'
import type { TestDatabase } from '../../src/testing/test-database.ts'

let base: string
let dataDir: string
let source: TestDatabase
const never = new AbortController().signal
const quiet = () => undefined

const schema = `
  CREATE SCHEMA bank;
  CREATE FUNCTION bank.note() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO bank.noted VALUES (NEW.id); RETURN NULL; END $$;
  CREATE TABLE bank.account (id int PRIMARY KEY, "Owner's name" text COLLATE "C" NOT NULL, cents bigint NOT NULL DEFAULT 0 CHECK (cents >= 0),
    euros numeric GENERATED ALWAYS AS (cents / 100.0) STORED, raw bytea, facts jsonb, tags text[], at timestamptz) WITH (fillfactor=70);
  CREATE TABLE bank.noted (account int REFERENCES bank.account (id));
  CREATE TABLE bank."Odd.table, name" (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), note text);
  CREATE TABLE bank.moved (at int NOT NULL, cents int, PRIMARY KEY (at)) PARTITION BY RANGE (at);
  CREATE TABLE bank.moved_1 PARTITION OF bank.moved FOR VALUES FROM (0) TO (1000);
  CREATE TABLE bank.moved_2 PARTITION OF bank.moved FOR VALUES FROM (1000) TO (MAXVALUE);
  CREATE UNLOGGED TABLE bank.stage (id int);
  CREATE INDEX account_by_owner ON bank.account (lower("Owner's name")) WHERE cents > 10;
  CREATE TRIGGER noted AFTER INSERT ON bank.account FOR EACH ROW EXECUTE FUNCTION bank.note();
  INSERT INTO bank.account (id, "Owner's name", cents, raw, facts, tags, at)
    SELECT i, E'tab\\t line\\n backslash \\\\ ' || i, 1000, decode('00ff0a', 'hex'), '{"a": null}', ARRAY['x', NULL, '\\N'], now()
    FROM generate_series(1, 200) i;
  INSERT INTO bank.account (id, "Owner's name") VALUES (0, '');
  INSERT INTO bank.moved SELECT i, i FROM generate_series(1, 1500) i;
  INSERT INTO bank.stage VALUES (1);
`

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'heavylift-backup-'))
  await chmod(base, 0o755)
  dataDir = join(base, 'data')
  for (const folder of [
    'objects/shop+',
    'postgres',
    'logs',
    'live/streams/states',
    'live/streams/log',
    'shop/search',
  ]) {
    await mkdir(join(dataDir, folder), { recursive: true })
  }
  await writeFile(join(dataDir, 'objects/shop+/photo'), Buffer.from([0, 1, 255]))
  await writeFile(join(dataDir, 'postgres/password'), 'secret')
  await writeFile(join(dataDir, 'server.json'), '{}')
  await writeFile(join(dataDir, 'live/streams/log/0001'), 'x'.repeat(100_000))
  await writeFile(join(dataDir, 'live/streams/states/0001.snapshot'), '')
  await writeFile(join(dataDir, 'shop/search/CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55')
  await writeFile(join(dataDir, 'shop/search/index'), 'can be made again')
  source = await createTestDatabase()
  await run(source.url, schema)
})

afterEach(async () => {
  await source.drop()
  await rm(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

async function run<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result = (await client.query(sql)) as unknown as pg.QueryResult<Row> | pg.QueryResult<Row>[]
    return Array.isArray(result) ? (result.at(-1)?.rows ?? []) : result.rows
  } finally {
    await client.end()
  }
}

const backup = (file: string, configFiles: Record<string, string> = {}) =>
  writeBackup({
    hasDatabase: true,
    file,
    databaseUrl: source.url,
    log: silentLogger,
    dataDir,
    configFiles,
    version: '1.2.3',
    nowMs: Date.UTC(2026, 0, 2),
    report: quiet,
    signal: never,
  })

const restore = (file: string, target: string, databaseUrl: string | null) =>
  restoreBackup({ file, dataDir: target, databaseUrl, log: silentLogger, report: quiet, signal: never })

/** All rows of all tables as text, to be compared byte for byte. */
async function contents(url: string): Promise<unknown> {
  const tables = ['account', 'noted', '"Odd.table, name"', 'moved', 'moved_2']
  return Promise.all(tables.map((table) => run(url, `SELECT t::text FROM bank.${table} t ORDER BY 1`)))
}

describe('a backup', () => {
  test('restored elsewhere, holds the same rows, keys, functions, files and settings [STORE-BACKUP-01]', async () => {
    const file = join(base, 'one.tar.zst')
    const config = join(base, 'heavylift.config.json')
    await writeFile(config, '{"server":{}}')
    const made = await backup(file, { 'heavylift.config.json': config })
    expect(made).toMatchObject({ tables: 5, files: 4 })

    const target = join(base, 'restored')
    const restored = await restore(file, target, null)
    expect(restored).toMatchObject({
      version: '1.2.3',
      createdAt: '2026-01-02T00:00:00.000Z',
      tables: 5,
      files: 4,
    })
    expect(await readFile(join(target, 'objects/shop+/photo'))).toEqual(Buffer.from([0, 1, 255]))
    expect(await readFile(join(target, 'live/streams/log/0001'), 'utf8')).toHaveLength(100_000)
    expect(await readFile(join(target, 'restored-config/heavylift.config.json'), 'utf8')).toBe(
      '{"server":{}}',
    )
    // Made again, or of the running process: not in a backup.
    expect(existsSync(join(target, 'shop'))).toBe(false)
    expect(existsSync(join(target, 'server.json'))).toBe(false)

    const server = await startEmbeddedPostgres({ dir: join(target, 'postgres'), log: silentLogger })
    try {
      expect(await contents(server.url)).toEqual(await contents(source.url))
      expect(await run(server.url, 'SELECT * FROM bank.stage')).toEqual([])
      await expect(run(server.url, `INSERT INTO bank.account VALUES (1, 'again')`)).rejects.toThrow(
        /duplicate/,
      )
      await expect(run(server.url, 'INSERT INTO bank.noted VALUES (4711)')).rejects.toThrow(/foreign key/)
      await run(server.url, `INSERT INTO bank.account VALUES (999, 'new')`)
      expect(await run(server.url, 'SELECT * FROM bank.noted WHERE account = 999')).toHaveLength(1)
    } finally {
      await server.close()
    }
  })

  test('is of one moment, although money moves between accounts while it is made [STORE-BACKUP-02]', async () => {
    let isMoving = true
    const move = async () => {
      const client = new pg.Client({ connectionString: source.url })
      await client.connect()
      for (let i = 0; isMoving; i++) {
        await client.query(
          `UPDATE bank.account SET cents = cents + CASE WHEN id = $1 THEN -1 ELSE 1 END WHERE id IN ($1, $2)`,
          [1 + (i % 100), 101 + (i % 100)],
        )
      }
      await client.end()
    }
    const movers = [move(), move()]
    const files = [join(base, 'a.tar.zst'), join(base, 'b.tar.zst')]
    for (const file of files) await backup(file)
    isMoving = false
    await Promise.all(movers)
    for (const [at, file] of files.entries()) {
      const target = await createTestDatabase()
      // A test database has the ledger's tables; a restore wants none.
      await run(target.url, 'DROP SCHEMA ledger CASCADE')
      try {
        await restore(file, join(base, `restored-${at}`), target.url)
        expect(await run(target.url, 'SELECT sum(cents)::int AS sum FROM bank.account')).toEqual([
          { sum: 200_000 },
        ])
      } finally {
        await target.drop()
      }
    }
  })

  test('that is cut or changed anywhere is refused, and nothing is restored [STORE-BACKUP-03]', async () => {
    const file = join(base, 'whole.tar.zst')
    await backup(file)
    const whole = await readFile(file)
    for (const share of [0, 0.1, 0.5, 0.9, 0.999]) {
      const cut = join(base, `cut-${share}.tar.zst`)
      await writeFile(cut, whole.subarray(0, Math.floor(whole.length * share)))
      await expect(restore(cut, join(base, 'target'), null)).rejects.toMatchObject({ code: 'backup-damaged' })
    }
    for (const share of [0.05, 0.3, 0.6, 0.95]) {
      const changed = Buffer.from(whole)
      const at = Math.floor(whole.length * share)
      changed[at] = (changed[at] ?? 0) ^ 0x55
      const path = join(base, `changed-${share}.tar.zst`)
      await writeFile(path, changed)
      await expect(verifyBackup(path, never)).rejects.toMatchObject({ code: 'backup-damaged' })
    }
    expect((await readdir(base)).filter((name) => name.startsWith('target'))).toEqual([])
  })

  test('with a name that leaves its folder is refused [STORE-BACKUP-04]', async () => {
    for (const name of ['files/../../evil', 'files//etc/evil', 'evil', 'files/a/../../../evil']) {
      const path = join(base, 'evil.tar.zst')
      await rm(path, { force: true })
      const archive = createArchive(path)
      await archive.add(name, 1, [Buffer.from('x')])
      await archive.finish({ version: '1', createdAt: '', tables: 0 })
      await expect(restore(path, join(base, 'target'), null)).rejects.toMatchObject({
        code: 'backup-damaged',
      })
    }
    expect(existsSync(join(base, 'evil'))).toBe(false)
  })

  test('never replaces a file, and a restore never writes over data [STORE-BACKUP-05]', async () => {
    const file = join(base, 'one.tar.zst')
    await backup(file)
    await expect(backup(file)).rejects.toMatchObject({ code: 'backup-exists' })
    await expect(restore(file, dataDir, null)).rejects.toMatchObject({ code: 'restore-not-empty' })
    await expect(restore(file, join(base, 'other'), source.url)).rejects.toMatchObject({
      code: 'restore-not-empty',
    })
    expect(await contents(source.url)).toEqual(await contents(source.url))
    expect(existsSync(join(base, 'other'))).toBe(false)
  })

  test('of what it cannot make again is refused by name [STORE-BACKUP-06]', async () => {
    await run(source.url, 'CREATE VIEW bank.rich AS SELECT * FROM bank.account')
    await expect(backup(join(base, 'one.tar.zst'))).rejects.toThrow(/view bank\.rich/)
    expect(await readdir(base)).toEqual(['data'])
  })

  test('goes on over files that grow or go while it is made', async () => {
    let isWriting = true
    const grow = async () => {
      const file = await open(join(dataDir, 'live/streams/log/0001'), 'a')
      while (isWriting) {
        await file.write('y'.repeat(10_000))
        await writeFile(join(dataDir, 'live/passing'), 'x')
        await rm(join(dataDir, 'live/passing'), { force: true })
      }
      await file.close()
    }
    const growing = grow()
    const file = join(base, 'one.tar.zst')
    await backup(file)
    isWriting = false
    await growing
    await verifyBackup(file, never)
  })
})
