import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadyServices } from '../services.ts'
import type { GameDays } from '../game-day/game-days.ts'
import { answersFile, readAnswers, readyLens } from './lens.ts'
import type { Answers } from './lens.ts'
import { Repository } from './repository.ts'
import { review } from './review.ts'
import type { Measured, Review } from './review.ts'

const projectRoot = join(import.meta.dirname, '../../../..')

/** The review of Heavylift itself, by the lens that ships. */
export class Reviews {
  readonly #services: ReadyServices
  readonly #gameDays: GameDays
  #last: Review | null = null
  #going: Promise<Review> | null = null

  constructor(services: ReadyServices, gameDays: GameDays) {
    this.#services = services
    this.#gameDays = gameDays
  }

  /** The last one, or a first. */
  async last(tenantId: string): Promise<Review> {
    return this.#last ?? this.run(tenantId)
  }

  /** Who asks while one goes on gets the same. */
  run(tenantId: string): Promise<Review> {
    this.#going ??= this.#review(tenantId).finally(() => (this.#going = null))
    return this.#going
  }

  async #review(tenantId: string): Promise<Review> {
    const { clock, ids, store } = this.#services
    const startMs = clock.nowMs()
    const lens = await readyLens()
    const found = await review(lens, await answersOf(projectRoot), {
      repository: new Repository(projectRoot),
      measured: await this.#measured(tenantId),
      ask: null,
      nowMs: startMs,
    })
    await store.ledger.decide({
      id: ids.next('decision'),
      tenantId,
      system: 'ready',
      kind: 'review',
      subjectId: lens.name,
      inputRef: null,
      inputHash: createHash('sha256').update(JSON.stringify(lens)).digest('hex'),
      output: found.counts,
      confidence: null,
      costMicros: 0,
      durationMs: clock.nowMs() - startMs,
      version: 'review@1',
      atMs: startMs,
    })
    this.#last = found
    return found
  }

  /** What was measured of anything but the demo, which says nothing of this installation. */
  async #measured(tenantId: string): Promise<Measured> {
    const days = await this.#gameDays.list(tenantId)
    const day = days.find((one) => !one.isSample && !one.target.startsWith('demo') && one.endedAtMs !== null)
    const [run] = await this.#services.store.ledger.decisions(tenantId, {
      system: 'ready',
      kind: 'load-run',
      limit: 1,
    })
    return {
      gameDay: day === undefined ? null : measuredDay(day),
      load: run === undefined ? null : measuredLoad(run),
    }
  }
}

function measuredDay(day: Awaited<ReturnType<GameDays['find']>>): NonNullable<Measured['gameDay']> {
  const { name, owner, target, startedAtMs, report } = day
  const { findings, made, hasRecovered } = report
  return { atMs: startedAtMs, name, owner, target, findings, made, hasRecovered }
}

function measuredLoad({ atMs, output }: { atMs: number; output: unknown }): NonNullable<Measured['load']> {
  const figures = output as { scenario?: string; isValid?: boolean; thresholds?: { isMet: boolean }[] }
  return {
    atMs,
    name: figures.scenario ?? 'load run',
    isValid: figures.isValid === true,
    isMet: figures.thresholds?.every(({ isMet }) => isMet) ?? false,
  }
}

/** Answers, owners and waivers of a repository; none where it has no file of them. */
export async function answersOf(root: string): Promise<Answers> {
  return readAnswers(await readFile(join(root, answersFile), 'utf8').catch(() => '{}'))
}
