import type { ChatMessage } from '@heavylift/models'
import type { Step } from '../../definition/step.ts'
import type { Running, StepDone } from '../running.ts'
import { fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'
import { askModel } from './ask-model.ts'

export async function runModelStep(
  run: Running,
  step: Extract<Step, { kind: 'model' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const messages: ChatMessage[] = []
  if (step.system !== undefined)
    messages.push({ role: 'system', content: asText(fillIn(run, step.system, scope, 'system')) })
  messages.push({ role: 'user', content: asText(fillIn(run, step.prompt, scope, 'prompt')) })
  const { text } = await askModel(run, {
    path,
    task: step.model,
    messages,
    step,
    maxTokens: step.maxTokens,
    temperature: step.temperature,
    ...(step.output === undefined ? {} : { schema: step.output }),
  })
  return { output: step.output === undefined ? text : await readAnswer(run, text, step.output) }
}

/** The JSON of an answer, with or without a fence around it. @throws StepFailed `answer-misfit` */
export async function readAnswer(
  run: Running,
  text: string,
  schema: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const bare = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text
  let value: unknown
  let misfit: string | null = null
  try {
    value = JSON.parse(bare)
  } catch {
    misfit = 'it is not JSON'
  }
  misfit ??= await run.deps.misfit(schema, value)
  if (misfit === null) return value
  throw new StepFailed({
    code: 'answer-misfit',
    message: `The model's answer does not fit the step's output: ${misfit}. Say in the prompt what is expected, or take a model that keeps to schemas.`,
  })
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null)
}
