import type { ChatMessage, ToolDefinition } from '@heavylift/models'
import type { Step } from '../../definition/step.ts'
import { findTool, makeCall } from '../call.ts'
import type { AskedCall } from '../entry.ts'
import type { Running, StepDone } from '../running.ts'
import { evaluateIn, fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'
import { askModel } from './ask-model.ts'
import { scopeOf } from '../../guard/guard-runs.ts'
import { stepPath, toolOrigin } from '../../guard/definition-origins.ts'
import { Hearing } from '../../guard/hearing.ts'
import { asText, readAnswer } from './model-step.ts'
import { asArguments, referenceOf } from './tool-step.ts'

type LoopStep = Extract<Step, { kind: 'loop' }>

/** What a model is told of a long answer; the whole is in the journal. */
const mostToolText = 20_000

/**
 * A model that works on a goal with tools, turn by turn. Each of its answers and each call is journalled at a path of its own (`solve#2`, `solve#2.0`), so a
 * crash costs at most the turn that was being written.
 */
export async function runLoopStep(
  run: Running,
  step: LoopStep,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const tools = await Promise.all(step.tools.map((id) => describeTool(run, id)))
  const messages: ChatMessage[] = []
  if (step.system !== undefined)
    messages.push({ role: 'system', content: asText(fillIn(run, step.system, scope, 'system')) })
  messages.push({ role: 'user', content: asText(fillIn(run, step.goal, scope, 'goal')) })
  const hearing = new Hearing(
    [step.goal, step.system ?? ''],
    scope,
    scopeOf(run.definition, run.row.trigger, stepPath(path)),
  )
  let calls = 0
  for (let turn = 1; turn <= step.maxTurns; turn++) {
    const at = `${path}#${turn}`
    const answer = await askModel(run, {
      path: at,
      task: step.model,
      messages,
      tools,
      step,
      ...(step.output === undefined ? {} : { schema: step.output }),
    })
    messages.push({
      role: 'assistant',
      content: answer.text,
      toolCalls: answer.calls.map(({ id, tool, arguments: args }) => ({ id, name: tool, arguments: args })),
    })
    const answers = await run.whileResting(() =>
      Promise.all(answer.calls.map((call, index) => answerCall(run, step, call, `${at}.${index}`, hearing))),
    )
    answer.calls.forEach(({ id }, index) =>
      messages.push({ role: 'tool', toolCallId: id, content: answers[index]!.text }),
    )
    // What the calls of one turn answered is read together, in their order.
    answers.forEach(({ heard }) => heard?.())
    calls += answer.calls.length
    const isOver =
      answer.calls.length === 0 ||
      (step.stop !== undefined &&
        evaluateIn(run, step.stop, { ...scope, turn, calls, text: answer.text }, 'stop') === true)
    if (isOver)
      return {
        output: step.output === undefined ? answer.text : await readAnswer(run, answer.text, step.output),
      }
  }
  throw new StepFailed({
    code: 'too-many-turns',
    message: `The goal was not reached in ${step.maxTurns} turns. Give it a smaller goal, better tools, or more turns.`,
  })
}

async function describeTool(run: Running, id: string): Promise<ToolDefinition> {
  const { tool } = await findTool(run, referenceOf(run, id))
  return { name: id, description: tool.description, parameters: tool.input }
}

/** What the model is told of its call. A call that failed is an answer too: it may choose another way. */
async function answerCall(
  run: Running,
  step: LoopStep,
  call: AskedCall,
  path: string,
  hearing: Hearing,
): Promise<{ text: string; heard?: () => void }> {
  try {
    if (!step.tools.includes(call.tool))
      throw new StepFailed({ code: 'tool-undeclared', message: `There is no tool "${call.tool}".` })
    let args: unknown
    try {
      args = JSON.parse(call.arguments === '' ? '{}' : call.arguments)
    } catch {
      throw new StepFailed({ code: 'arguments-misfit', message: 'The arguments are not JSON.' })
    }
    const given = asArguments(args)
    const reference = referenceOf(run, call.tool)
    const value = await run.whileWorking(() => makeCall(run, { path, reference, args: given, hearing, step }))
    const text = asText(value)
    return {
      text: text.length > mostToolText ? `${text.slice(0, mostToolText)}… (cut)` : text,
      heard() {
        const { verdict } = run.memory.of(path)
        if (verdict?.verdict === 'ask') hearing.approved(verdict, given)
        hearing.heard(reference.id, toolOrigin(run.definition, reference.id), given, value)
      },
    }
  } catch (error) {
    if (error instanceof StepFailed && !['tool-changed', 'run-cancelled'].includes(error.failure.code)) {
      const { failure } = error
      return {
        text: JSON.stringify({ error: failure }),
        heard() {
          const { verdict } = run.memory.of(path)
          if (failure.code === 'approval-refused' && verdict !== null) hearing.refused(verdict)
          // The message may quote the other end.
          hearing.heard(call.tool, 'outside', {}, failure.message)
        },
      }
    }
    throw error
  }
}
