import type { SearchHit } from '@heavylift/ui'
import { api } from '../api.ts'
import { decided } from '../pages/ledger/decided.ts'
import { consoleSystems } from '../systems.ts'
import { listedSystems, ownPages, pageAddress } from './navigation.ts'
import type { ListedSystem } from './navigation.ts'

export interface PaletteGroup {
  group: string
  hits: (SearchHit & { run?: () => void })[]
}

/** Every page by its title and system. */
export function pageHits(systems: readonly ListedSystem[], text: string, hasLedger = true): SearchHit[] {
  const all: SearchHit[] = [
    { label: 'Home', detail: 'What runs now', to: '/' },
    ...listedSystems(systems).flatMap((system) =>
      system.pages.map((page) => ({
        label: page.title,
        detail: system.title,
        to: pageAddress(system, page),
      })),
    ),
    ...ownPages(hasLedger).map(({ to, title, detail }) => ({ label: title, detail, to })),
  ]
  return all.filter((hit) => hasWords(`${hit.label} ${hit.detail}`, text))
}

/** True when every word of `sought` stands in `text`, in any order. */
export function hasWords(text: string, sought: string): boolean {
  const lower = text.toLowerCase()
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word))
}

/** How many decisions are looked through: those recorded last. */
const decisionsRead = 200

/** What the systems that run hold, and the last decisions. A system that does not answer leaves the others' answers. */
export async function foundHits(
  systems: readonly ListedSystem[],
  text: string,
  signal: AbortSignal,
): Promise<PaletteGroup[]> {
  const running = new Set(systems.map((system) => system.name))
  const answers = await Promise.allSettled([
    ...consoleSystems
      .filter((system) => running.has(system.name) && system.search)
      .map((system) => system.search?.(text, signal) ?? Promise.resolve([])),
    decisionHits(text, signal),
  ])
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}

async function decisionHits(text: string, signal: AbortSignal): Promise<PaletteGroup[]> {
  const { decisions } = await api.get('/ledger/decisions', { query: { limit: decisionsRead }, signal })
  const hits = decisions
    .map((row) => ({ row, words: decided(row.output) }))
    .filter(({ row, words }) =>
      hasWords(`${row.id} ${row.subjectId ?? ''} ${row.kind} ${row.version} ${words}`, text),
    )
    .slice(0, 6)
    .map(({ row, words }) => ({
      label: words === '' ? row.kind : words,
      detail: `${row.system} · ${row.kind}`,
      to: row.page,
    }))
  return [{ group: 'Decisions', hits }]
}
