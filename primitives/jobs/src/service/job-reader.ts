import { readFile } from 'node:fs/promises'
import { sum } from '@heavylift/core/math'
import type { JobEvent } from '../journal/job-event.ts'
import { JournalTail } from '../journal/journal-tail.ts'
import { livePresences, type Presence } from '../journal/presence.ts'
import { chunkCount, chunkRange } from '../ledger/job-file.ts'
import { inputPath, type Ledger } from '../ledger/ledger.ts'
import { explainEvent } from './happened.ts'
import type { Happened, JobDetail, JobSummary } from './job-summary.ts'

type Ran = Extract<JobEvent, { kind: 'ran' }>

/** Failed inputs and events that a page is sent at once. */
const most = 100

/** Reads one job's folder again and again, each time only what is new. */
export class JobReader {
  readonly ledger: Ledger
  readonly #tail: JournalTail
  readonly events: JobEvent[] = []
  /** How each chunk left its last worker. */
  readonly #lastRan = new Map<number, Ran>()
  readonly #failedOf = new Map<number, JobDetail['failures']>()
  #done: ReadonlySet<number> = new Set()
  presences: Presence[] = []
  #refreshing: Promise<void> | null = null
  #isRead = false

  constructor(ledger: Ledger) {
    this.ledger = ledger
    this.#tail = new JournalTail(ledger.folder)
  }

  /** Whether nothing can change but by a new start. */
  get isSettled(): boolean {
    return this.#isRead && this.presences.length === 0 && this.#done.size === chunkCount(this.ledger.job)
  }

  /** Those who ask at once share one reading. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null))
    return this.#refreshing
  }

  async #refresh(): Promise<void> {
    if (this.isSettled) return
    // Who runs it first: what ended meanwhile has its end in the journal by the time that this is read.
    this.presences = await livePresences(this.ledger.folder, this.ledger.nowMs())
    const added = await this.#tail.next()
    this.events.push(...added)
    for (const event of added) if (event.kind === 'ran') this.#lastRan.set(event.chunk, event)
    if (this.#done.size < chunkCount(this.ledger.job)) this.#done = await this.ledger.doneChunks()
    this.#isRead = true
  }

  /** The process that answers for the job now; batches of Slurm go on without one. */
  get controller(): Presence | undefined {
    return this.presences.find(({ executor }) => executor !== 'slurm-batch')
  }

  /** What started it last. */
  get origin(): string | null {
    return this.events.findLast((event) => event.kind === 'started')?.origin ?? null
  }

  /** How its last start ended; undefined while it goes on, and when it was killed. */
  get ended(): Extract<JobEvent, { kind: 'ended' }> | undefined {
    const last = this.events.findLast(({ kind }) => kind === 'ended' || kind === 'started')
    return last?.kind === 'ended' ? last : undefined
  }

  /** Whether it is not done, nobody answers for it, and nobody wanted that. */
  get isLeft(): boolean {
    const isDone = this.#done.size === chunkCount(this.ledger.job)
    return !isDone && this.controller === undefined && (this.ended?.state ?? 'stopped') === 'stopped'
  }

