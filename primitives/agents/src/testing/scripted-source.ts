import { pinOf } from '../tools/pin.ts'
import type { CallContext, CheckOutcome, Tool, ToolCall, ToolOutcome, ToolSource } from '../tools/tool.ts'

export interface ScriptedTool extends Partial<Omit<Tool, 'name' | 'pin'>> {
  answer(call: ToolCall, context: CallContext): Promise<ToolOutcome> | ToolOutcome
  check?(call: ToolCall, context: CallContext): Promise<CheckOutcome> | CheckOutcome
}

/** A source whose tools answer by script and whose calls are kept; for tests and benches only. */
export interface ScriptedSource extends ToolSource {
  calls: { tool: string; args: Readonly<Record<string, unknown>>; key: string }[]
}

export function scriptedSource(name: string, tools: Readonly<Record<string, ScriptedTool>>): ScriptedSource {
  const calls: ScriptedSource['calls'] = []
  const listed = Object.entries(tools).map(([tool, script]): Tool => {
    const { input = { type: 'object' }, description = `The tool ${tool}.` } = script
    const described = { name: tool, description, input, ...(script.output ? { output: script.output } : {}) }
    return {
      ...described,
      effect: script.effect ?? 'none',
      takesKey: script.takesKey ?? false,
      canCheck: script.check !== undefined,
      pin: pinOf(described),
    }
  })
  return {
    name,
    calls,
    list: async () => listed,
    call: async (call, context) => {
      calls.push({ tool: call.tool.name, args: call.args, key: context.key })
      return await tools[call.tool.name]!.answer(call, context)
    },
    check: async (call, context) =>
      (await tools[call.tool.name]!.check?.(call, context)) ?? { state: 'unknown', message: 'no check' },
  }
}
