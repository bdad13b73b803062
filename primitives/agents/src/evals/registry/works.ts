import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFiles } from '../data-files.ts'

/** A kind of work as its makers describe it, and as others do. */
export interface Work {
  id: string
  title: string
  text: string
  /** Who publishes it; what is tuned on some is chosen on others. */
  publisher: string
  others: { source: string; text: string }[]
}

const server = z.object({
  name: z.string().default(''),
  description: z.string().default(''),
  repository: z
    .object({ url: z.string().default('') })
    .partial()
    .optional(),
})
const ownWork = z.object({ name: z.string(), description: z.string(), otherWords: z.array(z.string()) })
/** Descriptions that are shorter say nothing but a name. */
const leastWords = 4

/** Works of a folder: lists of servers (`*.json`, as the MCP registry has them) and what others say of the same repositories (lines of `*.md` with a link to them). */
export async function readWorks(dir: string): Promise<Work[]> {
  const works = new Map<string, Work>()
  for (const file of await dataFiles(dir, /\.(json|md)$/)) {
    if (!file.path.replace(/\.gz$/, '').endsWith('.json')) continue
    for (const { name, description, repository } of z
      .array(server)
      .parse(listOf(JSON.parse(await file.read())))) {
      const id = repositoryOf(repository?.url ?? '') ?? name
      if (id === '' || wordCount(description) < leastWords || works.has(id)) continue
      const [publisher = '', project = ''] = id.split('/', 2)
      works.set(id, { id, title: titleOf(project || name), text: description, publisher, others: [] })
    }
  }
  for (const file of await dataFiles(dir, /\.(json|md)$/)) {
    if (!file.path.replace(/\.gz$/, '').endsWith('.md')) continue
    for (const [, url = '', rest = ''] of (await file.read()).matchAll(
      /\]\((https?:\/\/github\.com\/[^)\s]+)\)(.*)/g,
    )) {
      const work = works.get(repositoryOf(url) ?? '')
      const text = plainText(rest)
      if (work !== undefined && wordCount(text) >= leastWords) work.others.push({ source: file.source, text })
    }
  }
  return [...works.values()]
}

/** Works that come with this package, each in two wordings of our own. */
export async function sampleWorks(): Promise<Work[]> {
  const text = await readFile(join(import.meta.dirname, '../../../samples/registry/works.json'), 'utf8')
  return z
    .array(ownWork)
    .parse(JSON.parse(text))
    .map(({ name, description, otherWords }) => ({
      id: name,
      title: titleOf(name),
      text: description,
      publisher: 'sample',
      others: otherWords.map((other) => ({ source: 'sample', text: other })),
    }))
}

function listOf(json: unknown): unknown {
  return Array.isArray(json)
    ? json
    : typeof json === 'object' && json !== null && 'servers' in json
      ? json.servers
      : []
}

/** `owner/name` of an address at GitHub, in small letters. */
function repositoryOf(url: string): string | null {
  const found = /^https?:\/\/github\.com\/([^/]+\/[^/#?\s]+)/i.exec(url)
  return found === null ? null : found[1]!.toLowerCase().replace(/\.git$/, '')
}

function titleOf(project: string): string {
  return project.replaceAll(/[-_.]+/g, ' ').trim()
}

/** A line of a list without links, tags, pictures and what leads up to the text. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replaceAll(/<[^>]*>[^<]{0,3}(?:<\/[^>]*>)?/g, ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*`]/g, '')
    .replaceAll(/^[^\p{L}]+/gu, '')
    .trim()
}

const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0
