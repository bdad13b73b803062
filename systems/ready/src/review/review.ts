import type { WeaknessKind } from '../game-day/weakness.ts'
import type { Answers, Check, Evidence, Lens } from './lens.ts'
import type { Repository } from './repository.ts'

/** What was measured before, as far as a review asks for it. */
export interface Measured {
  gameDay: {
    atMs: number
    name: string
    owner: string
    target: string
    findings: { kind: WeaknessKind; at: string; evidence: string }[]
    /** Experiments that looked for weaknesses. */
    made: number
    hasRecovered: boolean | null
  } | null
  load: { atMs: number; name: string; isValid: boolean; isMet: boolean } | null
}

export interface Sources {
  repository: Repository
  measured: Measured
  /** Asks the running server; null where there is none. */
  ask: ((path: string) => Promise<{ status: number; headers: Headers }>) | null
  nowMs: number
}

export interface CheckResult {
  id: string
  pillar: string
  risk: Check['risk']
  question: string
  fix: string
  /** `open`: nobody and nothing has answered. */
  state: 'ok' | 'risk' | 'waived' | 'open' | 'not-applicable'
  /** What says so, in words. */
  evidence: string
  by: 'machine' | 'person' | 'nobody'
  /** File and line of the evidence, where it is one. */
  place: { path: string; line: number } | null
  owner: string
  due: string | null
  waiver: { until: string; by: string; reason: string } | null
}

export interface Review {
  lens: string
  atMs: number
  results: CheckResult[]
  counts: Record<CheckResult['state'], number>
}

interface Seen {
  isOk: boolean
  evidence: string
  place?: { path: string; line: number }
}

const staleMs = 30 * 86_400_000

/** Answers each check by the first evidence that says something; a person's answer counts where no machine sees, a waiver until its day. */
export async function review(lens: Lens, answers: Answers, sources: Sources): Promise<Review> {
  const today = new Date(sources.nowMs).toISOString().slice(0, 10)
  const results: CheckResult[] = []
  for (const check of lens.checks) results.push(await judge(check, answers, sources, today))
  const counts = { ok: 0, risk: 0, waived: 0, open: 0, 'not-applicable': 0 }
  for (const { state } of results) counts[state]++
  return { lens: lens.name, atMs: sources.nowMs, results, counts }
}

async function judge(check: Check, answers: Answers, sources: Sources, today: string): Promise<CheckResult> {
  const { id, pillar, risk, question, fix } = check
  const owned = answers.owners[id]
  const common = {
    id,
    pillar,
    risk,
    question,
    fix,
    owner: owned?.owner ?? answers.owner,
    due: owned?.due ?? null,
  }
  const waiver = answers.waivers.find((one) => one.id === id && one.until >= today) ?? null
  let seen: Seen | null = null
  for (const evidence of check.evidence) {
    const found = await look(evidence, sources)
    // One that says yes is enough; a no stands only where nothing says yes.
    if (found !== null && (seen === null || (found.isOk && !seen.isOk))) seen = found
  }
  const answer = answers.answers.find((one) => one.id === id)
  if (seen === null && answer !== undefined) {
    const said = `${answer.by} on ${answer.at}: ${answer.evidence}`
    if (answer.answer === 'not-applicable')
      return { ...common, state: 'not-applicable', evidence: said, by: 'person', place: null, waiver: null }
    seen = { isOk: answer.answer === 'yes', evidence: said }
    return { ...common, ...settled(seen, waiver), by: 'person' }
  }
  if (seen === null)
    return {
      ...common,
      state: waiver === null ? 'open' : 'waived',
      evidence: 'Nothing and nobody has answered.',
      by: 'nobody',
      place: null,
      waiver,
    }
  return { ...common, ...settled(seen, waiver), by: 'machine' }
}

function settled(
  seen: Seen,
  waiver: CheckResult['waiver'],
): Pick<CheckResult, 'state' | 'evidence' | 'place' | 'waiver'> {
  return {
    state: seen.isOk ? 'ok' : waiver === null ? 'risk' : 'waived',
    evidence: seen.evidence,
    place: seen.place ?? null,
    waiver:
      seen.isOk || waiver === null ? null : { until: waiver.until, by: waiver.by, reason: waiver.reason },
  }
}

/** What one source says; null where it says nothing. */
async function look(evidence: Evidence, { repository, measured, ask, nowMs }: Sources): Promise<Seen | null> {
  const { gameDay, load } = measured
  const recent = (atMs: number) => nowMs - atMs <= staleMs
  switch (evidence.kind) {
    case 'ask':
      return null
    case 'file': {
      const [path] = await repository.files(evidence.glob)
      return path === undefined
        ? { isOk: false, evidence: `No file fits ${evidence.glob}.` }
        : { isOk: true, evidence: path, place: { path, line: 1 } }
    }
    case 'text': {
      const place = await repository.find(evidence.glob, evidence.matches)
      if (place === null)
        return {
          isOk: evidence.isAbsent,
          evidence: `Nothing in ${evidence.glob} matches ${evidence.matches}.`,
        }
      return { isOk: !evidence.isAbsent, evidence: `${place.path}:${place.line}`, place }
    }
    case 'http': {
      const answer = await ask?.(evidence.path).catch(() => null)
      if (answer === undefined || answer === null) return null
      return {
        isOk: answer.status === evidence.status,
        evidence: `${evidence.path} answers ${answer.status}, wanted is ${evidence.status}.`,
      }
    }
    case 'header': {
      const answer = await ask?.(evidence.path).catch(() => null)
      if (answer === undefined || answer === null) return null
      const value = answer.headers.get(evidence.header)
      return {
        isOk: value !== null,
        evidence: `${evidence.path} answers ${value === null ? 'without' : 'with'} ${evidence.header}.`,
      }
    }
    case 'weakness': {
      if (gameDay === null || gameDay.made === 0 || !recent(gameDay.atMs)) return null
      const found = gameDay.findings.filter(({ kind }) => kind === evidence.weakness)
      return {
        isOk: found.length === 0,
        evidence:
          found.length === 0
            ? `Not found by ${gameDay.made} experiments of "${gameDay.name}" against ${gameDay.target}.`
            : found.map((one) => `${one.at}: ${one.evidence}`).join(' '),
      }
    }
    case 'game-day': {
      if (gameDay === null)
        return { isOk: false, evidence: 'There was no game day that went to its end, but of the demo.' }
      const said = `"${gameDay.name}" on ${new Date(gameDay.atMs).toISOString().slice(0, 10)}`
      if (evidence.is === 'ran') return { isOk: recent(gameDay.atMs), evidence: said }
      if (evidence.is === 'owner')
        return { isOk: gameDay.owner !== '', evidence: `${said}: ${gameDay.owner}` }
      return { isOk: gameDay.hasRecovered === true, evidence: said }
    }
    case 'load': {
      if (load === null) return { isOk: false, evidence: 'There was no load run.' }
      const said = `"${load.name}" on ${new Date(load.atMs).toISOString().slice(0, 10)}`
      return evidence.is === 'valid'
        ? { isOk: load.isValid && recent(load.atMs), evidence: said }
        : { isOk: load.isMet, evidence: said }
    }
  }
}

/** Whether a review lets a release pass: no high risk is left, be it found or not answered. */
export const passes = ({ results }: Review): boolean =>
  results.every(({ state, risk }) => risk !== 'high' || (state !== 'risk' && state !== 'open'))
