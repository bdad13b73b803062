import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError } from '@heavylift/core'
import type { AgentOffers } from '../offers.ts'
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

/** Agents to begin with: files of this package, and those that other systems offer. */
export class Templates {
  readonly #offers: AgentOffers

  constructor(offers: AgentOffers) {
    this.#offers = offers
  }

  /** All but the empty one, by name. */
  async list(): Promise<Template[]> {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'))
    const own = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
    return [...own, ...this.#offers.templates()]
      .flatMap((text) => read(text) ?? [])
      .filter(({ name }) => name !== 'empty')
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** @throws NotFoundError `template-unknown` */
  async text(name: string): Promise<string> {
    const own = /^[a-z0-9-]+$/.test(name) ? await ownTemplate(name).catch(() => null) : null
    const text = own ?? this.#offers.templates().find((each) => read(each)?.name === name)
    if (text !== undefined) return text
    throw new NotFoundError({ code: 'template-unknown', message: `There is no template “${name}”.` })
  }
}

/** A file of this package. Rejects where there is none. */
export async function ownTemplate(name: string): Promise<string> {
  return await readFile(join(folder, `${name}.yaml`), 'utf8')
}

function read(text: string): Template | null {
  const { definition } = checkFile(text)
  if (definition === null) return null
  const { name, title, summary, tags, steps } = definition
  return { name, title, summary, tags, steps: countSteps(steps), text }
}

function countSteps(steps: readonly Step[]): number {
  return steps.reduce((sum, step) => sum + 1 + (step.kind === 'map' ? countSteps(step.steps) : 0), 0)
}
