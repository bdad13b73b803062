import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { isRecord } from '../files/change.ts'
import { diffWords } from '../files/diff-words.ts'
import { parseFile } from '../files/parse-file.ts'
import { placeText } from '../files/place.ts'
import type { DraftAnswer } from '../routes/draft-schemas.ts'
import { askServer } from './ask-server.ts'
import { planSync } from './plan-sync.ts'
import type { SyncPlan } from './plan-sync.ts'

/** Which side is written. */
export type Direction = 'both' | 'pull' | 'push'

/** As the folder and the server were when they were last the same; belongs into the repository beside the files. */
const baseFolder = '.heavylift-base'
const tab = 'folder'

/** Brings a folder of agents and the server together, agent by agent; what both changed is merged by meaning, or shown as a conflict. */
export async function syncFolder(input: CommandInput, direction: Direction) {
  const folder = resolve(input.args['dir'] ?? '.')
  const isDry = input.options['dryRun'] === true
  await mkdir(join(folder, baseFolder), { recursive: true })
  const files = await readFiles(folder)
  const server = await readServer(input)
  const names = [...new Set([...files.keys(), ...server.keys()])].toSorted()
  const agents: { name: string; act: SyncPlan['act']; lines: string[] }[] = []
  for (const name of names) {
    const file = files.get(name)
    const base = await readText(join(folder, baseFolder, `${name}.yaml`))
    const known = server.get(name)
    const plan = planSync({ base, folder: file?.text ?? null, server: known?.text ?? null })
    const lines = linesOf(plan)
    agents.push({ name, act: plan.act, lines })
    if (plan.act !== 'same') {
      input.print(`${words[plan.act]} ${name}`)
      for (const line of lines) input.print(`    ${line}`)
    }
    if (!isDry) await carryOut(plan)

    async function carryOut({ act, ...rest }: SyncPlan): Promise<void> {
      const text = 'text' in rest ? rest.text : null
      const path = file?.path ?? join(folder, `${name}.yaml`)
      if (act === 'to-server' && direction === 'pull') return
      if (act === 'to-folder' && direction === 'push') return
      if (text !== null && act !== 'to-folder' && direction !== 'pull')
        await toServer(input, name, text, known)
      if (text !== null && act !== 'to-server' && direction !== 'push') await writeFile(path, text)
      const isTogether = act === 'same' ? known?.text : direction === 'both' || act !== 'merge' ? text : null
      if (typeof isTogether === 'string')
        await writeFile(join(folder, baseFolder, `${name}.yaml`), isTogether)
    }
  }
  const open = agents.filter(({ act }) => act === 'conflict' || act === 'broken')
  const changed = agents.filter(({ act }) => ['to-server', 'to-folder', 'merge'].includes(act))
  input.print(
    `${agents.length} agents: ${changed.length} changed, ${open.length} to look at${isDry ? ' (nothing was written)' : ''}.`,
  )
  return { verdict: open.length > 0 ? ('no' as const) : ('yes' as const), agents }
}

const words: Record<SyncPlan['act'], string> = {
  same: '=',
  'to-server': '→ server',
  'to-folder': '← server',
  merge: '↔ merged',
  conflict: '! conflict',
  'file-gone': '? no file (the agent stays; delete it in the studio)',
  broken: '! cannot be read',
}

function linesOf(plan: SyncPlan): string[] {
  if (plan.act === 'broken') return [plan.message]
  if (plan.act === 'conflict')
    return plan.conflicts.map(
      ({ mine, theirs }) =>
        `${placeText(mine.place)}: ${JSON.stringify(mine.to) ?? 'taken away'} in the folder, ${JSON.stringify(theirs.to) ?? 'taken away'} on the server`,
    )
  return 'changes' in plan ? diffWords(plan.changes).map(({ mark, text }) => `${mark} ${text}`) : []
}

async function toServer(
  input: CommandInput,
  name: string,
  text: string,
  known: DraftAnswer | undefined,
): Promise<void> {
  if (known === undefined) await askServer(input, 'POST', '/drafts', { name, text })
  else await askServer(input, 'PATCH', `/drafts/${name}`, { tab, base: known.revision, text })
}

async function readServer(input: CommandInput): Promise<Map<string, DraftAnswer>> {
  const [{ drafts }, { agents }] = await Promise.all([
    askServer<{ drafts: { name: string }[] }>(input, 'GET', '/drafts'),
    askServer<{ agents: { name: string }[] }>(input, 'GET', '/agents'),
  ])
  const names = new Set(
    [...drafts, ...agents].map(({ name }) => name).filter((name) => !name.startsWith('try-')),
  )
  const found = new Map<string, DraftAnswer>()
  for (const name of names) found.set(name, await askServer(input, 'GET', `/drafts/${name}?tab=${tab}`))
  return found
}

/** Files of a folder by the agent that they define. */
async function readFiles(folder: string): Promise<Map<string, { path: string; text: string }>> {
  const found = new Map<string, { path: string; text: string }>()
  for (const file of (await readdir(folder)).toSorted()) {
    if (!/\.(ya?ml|json)$/.test(file)) continue
    const path = join(folder, file)
    const text = await readFile(path, 'utf8')
    const { value } = parseFile(text)
    // A file that cannot be read is known by its own name, so that its fault is told.
    const name =
      isRecord(value) && typeof value['name'] === 'string' ? value['name'] : file.replace(/\.\w+$/, '')
    if (isRecord(value) && value['schema'] !== 'heavylift.agent/1') continue
    const other = found.get(name)
    if (other)
      throw new HeavyliftError({
        code: 'agent-twice',
        message: `Both ${other.path} and ${path} define the agent “${name}”. Keep one.`,
      })
    found.set(name, { path, text })
  }
  return found
}

const readText = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null)
