import type { ReportProgress } from '@heavylift/core'
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

/** Makes every experiment that a service's dependencies, processes, clocks and endpoints allow, one after the other. */
export async function findWeaknesses(bench: Bench, report: ReportProgress): Promise<Search> {
  const { subject } = bench
  const steady = await lookAtSteadyState(bench)
  const left: string[] = []
  for (const { endpoint, goodShare } of steady)
    if (goodShare < 0.9)
      left.push(`${endpoint.name} fails without any fault (${Math.round(100 * goodShare)} % good).`)
  const all = steady.filter(({ goodShare }) => goodShare >= 0.9)
  const steps: [string, () => Promise<Finding[]>][] = []
  for (const dependency of subject.dependencies) {
    const [user] = usersOf(all, dependency.name)
    if (user === undefined) {
      left.push(`No endpoint calls ${dependency.name}.`)
      continue
    }
    const about = (what: string) => `${dependency.name}: ${what}`
    if (user.endpoint.isStream === true) {
      steps.push([about('stream breaks off'), () => breakOff(bench, dependency, user)])
      continue
    }
    steps.push(
      [about('silent'), () => silence(bench, dependency, user)],
      [about('fails'), () => failure(bench, dependency, user)],
      [about('fails at once'), () => herd(bench, dependency, user)],
      [about('slow'), () => slowness(bench, dependency, user, all)],
      [about('expires'), () => expiry(bench, dependency, user)],
      [about('answer is lost'), () => lostAnswer(bench, dependency, user)],
    )
  }
  for (const one of all)
    if (one.endpoint.isStream !== true)
      steps.push([`${one.endpoint.name}: overload`, () => overload(bench, one)])
  for (const process of subject.processes) {
    steps.push([`${process.name}: cannot write`, () => fullDisk(bench, process, all)])
    if (!process.isEntry) steps.push([`${process.name}: killed`, () => death(bench, process, all)])
  }
  for (const clock of subject.clocks) steps.push([`${clock.name}: jumps`, () => clockJump(bench, clock, all)])
  const findings: Finding[] = []
  let made = 0
  for (const [stage, work] of steps) {
    if (bench.signal.aborted) break
    report({ stage, done: made, total: steps.length, unit: 'experiments' })
    findings.push(...(await work()))
    made++
  }
  return { steady, findings, made, left }
}
