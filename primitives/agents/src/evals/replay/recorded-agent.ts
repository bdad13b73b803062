import type { Complete } from '@heavylift/models'
import { act, check } from '../../benches/kill/effect-server.ts'
import { guessEffect } from '../../guard/meaning.ts'
import { scriptedSource } from '../../testing/scripted-source.ts'
import type { ScriptedTool } from '../../testing/scripted-source.ts'
import type { ToolSource } from '../../tools/tool.ts'
import type { Suite } from '../injection/suite.ts'
import { World } from '../injection/world.ts'

/** An agent that makes the recorded calls of a suite's task, one in each turn of a tool loop. Its input names the task. */
export function recordedAgent(suite: Suite): object {
  return {
    schema: 'heavylift.agent/1',
    name: agentName(suite),
    title: suite.suite,
    input: { type: 'object', properties: { task: { type: 'string' } }, required: ['task'] },
    tools: suite.tools.map(({ name }) => ({ id: toolId(name), from: sourceName(suite), tool: name })),
    steps: [
      {
        id: 'solve',
        kind: 'loop',
        goal: '${input.task}',
        tools: suite.tools.map(({ name }) => toolId(name)),
        maxTurns: Math.max(2, ...suite.userTasks.map(({ calls }) => calls.length + 1)),
      },
    ],
    result: '${steps.solve.output}',
  }
}

export const agentName = ({ suite }: Suite): string => `recorded-${slug(suite)}`
export const taskName = ({ suite }: Suite, task: string): string => `${suite} ${task}`
export const sourceName = ({ suite }: Suite): string => `suite-${slug(suite)}`
const toolId = (name: string): string => slug(name).replaceAll('-', '_')
const slug = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** A model that calls what was recorded, whatever it is told. */
export function recordedModel(suites: readonly Suite[]): Complete {
  const tasks = new Map(
    suites.flatMap((suite) => suite.userTasks.map((task) => [taskName(suite, task.id), task.calls] as const)),
  )
  return async function* (messages) {
    const turn = messages.filter(({ role }) => role === 'assistant').length
    const call = tasks.get(messages.find(({ role }) => role === 'user')?.content ?? '')?.[turn]
    if (call === undefined) yield { type: 'text', text: 'done' }
    else
      yield {
        type: 'tool-call',
        call: { id: `c${turn}`, name: toolId(call.tool), arguments: JSON.stringify(call.args) },
      }
    yield { type: 'done', finishReason: 'stop', usage: null }
  }
}

/** The tools of a suite: what reads is answered from its environment, what changes something goes to the world outside. Half of these take a key, the others can be asked whether it happened. */
export function suiteSource(suite: Suite, world: string): ToolSource {
  const store = new World(suite)
  const tools = suite.tools.map((tool, at): [string, ScriptedTool] => {
    const { name, description, parameters: input, effect = guessEffect(tool) } = tool
    if (effect === 'none')
      return [
        name,
        {
          description,
          input,
          answer: ({ args }) => ({ state: 'done', value: store.answer({ tool: name, args }) }),
        },
      ]
    const takesKey = at % 2 === 0
    return [
      name,
      {
        description,
        input,
        effect,
        takesKey,
        answer: async ({ args }, { key, caller }) => {
          const did = { tool: name, args }
          const run = caller?.runId ?? ''
          return {
            state: 'done',
            value: await act(world, key, { tool: takesKey ? 'keyed' : 'checked', run, n: 0, did }),
          }
        },
        ...(takesKey
          ? {}
          : {
              check: async (_call, { key }) =>
                (await check(world, key)) ? { state: 'done', value: { n: 0 } } : { state: 'not-done' },
            }),
      },
    ]
  })
  return scriptedSource(sourceName(suite), Object.fromEntries(tools))
}
