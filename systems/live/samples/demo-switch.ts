import { sleep, Wakeup } from '@heavylift/core/async'
import type { Store } from '@heavylift/store'
import type { Demo } from './demo.ts'

/** The simulated matches of all servers on one database: one of them plays, each turns them on and off. */
export interface DemoSwitch {
  /** Into which they are played. */
  readonly tenantId: string
  isOn(): Promise<boolean>
  turnOn(): Promise<void>
  /** Resolves when nobody plays any more. */
  turnOff(): Promise<void>
}

export interface DemoTables {
  demo: { only_row: boolean; is_on: boolean; is_playing: boolean }
}

const signalName = 'live demo'
/** Where a signal is missed, or whoever plays has died. */
const lookAgainMs = 1_000
/** So long is waited for a server that plays; one that has died plays no more. */
const patienceMs = 10_000

/** Plays `demo` on this server while it is on and no other server does; `played` resolves when that is over. */
export function createDemoSwitch(
  demo: Demo,
  store: Pick<Store, 'database' | 'shared'>,
  signal: AbortSignal,
): DemoSwitch & { played: Promise<void> } {
  const db = store.database<DemoTables>()
  const { shared } = store

  async function read(): Promise<{ isOn: boolean; isPlaying: boolean }> {
    const row = await db.selectFrom('demo').selectAll().executeTakeFirst()
    return { isOn: row?.is_on ?? false, isPlaying: row?.is_playing ?? false }
  }

  async function turn(isOn: boolean): Promise<void> {
    await db
      .insertInto('demo')
      .values({ only_row: true, is_on: isOn, is_playing: false })
      .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ is_on: isOn }))
      .execute()
    await shared.notify(signalName, db)
  }

  async function play(ending: AbortSignal): Promise<void> {
    const changed = new Wakeup()
    shared.listen(signalName, ending, () => changed.wake())
    try {
      while (!ending.aborted) {
        const since = changed.count
        const { isOn, isPlaying } = await read()
        if (isOn && !demo.isRunning()) demo.start()
        else if (!isOn) await demo.stop()
        if (isOn !== isPlaying) await db.updateTable('demo').set({ is_playing: isOn }).execute()
        await changed.wait({ since, signal: ending, timeoutMs: lookAgainMs })
      }
    } finally {
      await demo.stop()
    }
  }

  return {
    tenantId: demo.tenantId,
    isOn: async () => (await read()).isOn,
    turnOn: () => turn(true),
    async turnOff() {
      await turn(false)
      const deadline = performance.now() + patienceMs
      while ((await read()).isPlaying && performance.now() < deadline) await sleep(50, signal)
    },
    played: shared.lead('live.demo', { signal, lead: play }),
  }
}
