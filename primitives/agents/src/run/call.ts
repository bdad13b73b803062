import { createHash } from 'node:crypto'
import { sleep } from '@heavylift/core/async'
import type { ToolReference } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import { callSource, checkSource } from '../tools/call-tool.ts'
import type { Hearing } from '../guard/hearing.ts'
import { from } from '../guard/origins.ts'
import type { Origin } from '../guard/origins.ts'
import { sourceSilent } from '../tools/tool-sources.ts'
import type { CallContext, Tool, ToolAnswers, ToolAsks, ToolOutcome, ToolSource } from '../tools/tool.ts'
import { callAgent } from './call-agent.ts'
import { durationMs } from './duration.ts'
import type { Failure } from './entry.ts'
import type { Running } from './running.ts'
import { mostSatOutMs } from './running.ts'
import { failureOf, isOutage, StepFailed } from './memory.ts'

export interface PlannedCall {
  /** Where it stands in the run: `charge`, `solve#2.0`. */
  path: string
  reference: ToolReference
  args: Readonly<Record<string, unknown>>
  /** What the model has read that chose the call; absent where a step wired it. */
  hearing?: Hearing
  step: Pick<Step, 'retry' | 'timeout'>
}

/** How often a call with an effect is repeated with its key before somebody is asked. */
const mostLost = 3

/** The same for every attempt at the same call, and for no other one. */
export function keyOf(tenantId: string, runId: string, path: string): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, runId, path]))
    .digest('base64url')
}

/**
 * Makes one call so that its effect happens at most once, whatever dies: the intent is durable before it, the outcome after it. Found again
 * with an intent and no outcome, it is repeated only where that changes nothing: the tool has no effect, or takes the key.
 * Otherwise the tool's check says, or a person.
 * @throws StepFailed when the call failed for good
 */
export async function makeCall(run: Running, planned: PlannedCall): Promise<unknown> {
  const { path, reference, step } = planned
  const memory = run.memory.of(path)
  if (memory.outcome?.state === 'done')
    return await run.deps.payloads.read(memory.outcome.value ?? { value: null })
  if (memory.intent === null) refuseStopped(run, reference)
  const { source, tool } = await findAnsweringTool(run, planned)
  await passPolicy(run, planned, tool)
  if (source.agent !== undefined) return await callAgentTool(run, planned, source.agent, tool)
  const attempts = step.retry?.attempts ?? 1
  let lost = 0
  let attempt = memory.again?.attempt ?? 0
  if (memory.again !== null) await waitUntil(run, `${path}~${attempt}`, memory.again.untilMs)
  for (;;) {
    const isInDoubt = memory.intent !== null && (memory.outcome === null || memory.outcome.state === 'lost')
    if (isInDoubt) {
      const known = await settleDoubt(run, planned, source, tool, lost)
      if (known !== 'repeat') return known.value
    } else if (memory.outcome?.state === 'failed' && (!memory.outcome.isRetryable || attempt >= attempts))
      throw new StepFailed(memory.outcome.failure!)
    refuseStopped(run, reference)
    const answers = await answersTo(run, planned)
    const outcome = await callOnce(run, planned, source, tool, answers)
    if (outcome.state === 'done') return outcome.value
    if (outcome.state === 'asks') continue
    const failure = { code: outcome.code, message: outcome.message }
    if (outcome.state === 'failed') {
      attempt++
      if (!outcome.isRetryable || attempt >= attempts) throw new StepFailed(failure)
      await waitForNext(run, path, step, failure, attempt)
      continue
    }
    lost++
    if (tool.effect === 'none') {
      attempt++
      if (attempt >= attempts) throw new StepFailed(failure)
    }
    await waitForNext(run, path, step, failure, attempt)
  }
}

/** @throws StepFailed `tool-stopped` */
function refuseStopped(run: Running, reference: ToolReference): void {
  const failure = run.deps.stops?.ofCall(run.key.tenantId, reference) ?? null
  if (failure !== null) throw new StepFailed(failure)
}