  summary(): JobSummary {
    const { job } = this.ledger
    const { presences, events } = this
    const { controller, ended } = this
    const started = events.filter((event) => event.kind === 'started')
    const isLive = presences.length > 0
    const last = controller?.executor ?? started.at(-1)?.executor ?? null
    return {
      id: job.id,
      name: job.name === '' ? job.task.export : job.name,
      system: job.system,
      task: `${job.task.export} of ${job.task.module.split('/').at(-1) ?? ''}${job.task.version === '' || job.task.version === undefined ? '' : ` (${job.task.version})`}`,
      priority: job.priority,
      state: this.#state(ended?.state),
      executor: last === 'slurm-batch' ? 'slurm' : last,
      inputs: job.inputs,
      inputsDone: Math.max(this.#inputsDone(), controller?.inputsDone ?? 0),
      inputsFailed: sum(this.#lastRan.values(), ({ inputsFailed }) => inputsFailed),
      chunks: chunkCount(job),
      chunksDone: this.#done.size,
      failedAttempts: events.filter(({ kind }) => kind === 'attempt').length,
      preemptions: events.filter((e) => (e.kind === 'ran' && e.end === 'preempted') || e.kind === 'requeued')
        .length,
      starts: started.length,
      inputsPerSecond: controller?.inputsPerSecond ?? null,
      etaMs: controller?.etaMs ?? null,
      createdAtMs: job.createdAtMs === 0 ? null : job.createdAtMs,
      startedAtMs: this.#startedAtMs(),
      endedAtMs: isLive ? null : (ended?.atMs ?? events.at(-1)?.atMs ?? null),
      message: ended?.state === 'failed' && !isLive ? (ended.message ?? null) : null,
      workers: sum(presences, ({ running }) => running.length),
    }
  }

  async detail(): Promise<JobDetail> {
    const { job } = this.ledger
    return {
      job: this.summary(),
      retries: job.retries,
      chunkSize: job.chunkSize,
      inputTimeoutMs: job.inputTimeoutMs,
      near: new Set(job.near.flat()).size,
      chunkStates: this.#chunkStates(),
      running: this.presences.flatMap(({ node, running }) =>
        running
          // What it was at may be done since it last told.
          .filter(({ chunk }) => !this.#done.has(chunk))
          .map((each) => {
            const { first, end } = chunkRange(job, each.chunk)
            return { node, ...each, inputs: end - first }
          }),
      ),
      failures: await this.#failures(),
      happened: this.happened().slice(0, most),
    }
  }

  /** Newest first. */
  happened(): Happened[] {
    const attempts = new Map<string, number>()
    const all: Happened[] = []
    for (const event of this.events) {
      let attempt = 0
      if (event.kind === 'attempt') {
        const place = `${event.index ?? `chunk ${event.chunk}`}`
        attempt = (attempts.get(place) ?? 0) + 1
        attempts.set(place, attempt)
      }
      const told = explainEvent(event, this.ledger.job.retries, attempt)
      if (told !== null) all.push(told)
    }
    return all.reverse()
  }

  #state(ended: JobSummary['state'] | undefined): JobSummary['state'] {
    if (this.presences.length > 0) {
      return this.presences.some(({ state, running }) => state === 'running' || running.length > 0)
        ? 'running'
        : 'waiting'
    }
    if (this.#done.size === chunkCount(this.ledger.job)) return 'done'
    // Without an end it was killed, or never started.
    return ended === undefined || ended === 'done' ? 'stopped' : ended
  }

  #inputsDone(): number {
    const { job } = this.ledger
    let sum = 0
    for (const chunk of this.#done) {
      const { first, end } = chunkRange(job, chunk)
      sum += end - first
    }
    for (const [chunk, { inputsDone }] of this.#lastRan) if (!this.#done.has(chunk)) sum += inputsDone
    return sum
  }

  #startedAtMs(): number | null {
    let first = Infinity
    for (const event of this.events) if (event.kind === 'ran') first = Math.min(first, event.startedAtMs)
    for (const { running } of this.presences) {
      for (const { startedAtMs } of running) first = Math.min(first, startedAtMs)
    }
    return first === Infinity ? null : first
  }

  #chunkStates(): string {
    const running = new Set(this.presences.flatMap((each) => each.running.map(({ chunk }) => chunk)))
    return Array.from({ length: chunkCount(this.ledger.job) }, (_, chunk) => {
      const last = this.#lastRan.get(chunk)
      if (this.#done.has(chunk)) return (last?.inputsFailed ?? 0) > 0 ? 'f' : 'd'
      if (running.has(chunk)) return 'r'
      if (last === undefined || last.end === 'stopped') return 'w'
      return last.end === 'preempted' ? 'p' : 'x'
    }).join('')
  }

  async #failures(): Promise<JobDetail['failures']> {
    const chunks = [...this.#lastRan]
      .filter(([chunk, { inputsFailed }]) => inputsFailed > 0 && this.#done.has(chunk))
      .map(([chunk]) => chunk)
      .sort((a, b) => a - b)
    const all: JobDetail['failures'] = []
    for (const chunk of chunks) {
      if (all.length >= most) break
      all.push(...(await this.#failuresOf(chunk)))
    }
    return all.slice(0, most)
  }

  /** Results never change, so they are read once. */
  async #failuresOf(chunk: number): Promise<JobDetail['failures']> {
    const known = this.#failedOf.get(chunk)
    if (known !== undefined) return known
    const { first } = chunkRange(this.ledger.job, chunk)
    const outcomes = await this.ledger.outcomes<unknown>(chunk)
    const inputs = (await readFile(inputPath(this.ledger.folder, chunk), 'utf8')).split('\n')
    const failed = outcomes.flatMap((outcome) =>
      outcome.ok
        ? []
        : [
            {
              index: outcome.index,
              chunk,
              ...outcome.error,
              input: (inputs[outcome.index - first] ?? '').slice(0, 400),
            },
          ],
    )
    this.#failedOf.set(chunk, failed)
    return failed
  }
}
