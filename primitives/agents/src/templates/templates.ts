import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError } from '@heavylift/core'
import { checkFile } from '../files/check-file.ts'
import type { Step } from '../definition/step.ts'

export interface Template {
  name: string
  title: string
  summary: string
  tags: string[]
  /** Those inside maps count too. */
  steps: number
  text: string
}

const folder = join(import.meta.dirname, '../../samples/templates')

/** Agents to begin with: files of this package. */
export const templates = {
  /** All but the empty one, by name. */
  async list(): Promise<Template[]> {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml')).toSorted()
    const found = await Promise.all(files.map((file) => read(file.slice(0, -'.yaml'.length))))
    return found.filter(({ name }) => name !== 'empty')
  },
  /** @throws NotFoundError `template-unknown` */
  text: async (name: string): Promise<string> => (await read(name)).text,
}

async function read(name: string): Promise<Template> {
  const text = /^[a-z0-9-]+$/.test(name)
    ? await readFile(join(folder, `${name}.yaml`), 'utf8').catch(() => null)
    : null
  const definition = text === null ? null : checkFile(text).definition
  if (text === null || definition === null)
    throw new NotFoundError({ code: 'template-unknown', message: `There is no template “${name}”.` })
  const { title, summary, tags, steps } = definition
  return { name, title, summary, tags, steps: countSteps(steps), text }
}

function countSteps(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + (step.kind === 'map' ? countSteps(step.steps) : 0), 0)
}