/** The call of a tool that is another agent: journalled as any other, with the other's run in the place of an answer. */
async function callAgentTool(
  run: Running,
  { path, reference, args }: PlannedCall,
  agent: string,
  { name, effect }: Tool,
): Promise<unknown> {
  const memory = run.memory.of(path)
  if (memory.outcome?.state === 'failed') throw new StepFailed(memory.outcome.failure!)
  const { tenantId, runId } = run.key
  if (memory.intent === null)
    run.record(path, {
      kind: 'intent',
      call: {
        source: reference.from,
        tool: name,
        effect,
        key: keyOf(tenantId, runId, path),
        args: await run.keep(args),
      },
    })
  // What the policy found of each argument; of one that it found nothing of, nothing is known.
  const origins = Object.fromEntries(
    Object.entries(memory.verdict?.origins ?? {}).map(([name, own]) => [name, { own: own as Origin[] }]),
  )
  try {
    const value = await callAgent(run, {
      path,
      agent,
      version: null,
      input: args,
      origins:
        memory.verdict?.origins === undefined ? from('outside') : { own: ['definition'], parts: origins },
    })
    run.record(path, { kind: 'outcome', state: 'done', value: await run.keep(value) })
    return value
  } catch (error) {
    if (error instanceof StepFailed && error.failure.code !== 'run-cancelled')
      run.record(path, { kind: 'outcome', state: 'failed', failure: error.failure, isRetryable: false })
    throw error
  }
}

/** A tool as it was chosen. @throws StepFailed where it is gone or has changed */
export async function findTool(
  run: Running,
  reference: ToolReference,
): Promise<{ source: ToolSource; tool: Tool }> {
  const { deps, key } = run
  const context = {
    tenantId: key.tenantId,
    credential: reference.credential ?? null,
    signal: run.cancelled.signal,
  }
  let found
  try {
    found = await deps.sources.findTool(reference.from, reference.tool, context)
  } catch (error) {
    if (isOutage(error)) throw error
    throw new StepFailed(failureOf(error))
  }
  if (reference.pin !== undefined && reference.pin !== found.tool.pin) {
    await deps.onToolChanged(key.tenantId, reference, found.tool)
    throw new StepFailed({
      code: 'tool-changed',
      message: `The tool ${reference.tool} of ${reference.from} is not what it was when this version was published. Look at the difference under Tools, and take it as it is there.`,
    })
  }
  if (reference.pin !== undefined) await deps.keepTool?.(key.tenantId, reference.from, [found.tool])
  return found
}

/** A source that does not say what it has is asked again as the step says: nothing was called yet. */
async function findAnsweringTool(
  run: Running,
  { path, reference, step }: PlannedCall,
): Promise<{ source: ToolSource; tool: Tool }> {
  const attempts = step.retry?.attempts ?? 1
  for (let attempt = run.memory.of(path).again?.attempt ?? 0; ;) {
    try {
      return await findTool(run, reference)
    } catch (error) {
      if (!(error instanceof StepFailed) || error.failure.code !== sourceSilent || ++attempt >= attempts)
        throw error
      await waitForNext(run, path, step, error.failure, attempt)
    }
  }
}

/** Before the call is intended: what is allowed, asked or refused is outside the model's reach. */
async function passPolicy(run: Running, planned: PlannedCall, tool: Tool): Promise<void> {
  const { path, reference, args, hearing } = planned
  const memory = run.memory.of(path)
  if (memory.intent !== null) return
  const misfit = await run.deps.misfit(tool.input, args)
  if (misfit !== null)
    throw new StepFailed({
      code: 'arguments-misfit',
      message: `The arguments do not fit the tool ${reference.id}: ${misfit}`,
    })
  let verdict = memory.verdict
  if (verdict === null) {
    const { definition, key } = run
    const judged = await run.deps.judge({
      ...key,
      definition,
      path,
      reference,
      tool,
      args,
      version: run.row.version,
      started: run.row.trigger,
      ...(hearing === undefined ? {} : { hearing }),
    })
    const { rule = '', because = '', found, origins, sameness, deed } = judged
    const rests = {
      ...(found && { found }),
      ...(origins && { origins }),
      ...(deed && { sameness: sameness ?? null, deed }),
    }
    verdict = { kind: 'verdict', verdict: judged.verdict, rule, because, ...rests }
    // That a step may look at what it always looks at is no news.
    if (judged.verdict !== 'allow' || hearing !== undefined || tool.effect !== 'none')
      run.record(path, verdict)
    if (judged.verdict === 'ask') await askVerdict(run, planned, because, judged.who ?? ['owner'])
  } else if (verdict.verdict === 'ask') await askVerdict(run, planned, verdict.because, ['owner'])
  if (verdict.verdict === 'refuse')
    throw new StepFailed({
      code: 'policy-refused',
      message: `The policy refused the call of ${reference.id} (${verdict.rule}): ${verdict.because}`,
    })
}

