import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { parseInput } from '@heavylift/core/input'
import { z } from 'zod'

const call = z.object({ tool: z.string(), args: z.record(z.string(), z.unknown()) })

/** A suite of call scripts, as `bin/agentdojo-dump.py` writes AgentDojo's: what users ask and attackers want, with the calls that do it. */
export const suiteSchema = z.object({
  suite: z.string(),
  tools: z.array(
    z.object({
      name: z.string(),
      description: z.string().default(''),
      parameters: z.record(z.string(), z.unknown()),
      /** What a call may change; guessed from name and description where it is not said. */
      effect: z.enum(['none', 'reversible', 'outside', 'money']).optional(),
    }),
  ),
  userTasks: z.array(z.object({ id: z.string(), prompt: z.string(), calls: z.array(call) })),
  injectionTasks: z.array(z.object({ id: z.string(), goal: z.string(), calls: z.array(call) })),
  environment: z.record(z.string(), z.unknown()),
})

export type Suite = z.infer<typeof suiteSchema>
export type ScriptedCall = z.infer<typeof call>

/** Every `*.json` of a folder that is a suite. */
export async function readSuites(folder: string): Promise<Suite[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).toSorted()
  const suites: Suite[] = []
  for (const name of names)
    suites.push(
      parseInput(suiteSchema, JSON.parse(await readFile(path.join(folder, name), 'utf8')), 'body', name),
    )
  if (suites.length > 0) return suites
  throw new InvalidInputError({
    code: 'no-suites',
    message: `${folder} holds no suite (*.json with tools, userTasks, injectionTasks, environment).`,
  })
}
