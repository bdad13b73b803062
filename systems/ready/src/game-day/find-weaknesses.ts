import type { ReportProgress } from '@heavylift/core'
import { Control } from './control.ts'
import {
  breakOff,
  expiry,
  failure,
  herd,
  lostAnswer,
  silence,
  slowness,
  usersOf,
} from './experiments/dependency.ts'
import { clockJump, death, fullDisk, overload } from './experiments/process.ts'
import { lookAtSteadyState } from './subject.ts'
import type { Bench, Steady } from './subject.ts'
import type { Finding } from './weakness.ts'

export interface Search {
  steady: Steady[]
  findings: Finding[]
  /** Experiments that were made. */
  made: number
  /** What could not be judged, and why. */
  left: string[]
}

interface Experiment {
  of: string
  what: string
  work: () => Promise<Finding[]>
}

/** How often a disturbed experiment is made again before it is given up. */
const mostTries = 4

/**
 * Makes every experiment that a service's dependencies, processes, clocks and endpoints allow, one after the other. Whatever shows must show
 * again, and while a control beside it is well.
 * @param only names of those that are looked at; null for all
 */
export async function findWeaknesses(
  bench: Bench,
  report: ReportProgress,
  only: ReadonlySet<string> | null = null,
  onMade: OnMade = () => undefined,
): Promise<Search> {
  const control = await Control.start()
  try {
    return await new Searching(bench, control, report, only, onMade).search()
  } finally {
    control.close()
  }
}

/** What one experiment found, as soon as it is over, and how many are over. */
type OnMade = (found: readonly Finding[], made: number) => void

class Searching {
  readonly #bench: Bench
  readonly #control: Control
  readonly #report: ReportProgress
  readonly #only: ReadonlySet<string> | null
  readonly #onMade: OnMade
  readonly #left: string[] = []

  constructor(
    bench: Bench,
    control: Control,
    report: ReportProgress,
    only: ReadonlySet<string> | null,
    onMade: OnMade,
  ) {
    this.#onMade = onMade
    this.#bench = bench
    this.#control = control
    this.#report = report
    this.#only = only
  }

  async search(): Promise<Search> {
    const steady = (await this.#undisturbed('steady state', () => lookAtSteadyState(this.#bench))) ?? []
    for (const { endpoint, goodShare } of steady)
      if (goodShare < 0.9)
        this.#left.push(`${endpoint.name} fails without any fault (${Math.round(100 * goodShare)} % good).`)
    const all = this.#experiments(steady.filter(({ goodShare }) => goodShare >= 0.9))
    const experiments = all.filter(({ of }) => this.#only?.has(of) ?? true)
    const findings: Finding[] = []
    let made = 0
    for (const { of, what, work } of experiments) {
      if (this.#bench.signal.aborted) break
      this.#report({ stage: `${of}: ${what}`, done: made, total: experiments.length, unit: 'experiments' })
      const found = await this.#twice(`${of}: ${what}`, work)
      findings.push(...found)
      this.#onMade(found, ++made)
    }
    return { steady, findings, made, left: this.#left }
  }

  /** What shows once may be chance; what shows twice is found. */
  async #twice(name: string, work: () => Promise<Finding[]>): Promise<Finding[]> {
    const first = (await this.#undisturbed(name, work)) ?? []
    if (first.length === 0 || this.#bench.signal.aborted) return []
    const second = (await this.#undisturbed(`${name}, again`, work)) ?? []
    return first.filter(({ kind, at }) => second.some((one) => one.kind === kind && one.at === at))
  }

  async #undisturbed<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    for (let tried = 0; tried < mostTries && !this.#bench.signal.aborted; tried++) {
      const { result, wasDisturbed } = await this.#control.beside(work)
      if (!wasDisturbed) return result
    }
    this.#left.push(`${name}: this machine was too busy to tell; a control beside it was slow too.`)
    return null
  }

  #experiments(all: readonly Steady[]): Experiment[] {
    const bench = this.#bench
    const { subject } = bench
    const found: Experiment[] = []
    for (const dependency of subject.dependencies) {
      const of = dependency.name
      const [user] = usersOf(all, of)
      if (user === undefined) {
        if (this.#only?.has(of) ?? true) this.#left.push(`No endpoint calls ${of}.`)
      } else if (user.endpoint.isStream === true)
        found.push({ of, what: 'stream breaks off', work: () => breakOff(bench, dependency, user) })
      else
        found.push(
          { of, what: 'silent', work: () => silence(bench, dependency, user) },
          { of, what: 'fails', work: () => failure(bench, dependency, user) },
          { of, what: 'fails at once', work: () => herd(bench, dependency, user) },
          { of, what: 'slow', work: () => slowness(bench, dependency, user, all) },
          { of, what: 'expires', work: () => expiry(bench, dependency, user) },
          { of, what: 'answer is lost', work: () => lostAnswer(bench, dependency, user) },
        )
    }
    for (const one of all)
      if (one.endpoint.isStream !== true)
        found.push({ of: one.endpoint.name, what: 'overload', work: () => overload(bench, one) })
    for (const process of subject.processes) {
      const of = process.name
      found.push({ of, what: 'cannot write', work: () => fullDisk(bench, process, all) })
      if (!process.isEntry) found.push({ of, what: 'killed', work: () => death(bench, process, all) })
    }
    for (const clock of subject.clocks)
      found.push({ of: clock.name, what: 'jumps', work: () => clockJump(bench, clock, all) })
    return found
  }
}