async function askVerdict(
  run: Running,
  { path, reference, args }: PlannedCall,
  because: string,
  who: readonly string[],
): Promise<void> {
  const { answer } = await run.wait(`${path}?`, {
    kind: 'verdict',
    until_ms: run.deps.clock.nowMs() + 3 * 86_400_000,
    question: {
      who: [...who],
      ask: `May ${run.definition.title} call ${reference.tool} of ${reference.from}? ${because}`,
      show: args,
      choices: ['approved', 'refused'],
      late: 'refused',
    },
  })
  if (choiceOf(answer) !== 'approved')
    throw new StepFailed({
      code: 'approval-refused',
      message: `Nobody approved the call of ${reference.id}: ${because}`,
    })
}

/** How often a tool may ask before it is given up. */
const mostAsks = 10

/** How long people have for what a tool asks. */
const askedForMs = 3 * 86_400_000

/** What people answer to what the call has asked last; the run may rest meanwhile. Undefined where it has asked nothing. */
async function answersTo(run: Running, { path, reference }: PlannedCall): Promise<ToolAnswers | undefined> {
  const { asks } = run.memory.of(path)
  const last = asks.at(-1)
  if (last === undefined) return undefined
  if (asks.length > mostAsks)
    throw new StepFailed({
      code: 'tool-asks-on',
      message: `The tool ${reference.id} asked ${mostAsks} times and did not come to an end.`,
    })
  const asked = (await run.deps.payloads.read(last.value ?? { value: null })) as ToolAsks
  const answers: Record<string, ToolAnswers['answers'][string]> = {}
  for (const [at, [key, { message, form, url }]] of Object.entries(asked.questions).entries()) {
    const { answer, answered_by: by } = await run.wait(`${path}?${asks.length}.${at}`, {
      kind: 'approval',
      until_ms: run.deps.clock.nowMs() + askedForMs,
      question: {
        who: ['owner'],
        ask: `${reference.tool} of ${reference.from} asks: ${message.slice(0, 2_000)}`,
        ...(form === undefined ? {} : { form }),
        ...(url === undefined ? {} : { url }),
        choices: ['accept', 'decline'],
        late: 'cancel',
      },
    })
    const isAccepted = by !== 'time' && choiceOf(answer) === 'accept'
    answers[key] = isAccepted
      ? {
          action: 'accept',
          ...(form === undefined ? {} : { content: (valueOf(answer) ?? {}) as Record<string, unknown> }),
        }
      : { action: by === 'time' ? 'cancel' : 'decline' }
  }
  return { answers, ...(asked.state === undefined ? {} : { state: asked.state }) }
}

/** What to do with a call that may have happened. `repeat` where that is safe, or where it is known that it did not. */
async function settleDoubt(
  run: Running,
  planned: PlannedCall,
  source: ToolSource,
  tool: Tool,
  lost: number,
): Promise<'repeat' | { value: unknown }> {
  const { path, reference } = planned
  // Of what is stopped nothing is asked any more: a person says.
  const isStopped = run.deps.stops?.ofCall(run.key.tenantId, reference) != null
  const mayRepeat = tool.effect === 'none' || (tool.takesKey && !isStopped)
  if (mayRepeat && (tool.effect === 'none' || lost < mostLost)) return 'repeat'
  if (tool.canCheck && !isStopped) {
    const found = await checkSource(
      source,
      { source: source.name, tool, args: planned.args },
      contextOf(run, planned),
    )
    if (found.state === 'done') return { value: await happenedAfterAll(run, path, found.value) }
    if (found.state === 'not-done') {
      forget(run, path)
      return 'repeat'
    }
  }
  const { answer } = await run.wait(`${path}!${run.memory.of(path).intents}`, {
    kind: 'uncertain',
    question: {
      who: ['owner'],
      ask: `Did the call of ${reference.tool} (${reference.from}) take place? ${whyInDoubt(run.memory.of(path).outcome?.failure)} The tool cannot tell.`,
      show: planned.args,
      choices: ['happened', 'not-done', 'give-up'],
      late: 'give-up',
    },
  })
  const choice = choiceOf(answer)
  if (choice === 'happened') return { value: await happenedAfterAll(run, path, valueOf(answer)) }
  if (choice === 'not-done') {
    forget(run, path)
    return 'repeat'
  }
  const failure: Failure = {
    code: 'outcome-unknown',
    message: `Whether the call of ${reference.id} took place is not known, and it was given up.`,
  }
  run.record(path, { kind: 'outcome', state: 'failed', failure, isRetryable: false })
  throw new StepFailed(failure)
}

/** What is known of a call whose answer nobody has. */
function whyInDoubt(failure: Failure | undefined): string {
  if (failure === undefined) return 'The process that made it ended before the answer was written down.'
  return `Its answer was lost: ${/[.!?]$/.test(failure.message) ? failure.message : `${failure.message}.`}`
}

