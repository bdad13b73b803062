import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import type { Fact } from '../facts/fact.ts'
import type { Service } from './ask-service.ts'
import { writeOut } from './base-request.ts'
import type { Draft, Written } from './base-request.ts'
import type { Means } from './means.ts'
import { trialsOf } from './trials.ts'
import type { Trial } from './trials.ts'

/**
 * `holds`: the answer was as said. `contradicted`: it was another, in the case in which the spec says this one. `not reached`: the
 * same request without what was tried is answered so too, so something before it decides. `not tried`: no request can be made for it.
 */
export const claimVerdicts = ['holds', 'contradicted', 'not reached', 'not tried'] as const

export interface Tried extends Omit<Trial, 'draft'> {
  verdict: (typeof claimVerdicts)[number]
  request: Written | null
  answer: { status: number; text: string } | null
  /** Status of the request that fits, from which this one differs in what is tried. */
  fitting: number | null
}

export interface TriedClaims {
  claims: Tried[]
  /** Answers that came and that nothing of the operation says. */
  untold: { operation: string; status: number; request: Written; text: string }[]
}

const order = ['GET', 'HEAD', '*', 'POST', 'PUT', 'PATCH', 'DELETE']
/** Of what an answer says is kept as much. */
const maxKept = 2000

/**
 * Tries the claims of a spec against a running service: first what is to be refused, then what is to be done, and what takes away last.
 * It changes what the service keeps.
 * @throws InvalidInputError `service-not-there`
 */
export async function tryClaims(
  service: Service,
  facts: readonly Fact[],
  means: Means,
  report: ReportProgress,
): Promise<TriedClaims> {
  const { subjects, trials } = trialsOf(facts, means)
  const answers = new Map<string, Answer>()
  const silent = new Map<string, string>()
  const keyOf = (request: Written) => JSON.stringify(request)
  const ask = async (request: Written) => {
    const key = keyOf(request)
    const known = answers.get(key)
    if (known || silent.has(key)) return known ?? null
    const given = await service.ask(request).catch((error: unknown) => {
      // One that answered before is there; a request that it does not answer is no end of the others.
      if (answers.size === 0 || !(error instanceof InvalidInputError)) throw error
      silent.set(key, error.message)
      return null
    })
    if (!given) return null
    const answer = { status: given.status, text: given.text.slice(0, maxKept) }
    answers.set(key, answer)
    return answer
  }
  const fits = new Map(subjects.map(({ title, fit }) => [title, fit]))
  const rank = ({ operation, draft, kind }: Trial) => {
    const isFit = draft !== null && isSame(draft, fits.get(operation))
    const method = order.indexOf(operation.split(' ')[0] ?? '')
    return (isFit || kind === 'answer' ? 100 + method : 0) + method / 10
  }
  const requests = new Map<Trial, Written>()
  const queue = trials.filter(({ draft }) => draft !== null).toSorted((a, b) => rank(a) - rank(b))
  for (const [done, trial] of queue.entries()) {
    report({ stage: 'trying', done, total: queue.length, unit: 'claims' })
    const request = writeOut(trial.draft as Draft)
    requests.set(trial, request)
    await ask(request)
  }
  const unrouted = new Map<string, Answer | null>()
  for (const { operation, fit } of subjects) {
    const request = writeOut({
      ...fit,
      operation: { ...operation, path: `${folderOf(operation.path)}/heavylift-nowhere/at/all` },
    })
    unrouted.set(operation.id, await ask(request))
  }
  const claims = trials.map((trial): Tried => {
    const { draft, ...said } = trial
    const request = requests.get(trial) ?? null
    const answer = request ? (answers.get(keyOf(request)) ?? null) : null
    const fit = fits.get(trial.operation)
    const fitting =
      fit && !means.leaveOut.includes(trial.operation) ? (answers.get(keyOf(writeOut(fit))) ?? null) : null
    const subject = subjects.find(({ title }) => title === trial.operation)
    const nowhere = subject ? unrouted.get(subject.operation.id) : undefined
    const verdict =
      request && answer && draft
        ? judge(trial, request, answer, isSame(draft, fit) ? null : fitting, nowhere ?? null)
        : 'not tried'
    const why = request && !answer ? (silent.get(keyOf(request)) ?? said.why) : said.why
    return { ...said, why, verdict, request, answer, fitting: fitting?.status ?? null }
  })
  return { claims, untold: untoldOf(facts, claims) }
}

