import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger, systemClock } from '@heavylift/core'
import type { Measure, MeasureInput } from '@heavylift/core'
import { createRandom, quantile, sortNumbers } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import { sql } from 'kysely'
import { Catalogue } from '../catalogue/catalogue.ts'
import type { CatalogueEntry } from '../catalogue/catalogue.ts'
import { migrations } from '../migrations/migrations.ts'
import type { SpecTables } from '../studio/tables.ts'

const tenantId = 'main'
const specs = 15_000
const specsPerRepository = 25
const searches = 300

const things =
  'loan book member fee fine invoice refund order basket parcel driver visit patient ward price stock shelf gift card address claim policy payment account statement ticket seat flight room guest key badge sensor alarm meter reading tariff contract clause student course grade exam library branch'.split(
    ' ',
  )
const acts =
  'create list read change cancel return renew approve refuse export import search archive restore move merge split assign release close reopen print send receive count'.split(
    ' ',
  )

/** `spec.catalogue`: 15,000 specs of 600 made repositories in PostgreSQL, searched by one to three words, the last often only begun. */
export async function runCatalogueBench({ report, signal }: MeasureInput): ReturnType<Measure['run']> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-catalogue-bench-'))
  const host = await openStore({ dataDir: folder, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('spec', migrations)
    const db = host.forSystem('spec').database<SpecTables>()
    const catalogue = new Catalogue(db, systemClock)
    const random = createRandom('spec.catalogue')
    const startedMs = performance.now()
    const all: CatalogueEntry[] = []
    for (let at = 0; at < specs / specsPerRepository; at++) {
      signal.throwIfAborted()
      const repository = `${random.pick(things)}-service-${at}`
      const entries = Array.from({ length: specsPerRepository }, (_, n) => makeEntry(repository, n, random))
      await catalogue.put(tenantId, repository, entries)
      all.push(...entries)
      report({ stage: 'filing', done: all.length, total: specs, unit: 'specs' })
    }
    const fileSeconds = (performance.now() - startedMs) / 1000
    await sql`analyze catalogue_spec`.execute(db)
    const times: number[] = []
    let found = 0
    for (let at = 0; at < searches; at++) {
      signal.throwIfAborted()
      const words = random.sample([...things, ...acts], random.int(1, 3))
      const last = words.pop() ?? ''
      const text = [...words, random.chance(0.5) ? last.slice(0, 3) : last].join(' ')
      const beganMs = performance.now()
      const hits = await catalogue.search(tenantId, { text, staleness: null, limit: 50 })
      times.push(performance.now() - beganMs)
      found += hits.length > 0 ? 1 : 0
    }
    const beganMs = performance.now()
    const stalest = await catalogue.search(tenantId, { text: '', staleness: 'stale', limit: 50 })
    const staleMs = performance.now() - beganMs
    const scanMs = scan(all, things.slice(0, 20))
    const sorted = sortNumbers(times)
    return {
      n: all.length,
      metrics: {
        searchP50Ms: quantile(sorted, 0.5),
        searchP95Ms: quantile(sorted, 0.95),
        searchMostMs: sorted.at(-1) ?? 0,
        stalestMs: staleMs,
        stalestFound: stalest.length,
        foundRate: found / searches,
        filedPerSecond: all.length / fileSeconds,
      },
      peers: { regex: { searchP95Ms: scanMs } },
      notes: [
        'regex: every text in memory matched by a regular expression, as grep over a checkout does without its reading of files.',
      ],
    }
  } finally {
    await host.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function scan(all: readonly CatalogueEntry[], words: readonly string[]): number {
  const times = words.map((word) => {
    const beganMs = performance.now()
    const form = new RegExp(`\\b${word}`, 'i')
    all.filter(({ text, title }) => form.test(title) || form.test(text)).slice(0, 50)
    return performance.now() - beganMs
  })
  return quantile(sortNumbers(times), 0.95)
}

function makeEntry(repository: string, at: number, random: Random): CatalogueEntry {
  const thing = random.pick(things)
  const requirements = random.int(2, 12)
  const blocks = Array.from({ length: requirements }, () => {
    const [act, other] = [random.pick(acts), random.pick(things)]
    return `### Requirement: ${act} ${thing}\n\nWHEN a client sends POST /${thing}s/{id}/${act}, the service SHALL ${act} the ${thing} of its ${other} and answer ${random.pick([200, 201, 204])}.\n\nIF the ${other} is missing, THEN the service SHALL answer 404.`
  })
  const specMs = Date.UTC(2026, random.int(0, 11), random.int(1, 28))
  const isTraced = random.chance(0.9)
  return {
    repository,
    path: `openspec/specs/${thing}-${at}/spec.md`,
    title: `${thing} ${random.pick(acts)} ${at}`,
    format: 'openspec',
    requirements,
    text: `# ${thing} Specification\n\n${blocks.join('\n\n')}\n`,
    specChangedAtMs: specMs,
    codeChangedAtMs: isTraced ? specMs + random.int(-60, 60) * 86_400_000 : null,
    drifts: random.chance(0.3) ? random.int(0, 3) : null,
  }
}
