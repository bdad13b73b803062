import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { createTestStore, type TestStore } from '../../src/testing/index.ts'

const migrations = {
  test: [
    {
      name: '0001-actions',
      sql: 'CREATE TABLE actions (n bigint GENERATED ALWAYS AS IDENTITY, run text NOT NULL, step int NOT NULL)',
    },
  ],
}

/** Processes that run durable runs over one database, to be killed, and what they have left there. */
export interface CrashScene {
  /** This process's own, on the same database; its durable runs are not started. */
  store: TestStore
  client: pg.Pool
  /** Resolves when the child is ready for runs. */
  startChild(...args: string[]): Promise<ChildProcess>
  kill(child: ChildProcess): Promise<void>
  /** What the steps of a run did, in order. */
  actionsOf(run: string): Promise<{ step: number; n: string }[]>
  /** What DBOS has recorded of a run's steps, by name. */
  recordedOf(run: string): Promise<Map<string, string>>
  statusOf(run: string, workflow?: string): Promise<string | undefined>
  close(): Promise<void>
}

export async function openCrashScene(): Promise<CrashScene> {
  const store = await createTestStore({ durable: true, migrations })
  const client = new pg.Pool({ connectionString: store.databaseUrl, max: 4 })
  client.on('error', () => undefined)
  const children: ChildProcess[] = []

  async function kill(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }

  return {
    store,
    client,
    kill,
    async startChild(...args) {
      const script = join(import.meta.dirname, 'crash-child.ts')
      const child = fork(script, [store.databaseUrl, store.dataDir, ...args])
      children.push(child)
      await new Promise<void>((resolve, reject) => {
        child.once('message', () => resolve())
        child.once('exit', (code) => reject(new Error(`The child ended with ${code} before it was ready.`)))
      })
      return child
    },
    async actionsOf(run) {
      const result = await client.query<{ step: number; n: string }>(
        'SELECT step, n FROM test.actions WHERE run = $1 ORDER BY n',
        [run],
      )
      return result.rows
    },
    async recordedOf(run) {
      const result = await client.query<{ function_name: string; output: string }>(
        'SELECT function_name, output FROM dbos.operation_outputs WHERE workflow_uuid = $1',
        [`test.chain:${run}`],
      )
      return new Map(result.rows.map((row) => [row.function_name, row.output]))
    },
    async statusOf(run, workflow = 'test.chain') {
      const result = await client.query<{ status: string }>(
        'SELECT status FROM dbos.workflow_status WHERE workflow_uuid = $1',
        [`${workflow}:${run}`],
      )
      return result.rows[0]?.status
    },
    async close() {
      for (const child of children) await kill(child)
      await client.end()
      await store.close()
    },
  }
}

/** Looks every 20 ms, for at most 30 s. */
export async function until(isTrue: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!(await isTrue())) {
    if (performance.now() > deadline) throw new Error(`Waited too long: ${what}`)
    await wait(20)
  }
}