interface Answer {
  status: number
  text: string
}

const isSentAway = ({ status }: Answer) => status >= 300 && status < 400

// A server that breaks over what does not fit, and not over what fits, refuses it as well; so does one that sends to a login whom a guard does not let pass, and not others.
const refusesOtherwise = (kind: Trial['kind'], answer: Answer, fitting: Answer | null): boolean =>
  fitting !== null &&
  fitting.status !== answer.status &&
  ((kind === 'parameter' && answer.status >= 500) || (kind === 'guard' && isSentAway(answer)))

/** What an answer says of a claim. `fitting`: how the request that fits was answered, null where it is the one that was tried. */
export function judge(
  { kind, expects, fields, message, isPresumed }: Trial,
  request: Written,
  answer: Answer,
  fitting: Answer | null,
  nowhere: Answer | null,
): Tried['verdict'] {
  if (expects === 'routed') {
    if (answer.status !== 404 && answer.status !== 405) return 'holds'
    if (answer.status === 405) return 'contradicted'
    return nowhere && nowhere.status === 404 && plain(answer.text) === plain(nowhere.text)
      ? 'contradicted'
      : 'holds'
  }
  const isSo =
    expects === 'refused'
      ? (answer.status >= 400 && answer.status < 500) || refusesOtherwise(kind, answer, fitting)
      : answer.status === expects
  const saysSo = message !== '' && message.split('…').every((part) => answer.text.includes(part.trim()))
  if (isSo && fields.length > 0 && !hasFields(answer.text, fields)) return 'contradicted'
  // Refused alike without what was tried: that says nothing, but where the text is the one that was said.
  const isRefused = fitting !== null && fitting.status >= 400
  if (isSo)
    return isRefused && fitting.status === answer.status && fitting.text === answer.text && !saysSo
      ? 'not reached'
      : 'holds'
  if (isRefused && fitting.status === answer.status) return 'not reached'
  // Who is sent elsewhere as everybody is was refused nothing that is seen.
  if (kind === 'guard' && isSentAway(answer) && fitting?.status === answer.status) return 'not reached'
  return isPresumed ||
    (fitting === null &&
      answer.status >= 400 &&
      answer.status < 500 &&
      typeof expects === 'number' &&
      expects < 400)
    ? 'not reached'
    : 'contradicted'

  function plain(text: string) {
    return text
      .replaceAll(request.path, '')
      .replaceAll(/\/[^\s"'<>]*heavylift-nowhere[^\s"'<>]*/g, '')
      .replaceAll(/\d{2,}/g, '')
  }
}

function hasFields(text: string, fields: readonly string[]): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && fields.every((name) => Object.hasOwn(value, name))
  } catch {
    // What was cut is not read.
    return text.length >= maxKept
  }
}

function untoldOf(facts: readonly Fact[], claims: readonly Tried[]): TriedClaims['untold'] {
  const said = new Map<string, Set<number>>()
  for (const fact of facts)
    if (
      fact.kind === 'error' ||
      fact.kind === 'response' ||
      (fact.kind === 'guard' && fact.status !== undefined)
    )
      said.set(fact.operation, (said.get(fact.operation) ?? new Set()).add(fact.status ?? 0))
  const ids = new Map(
    claims.filter(({ kind }) => kind === 'operation').map(({ operation, fact }) => [operation, fact]),
  )
  const untold = new Map<string, TriedClaims['untold'][number]>()
  // What is not there answers nothing of its own.
  const unrouted = new Set(
    claims
      .filter(({ kind, verdict }) => kind === 'operation' && verdict === 'contradicted')
      .map(({ operation }) => operation),
  )
  for (const { operation, request, answer } of claims) {
    if (
      unrouted.has(operation) ||
      !request ||
      !answer ||
      said.get(ids.get(operation) ?? '')?.has(answer.status)
    )
      continue
    untold.set(`${operation} ${answer.status}`, {
      operation,
      status: answer.status,
      request,
      text: answer.text.slice(0, 200),
    })
  }
  return [...untold.values()]
}

const isSame = (a: Draft, b: Draft | undefined) =>
  b !== undefined && JSON.stringify(writeOut(a)) === JSON.stringify(writeOut(b))

/** Path up to its first parameter, without its last part. */
const folderOf = (path: string) =>
  (path.split('{')[0] ?? '').replace(/\/[^/]*$/, '').replace(/\/[^/]*$/, path.includes('{') ? '' : '$&')
