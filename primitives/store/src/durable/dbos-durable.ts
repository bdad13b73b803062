import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import type { DLogger } from '@dbos-inc/dbos-sdk'
import { HeavyliftError, type Clock, type Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import type { Durable, DurableRun, DurableStatus, DurableWorkflow } from '../durable.ts'
import { getDbos, loadDbos } from './dbos.ts'
import { restoreError, runUnknown } from './errors.ts'
import { type ExecutorLease, openExecutorLease, RECOVERY_QUEUE } from './executor-lease.ts'
import { removeOldRuns } from './retention.ts'
import { RunContext } from './run.ts'
import { tickAt, untilNextTick } from './ticks.ts'

export interface DurableHost extends Durable {
  /** Takes up runs that dead processes left, and begins to run. Every workflow is registered before. */
  start(): Promise<void>
  /** See `StoreHost.checkDurable`. What was seen within the last seconds counts. */
  check(timeoutMs: number): Promise<'ok' | 'starting'>
  /** Unfinished runs stay recorded and go on in another process or after the next start. */
  stop(): Promise<void>
}

type Body = (run: DurableRun, input: never) => Promise<unknown>
interface Registration {
  body: Body
  concurrency: number | null
  /** The wrapper that DBOS runs; set once started. */
  registered: ((id: string, input: unknown) => Promise<unknown>) | null
}

const QUEUE_POLL_MS = 200
const RESULT_POLL_MS = 100
const SWEEP_MS = 5_000
const RETENTION_MS = 60 * 60_000
const STOP_GRACE_MS = 5_000
/** Runs that do nothing, for `check`: one goes straight to this process, one over a queue as an import does. */
const PULSES = ['heavylift.pulse', 'heavylift.pulse-queued'] as const
const PULSE_HOLDS_MS = 5_000

/** DBOS keeps its state in module globals, so one host at a time may be started in a process. */
let running: DurableHost | null = null

/** Durable runs on DBOS, in the schema `dbos` of the same database. Nothing is connected before `start`, nor after it where nothing is registered. */
export function createDurable(options: { url: string; log: Logger; clock: Clock }): DurableHost {
  const { url, log, clock } = options
  const workflows = new Map<string, Registration>()
  const schedules: { name: string; everyMs: number }[] = []
  const timers = new Set<NodeJS.Timeout>()
  const outsideAnyRun = AsyncLocalStorage.snapshot()
  let state: 'registering' | 'running' | 'stopped' = 'registering'
  let pulse: Promise<void> | null = null
  let pulsedMs = -Infinity
  let context = new RunContext()
  let lease: ExecutorLease | null = null

  function register(name: string, body: Body, concurrency: number | null): Registration {
    if (state !== 'registering')
      throw new Error(`Workflow "${name}" must be registered before durable runs start.`)
    if (workflows.has(name)) throw new Error(`A workflow "${name}" is registered already.`)
    const registration: Registration = { body, concurrency, registered: null }
    workflows.set(name, registration)
    return registration
  }

  async function beat(): Promise<void> {
    const { DBOS } = getDbos()
    const id = randomUUID()
    await Promise.all(
      PULSES.map(async (name) => {
        await startRun(name, id, null)
        await DBOS.retrieveWorkflow(workflowId(name, id)).getResult({ pollingIntervalMs: RESULT_POLL_MS })
      }),
    )
    pulsedMs = performance.now()
    await DBOS.deleteWorkflows(PULSES.map((name) => workflowId(name, id)))
  }

  function started(name: string): NonNullable<Registration['registered']> {
    const registered = workflows.get(name)?.registered
    if (state === 'running' && registered) return registered
    throw new HeavyliftError({
      code: 'durable-not-running',
      message: `Durable runs have ${state === 'stopped' ? 'stopped' : 'not started yet'}; "${name}" can run once they have started.`,
      status: 503,
      isRetryable: true,
    })
  }

  async function startRun(name: string, id: string, input: unknown): Promise<void> {
    const registered = started(name)
    const concurrency = workflows.get(name)?.concurrency ?? null
    // DBOS refuses to start a run inside a step. Ours joins by its id, so a step that is repeated starts nothing twice.
    await outsideAnyRun(() =>
      getDbos().DBOS.startWorkflow(registered, {
        workflowID: workflowId(name, id),
        ...(concurrency === null ? {} : { queueName: queueOf(name) }),
      })(id, input),
    )
  }

  async function statusOf(name: string, id: string): Promise<DurableStatus | null> {
    started(name)
    const status = await getDbos().DBOS.getWorkflowStatus(workflowId(name, id))
    return status === null ? null : (statuses[status.status] ?? 'running')
  }

  /** At every tick one of the processes wins the insert of the tick's id; the others join and do nothing. */
  function armSchedule(name: string, everyMs: number): void {
    let isBusy = false
    const tick = async (): Promise<void> => {
      if (isBusy) return
      isBusy = true
      const id = String(tickAt(clock.nowMs(), everyMs))
      try {
        await startRun(name, id, null)
        await getDbos()
          .DBOS.retrieveWorkflow(workflowId(name, id))
          .getResult({ pollingIntervalMs: RESULT_POLL_MS })
      } catch (error) {
        if (state === 'running')
          log.error({ schedule: name, tick: id, error: String(error) }, 'a scheduled run failed')
      } finally {
        isBusy = false
      }
    }
    repeat(() => untilNextTick(clock.nowMs(), everyMs), tick)
  }

  function repeat(delayMs: () => number, action: () => Promise<void>): void {
    const arm = (): void => {
      const timer = setTimeout(() => {
        timers.delete(timer)
        if (state !== 'running') return
        arm()
        action().catch((error: unknown) => {
          if (state === 'running')
            log.warn({ error: String(error) }, 'background work of durable runs failed')
        })
      }, delayMs())
      timer.unref()
      timers.add(timer)
    }
    arm()
  }

  const host: DurableHost = {
    workflow<Input, Output>(
      name: string,
      run: (run: DurableRun, input: Input) => Promise<Output>,
      workflowOptions?: { concurrency?: number },
    ): DurableWorkflow<Input, Output> {
      register(name, run as Body, workflowOptions?.concurrency ?? null)
      return {
        async start(input, startOptions) {
          const id = startOptions?.id ?? randomUUID()
          await startRun(name, id, input)
          return { id }
        },
        async result(id) {
          if ((await statusOf(name, id)) === null) throw runUnknown(name, id)
          try {
            return await getDbos().DBOS.retrieveWorkflow<Output>(workflowId(name, id)).getResult({
              pollingIntervalMs: RESULT_POLL_MS,
            })
          } catch (error) {
            throw restoreError(error, name, id)
          }
        },
        status: (id) => statusOf(name, id),
        async cancel(id) {
          const status = await statusOf(name, id)
          if (status !== 'queued' && status !== 'running') return
          await getDbos().DBOS.cancelWorkflow(workflowId(name, id))
          context.cancel(workflowId(name, id))
        },
      }
    },

    schedule(name, everyMs, run) {
      if (!Number.isInteger(everyMs) || everyMs < 100)
        throw new Error(`Schedule "${name}" needs at least 100 whole milliseconds; got ${everyMs}.`)
      register(name, run, null)
      schedules.push({ name, everyMs })
    },

    async start() {
      if (state !== 'registering') return
      if (running !== null)
        throw new Error('Durable runs of another store are running in this process; close that store first.')
      if (workflows.size === 0) {
        state = 'running'
        return
      }
      for (const name of PULSES)
        register(name, (run) => run.step('beat', () => Promise.resolve(null)), name === PULSES[1] ? 1 : null)
      const { DBOS } = await loadDbos()
      running = host
      try {
        const executorID = `${process.pid}-${randomUUID()}`
        context = new RunContext()
        for (const [name, registration] of workflows) {
          const body = registration.body as (run: DurableRun, input: unknown) => Promise<unknown>
          registration.registered = DBOS.registerWorkflow(
            (id: string, input: unknown) => context.run(workflowId(name, id), id, (run) => body(run, input)),
            { name },
          )
        }
        DBOS.setConfig({
          name: 'heavylift',
          systemDatabaseUrl: withIdleTimeout(url),
          systemDatabasePoolSize: 10,
          executorID,
          // One version for all releases: an upgrade goes on with the runs of the release before it.
          applicationVersion: 'heavylift',
          logger: quietLogger(log),
        })
        // Taken before a run can begin, so that nobody takes our runs for those of a dead process.
        lease = await openExecutorLease(url, executorID, log)
        // Its migrations lock each other out when two processes start on a new database.
        await lease.exclusively(() => DBOS.launch())
        await DBOS.registerQueue(RECOVERY_QUEUE, {
          minPollingIntervalMs: QUEUE_POLL_MS,
          onConflict: 'always_update',
        })
        for (const [name, { concurrency }] of workflows) {
          if (concurrency === null) continue
          await DBOS.registerQueue(queueOf(name), {
            workerConcurrency: concurrency,
            minPollingIntervalMs: QUEUE_POLL_MS,
            onConflict: 'always_update',
          })
        }
      } catch (error) {
        state = 'stopped'
        await shutDown()
        throw error
      }
      state = 'running'
      await sweep()
      repeat(() => SWEEP_MS, sweep)
      repeat(
        () => RETENTION_MS,
        () =>
          removeOldRuns(
            clock.nowMs(),
            schedules.map(({ name }) => name),
          ),
      )
      for (const { name, everyMs } of schedules) armSchedule(name, everyMs)
    },

    async check(timeoutMs) {
      if (state === 'registering') return 'starting'
      const isIdle = state === 'running' && running !== host
      if (isIdle || performance.now() - pulsedMs < PULSE_HOLDS_MS) return 'ok'
      // One at a time: whoever asks meanwhile waits for the same.
      pulse ??= beat().finally(() => (pulse = null))
      await withTimeout(pulse, timeoutMs, () => {
        throw new Error(`no run ended within ${timeoutMs} ms`)
      })
      return 'ok'
    },

    async stop() {
      const wasRunning = state === 'running'
      state = 'stopped'
      for (const timer of timers) clearTimeout(timer)
      if (wasRunning && running === host) {
        await context.stop(STOP_GRACE_MS)
        await shutDown()
      }
    },
  }

  async function sweep(): Promise<void> {
    const recovered = (await lease?.recoverDead([...workflows.keys()])) ?? 0
    if (recovered > 0) log.info({ runs: recovered }, 'going on with runs that another process left')
  }

  async function shutDown(): Promise<void> {
    try {
      await getDbos().DBOS.shutdown({ deregister: true })
    } finally {
      // Released last: until here the runs are ours.
      await lease?.close()
      if (running === host) running = null
    }
  }

  return host
}

/** Ends sessions that a stalled process left in a transaction. DBOS would set it by a query of its own on each connection. */
function withIdleTimeout(text: string): string {
  const url = new URL(text)
  const given = url.searchParams.get('options') ?? ''
  url.searchParams.set('options', `${given} -c idle_in_transaction_session_timeout=60000`.trim())
  return url.href
}

/** Scoped by workflow, so that two workflows may use the same id. */
function workflowId(name: string, id: string): string {
  return `${name}:${id}`
}

function queueOf(name: string): string {
  return `heavylift.${name}`
}

const statuses: Partial<Record<string, DurableStatus>> = {
  ENQUEUED: 'queued',
  DELAYED: 'queued',
  PENDING: 'running',
  SUCCESS: 'done',
  ERROR: 'failed',
  MAX_RECOVERY_ATTEMPTS_EXCEEDED: 'failed',
  CANCELLED: 'cancelled',
}

const SAME_WARNING_MS = 60_000

/** What DBOS calls information is debugging to our users. While the database is away it warns of it at every poll: once a minute is enough. */
function quietLogger(log: Logger): DLogger {
  const child = log.child({ part: 'dbos' })
  const warnedMs = new Map<string, number>()
  const warn = (text: string): void => {
    const nowMs = performance.now()
    if (nowMs - (warnedMs.get(text) ?? -Infinity) < SAME_WARNING_MS) return child.debug({}, text)
    if (warnedMs.size > 100) warnedMs.clear()
    warnedMs.set(text, nowMs)
    child.warn({}, text)
  }
  return {
    debug: (entry) => child.debug({}, String(entry)),
    info: (entry) => child.debug({}, String(entry)),
    warn: (entry) => (isOfStop(entry) ? child.info({}, String(entry)) : warn(String(entry))),
    error: (entry, metadata) =>
      isOfStop(entry)
        ? child.info({}, String(entry))
        : child.error({ stack: metadata?.stack }, String(entry)),
  }
}

/** Runs that a stop interrupts go on after the next start: nobody has to do anything about what is said of them. */
function isOfStop(entry: unknown): boolean {
  return /^Shutting down while|The system database has been shut down|terminating connection due to administrator/.test(
    String(entry),
  )
}
