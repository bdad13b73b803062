import type { ChatMessage, ToolDefinition } from '@heavylift/models'
import { ModelError } from '@heavylift/models'
import { durationMs } from '../duration.ts'
import type { AskedCall, Usage } from '../entry.ts'
import type { Running } from '../running.ts'
import { nextWaitMs, waitUntil } from '../call.ts'
import { messageOf, StepFailed } from '../memory.ts'
import type { Step } from '../../definition/step.ts'

export interface Question {
  /** Where the answer is kept: `classify`, `solve#2`. */
  path: string
  /** Class of work, as the gateway's table routes it. */
  task: string
  messages: ChatMessage[]
  tools?: ToolDefinition[]
  schema?: Readonly<Record<string, unknown>>
  maxTokens?: number | undefined
  temperature?: number | undefined
  step: Pick<Step, 'retry' | 'timeout'>
}

export interface ModelAnswer {
  text: string
  calls: AskedCall[]
}

/**
 * The answer of a model: the one that was written, or a new one by the gateway, which routes, limits and meters it. Its cost is the one that the
 * gateway metered.
 * @throws StepFailed
 */
export async function askModel(run: Running, question: Question): Promise<ModelAnswer> {
  const { path, step } = question
  const memory = run.memory.of(path)
  if (memory.answer !== null)
    return {
      text: String(await run.deps.payloads.read(memory.answer.text)),
      calls: memory.answer.calls,
    }
  const attempts = step.retry?.attempts ?? 1
  let attempt = memory.again?.attempt ?? 0
  if (memory.again !== null) await waitUntil(run, `${path}~${attempt}`, memory.again.untilMs)
  for (;;) {
    try {
      return await askOnce(run, question)
    } catch (error) {
      if (run.cancelled.signal.aborted) throw error
      const failure = {
        code: ModelError.isInstance(error) ? error.code : 'model-failed',
        message: messageOf(error),
      }
      attempt++
      if (!(ModelError.isInstance(error) && error.isRetryable) || attempt >= attempts)
        throw error instanceof StepFailed ? error : new StepFailed(failure)
      const untilMs = run.deps.clock.nowMs() + nextWaitMs(step.retry, attempt)
      run.record(path, { kind: 'again', failure, attempt, untilMs })
      await waitUntil(run, `${path}~${attempt}`, untilMs)
    }
  }
}

async function askOnce(run: Running, question: Question): Promise<ModelAnswer> {
  const { path, task, messages, tools, schema, maxTokens, temperature, step } = question
  const { usdPerRun } = run.definition.limits
  if (usdPerRun !== undefined && run.memory.costMicros >= usdPerRun * 1e6)
    throw new StepFailed({
      code: 'run-over-budget',
      message: `This run has cost ${run.memory.costMicros / 1e6} US dollars, and it may cost ${usdPerRun}. Raise the limit of the agent, or ask for less.`,
    })
  const model = run.deps.models.forTask(task)
  if (model === null)
    throw new StepFailed({
      code: 'no-model',
      message: `No model is configured for "${task}". Add one under Models, or set a default there.`,
    })
  const timeout = step.timeout === undefined ? null : AbortSignal.timeout(durationMs(step.timeout))
  const signal = timeout === null ? run.cancelled.signal : AbortSignal.any([run.cancelled.signal, timeout])
  let text = ''
  const calls: AskedCall[] = []
  let usage: Usage | null = null
  let isWhole = false
  let costMicros: number | null = null
  try {
    for await (const part of model.complete(messages, {
      signal,
      tenantId: run.key.tenantId,
      onCost: (micros) => (costMicros = micros),
      ...(maxTokens === undefined ? {} : { maxTokens }),
      ...(temperature === undefined ? {} : { temperature }),
      ...(tools === undefined || tools.length === 0 ? {} : { tools }),
      ...(schema === undefined ? {} : { jsonSchema: { name: 'answer', schema } }),
    })) {
      if (part.type === 'text') text += part.text
      else if (part.type === 'tool-call')
        calls.push({ id: part.call.id, tool: part.call.name, arguments: part.call.arguments })
      else {
        isWhole = true
        usage = {
          costMicros: part.costMicros ?? 0,
          promptTokens: part.usage?.promptTokens ?? 0,
          completionTokens: part.usage?.completionTokens ?? 0,
        }
      }
    }
  } catch (error) {
    await spend(run, path, costMicros)
    if (timeout?.aborted === true)
      throw new StepFailed({
        code: 'model-timeout',
        message: 'The model has not answered within the time of the step.',
      })
    throw error
  }
  if (!isWhole) {
    await spend(run, path, costMicros)
    throw new StepFailed({ code: 'model-cut-off', message: 'The answer of the model was cut off.' })
  }
  // What is metered once the call is over has attempts in it that nobody got.
  if (usage !== null && costMicros !== null) usage.costMicros = costMicros
  run.record(path, { kind: 'answer', text: await run.keep(text), calls, model: model.name, usage })
  // An answer cost money: it is not asked for again.
  await run.durable()
  return { text, calls }
}

/** What is metered of an answer that nobody has is the run's cost all the same. */
async function spend(run: Running, path: string, costMicros: number | null): Promise<void> {
  if (costMicros === null || costMicros === 0) return
  run.record(path, { kind: 'spent', costMicros })
  await run.durable()
}
