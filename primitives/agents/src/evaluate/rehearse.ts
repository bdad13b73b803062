import { isDeepStrictEqual } from 'node:util'
import type { AgentDefinition } from '../definition/definition.ts'
import type { ExecutionDeps } from '../run/deps.ts'
import { StepFailed } from '../run/memory.ts'
import type { WaitRow } from '../run/run-row.ts'
import type { Tool, ToolCall, ToolOutcome, ToolSource } from '../tools/tool.ts'
import type { RecordedCall, Recording } from './recording.ts'
import { doesSame } from './same-call.ts'
import type { Change } from './verdict.ts'

/**
 * What a run of a case works with. It changes nothing outside: calls with an effect, people's answers, events and called agents are those of
 * the recording, and one that is not in it fails the case. Calls without an effect are asked for only where the recording has none of the
 * same arguments. Models are asked anew: they are what is tried.
 */
export function rehearsalDeps(
  deps: ExecutionDeps,
  definition: AgentDefinition,
  recording: Recording,
  change: Change,
): ExecutionDeps {
  const left = [...recording.calls]
  return {
    ...deps,
    sources: {
      async findTool(from, name, context) {
        const { source, tool } = await deps.sources.findTool(from, name, context)
        const isTried = change.tool?.from === from && change.tool.tool === name
        const pin = isTried ? pinIn(definition, from, name) : undefined
        return {
          tool: pin === undefined ? tool : { ...tool, pin },
          source: rehearsedSource(source, left, isTried),
        }
      },
    },
    models: {
      forTask: (task) => deps.models.forTask(change.model?.route === task ? change.model.with : task),
      embedder: () => deps.models.embedder(),
    },
    rehearsed: (path, kind) => answerAt(recording, path, kind),
    onToolChanged: () => Promise.resolve(),
  }
}

function pinIn(definition: AgentDefinition, from: string, name: string): string | undefined {
  return definition.tools.find((tool) => tool.from === from && tool.tool === name)?.pin
}

function rehearsedSource(source: ToolSource, left: RecordedCall[], isTried: boolean): ToolSource {
  return {
    name: source.name,
    list: (context) => source.list(context),
    async call(call, context) {
      const isRead = call.tool.effect === 'none'
      const recorded = isRead && isTried ? null : takeCall(left, call)
      if (recorded !== null) return recorded
      return isRead ? await source.call(call, context) : notRehearsed(call)
    },
  }
}

/**
 * The next recorded call that does the same; one of the very same arguments before others. What was read last is read again as often as one
 * likes; an effect is had as often as it was.
 */
function takeCall(left: RecordedCall[], { source, tool, args }: ToolCall): ToolOutcome | null {
  const ofTool = (call: RecordedCall): boolean => call.source === source && call.tool === tool.name
  const isEqual = (call: RecordedCall): boolean => ofTool(call) && isDeepStrictEqual(call.args, args)
  let at = left.findIndex(isEqual)
  if (at < 0 && tool.effect !== 'none')
    at = left.findIndex((call) => ofTool(call) && doesSame(tool.input, call.args, args))
  if (at < 0) return null
  const { outcome } = left[at]!
  if (tool.effect !== 'none' || left.findLastIndex(isEqual) > at) left.splice(at, 1)
  return outcome.state === 'done' ? outcome : { state: 'failed', ...outcome.failure, isRetryable: true }
}

function notRehearsed({ tool, args }: { tool: Tool; args: ToolCall['args'] }): ToolOutcome {
  return {
    state: 'failed',
    code: 'not-rehearsed',
    message: `It would call ${tool.name} with ${JSON.stringify(args).slice(0, 500)}, which the run of this case did not. Cases change nothing outside.`,
    isRetryable: false,
  }
}

/** Times are over at once; people, events and called agents answer what they answered. */
function answerAt(
  { answers }: Recording,
  path: string,
  kind: WaitRow['kind'],
): Pick<WaitRow, 'answer' | 'answered_by'> {
  const found = answers.find((each) => each.path === path && each.kind === kind)
  if (found !== undefined) return { answer: found.answer, answered_by: found.by }
  if (kind === 'time') return { answer: null, answered_by: 'time' }
  const whom = kind === 'event' ? 'for an event' : kind === 'run' ? 'for another agent' : 'for a person'
  throw new StepFailed({
    code: 'not-rehearsed',
    message: `It would wait ${whom} here, which the run of this case did not.`,
  })
}
