// A process with durable runs that its test kills: crash-child.ts URL DIR
// Each step leaves a row when its action has run, so that the test can count actions and recorded results.
import { setTimeout as wait } from 'node:timers/promises'
import { silentLogger, systemClock } from '@heavylift/core'
import { sql } from 'kysely'
import { openStore } from '../../src/index.ts'

const [databaseUrl = '', dataDir = '', schedules = ''] = process.argv.slice(2)
const host = await openStore({ databaseUrl, dataDir, log: silentLogger, clock: systemClock })
const store = host.forSystem('test')
const database = store.database<unknown>()

const workflow = store.durable.workflow('test.chain', async (run, input: { steps: number }) => {
  const seen: number[] = []
  for (let step = 0; step < input.steps; step++) {
    seen.push(
      await run.step(`step-${step}`, async () => {
        const result = await sql<{ n: number }>`
          INSERT INTO actions (run, step) VALUES (${run.id}, ${step}) RETURNING n`.execute(database)
        await wait(5)
        return result.rows[0]?.n ?? -1
      }),
    )
  }
  return seen
})
/** One step that ends by its signal alone (and leaves a row for it), then one that must not run once it was cancelled. */
const long = store.durable.workflow('test.long', async (run) => {
  const act = (step: number) =>
    sql`INSERT INTO actions (run, step) VALUES (${run.id}, ${step})`.execute(database)
  await run.step('long', async (signal) => {
    await act(0)
    try {
      await wait(60_000, undefined, { signal })
    } catch (error) {
      await act(99)
      throw error
    }
  })
  await run.step('next', () => act(1))
})
if (schedules !== '')
  store.durable.schedule('test.tick', 250, async (run) => {
    await run.step('tick', async () => {
      await sql`INSERT INTO actions (run, step) VALUES (${`tick-${run.id}`}, ${process.pid})`.execute(
        database,
      )
    })
  })
await host.startDurable()
process.send?.('ready')
process.on('message', (message: { id: string; steps: number } | { long: string } | 'stop') => {
  if (message === 'stop') void host.close().then(() => process.exit(0))
  else if ('long' in message) void long.start(null, { id: message.long })
  else void workflow.start({ steps: message.steps }, { id: message.id })
})