async function happenedAfterAll(run: Running, path: string, value: unknown): Promise<unknown> {
  run.record(path, { kind: 'outcome', state: 'done', value: await run.keep(value ?? null) })
  return value ?? null
}

/** It did not take place: the next call is a first one. */
function forget(run: Running, path: string): void {
  run.record(path, {
    kind: 'outcome',
    state: 'failed',
    isRetryable: true,
    failure: { code: 'did-not-happen', message: 'The call did not take place.' },
  })
}

async function callOnce(
  run: Running,
  planned: PlannedCall,
  source: ToolSource,
  tool: Tool,
  answers: ToolAnswers | undefined,
): Promise<ToolOutcome> {
  run.cancelled.signal.throwIfAborted()
  const { path, args } = planned
  const context = contextOf(run, planned)
  const kept = await run.keep(args)
  run.record(path, {
    kind: 'intent',
    call: { source: source.name, tool: tool.name, effect: tool.effect, key: context.key, args: kept },
  })
  // What changes nothing needs no promise: found without an outcome it is simply called again.
  if (tool.effect !== 'none') await run.durable()
  const watch = run.deps.stops?.watch(run.key.tenantId, planned.reference)
  const signal = watch === undefined ? context.signal : AbortSignal.any([context.signal, watch.signal])
  const outcome = await callSource(
    source,
    { source: source.name, tool, args },
    {
      ...context,
      signal,
      ...(answers === undefined ? {} : { answers }),
    },
  )
  watch?.done()
  run.deps.noteUse?.(run.key.tenantId, source.name, tool.name, outcome)
  if (outcome.state === 'done') {
    run.record(path, { kind: 'outcome', state: 'done', value: await run.keep(outcome.value) })
    return outcome
  }
  if (outcome.state === 'asks') {
    run.record(path, { kind: 'outcome', state: 'asks', value: await run.keep(outcome.asked) })
    // Its answers lead on from this state: it must be there when the run comes back.
    await run.durable()
    return outcome
  }
  const { state, code, message } = outcome
  run.record(path, {
    kind: 'outcome',
    state,
    failure: { code, message },
    ...(outcome.state === 'failed' ? { isRetryable: outcome.isRetryable } : {}),
  })
  return outcome
}

function contextOf(
  run: Running,
  { path, reference, step }: PlannedCall,
): CallContext & { timeoutMs: number } {
  const { key, row, deps } = run
  const { verdict } = run.memory.of(path)
  return {
    ...(verdict?.origins ? { origins: [...new Set(Object.values(verdict.origins).flat())] } : {}),
    tenantId: key.tenantId,
    credential: reference.credential ?? null,
    signal: run.cancelled.signal,
    key: keyOf(key.tenantId, key.runId, path),
    caller: { agent: row.agent, version: row.version, runId: row.id, path, depth: row.depth },
    maxAnswerBytes: deps.maxAnswerBytes,
    timeoutMs: step.timeout === undefined ? deps.toolTimeoutMs : durationMs(step.timeout),
  }
}

async function waitForNext(
  run: Running,
  path: string,
  step: PlannedCall['step'],
  failure: Failure,
  attempt: number,
): Promise<void> {
  const waitMs = nextWaitMs(step.retry, attempt)
  const untilMs = run.deps.clock.nowMs() + waitMs
  run.record(path, { kind: 'again', failure, attempt, untilMs })
  await waitUntil(run, `${path}~${attempt}`, untilMs)
}

/** Milliseconds before the try after so many that failed. */
export function nextWaitMs(retry: Step['retry'], attempt: number): number {
  const first = retry === undefined ? 500 : durationMs(retry.firstWait)
  return first * (retry?.factor ?? 2) ** Math.max(0, attempt - 1)
}

/** Sits out a short wait; the run rests through a long one. */
export async function waitUntil(run: Running, path: string, untilMs: number): Promise<void> {
  const leftMs = untilMs - run.deps.clock.nowMs()
  if (leftMs <= 0) return
  if (leftMs <= mostSatOutMs) {
    await sleep(leftMs, run.cancelled.signal)
    run.cancelled.signal.throwIfAborted()
    return
  }
  await run.wait(path, { kind: 'time', until_ms: untilMs })
}

/** What was chosen of a question's choices. */
export function choiceOf(answer: unknown): string {
  return typeof answer === 'object' && answer !== null && 'choice' in answer ? String(answer.choice) : ''
}

function valueOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : null
}
