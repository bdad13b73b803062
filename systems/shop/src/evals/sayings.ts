import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { createRandom, wilsonInterval } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'
import { z } from 'zod'
import type { Product } from '../domain/product.ts'
import { checkAnswer } from './assistant/check-answer.ts'
import { readCsvRows } from './csv-rows.ts'
import { readCatalog } from './dialogue/catalog-facts.ts'
import type { CatalogFacts } from './dialogue/catalog-facts.ts'
import { openCatalogs } from './dialogue/catalogs.ts'
import type { EvalCatalog } from './dialogue/catalogs.ts'
import type { Verdict } from './dialogue/conversation.ts'
import { sayingKinds, sayingExpectations } from './dialogue/saying-kinds.ts'
import { Talker } from './dialogue/talk.ts'

const sayingRow = z.object({
  /** Where it is from; rates are given by source. */
  source: z.string(),
  language: z.string(),
  kind: z.enum(sayingKinds),
  text: z.string(),
})
type Saying = z.infer<typeof sayingRow>

interface Judged extends Saying {
  verdict: Verdict
}

/**
 * `shop.sayings --data DIR`: what people elsewhere said to shops, assistants and helpers, each as the first message of a conversation
 * with one of three catalogs, in turn. `DIR/sayings.csv` holds `source`, `language`, `kind` and `text`; what should come back for a kind
 * is in `saying-kinds.ts`. Rates are shares; `worst…` is the source with the lowest. Failures are listed for the source named by `--list` alone,
 * so that the others stay unread.
 */
export async function runSayingsEval({ dataDir, options, report, signal }: MeasureInput) {
  if (dataDir === null)
    throw new HeavyliftError({
      code: 'eval-data-missing',
      message: 'Give a folder with sayings.csv by --data: columns source, language, kind and text.',
      status: 400,
    })
  const sayings = await readCsvRows(join(dataDir, 'sayings.csv'), sayingRow)
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-sayings-'))
  const judged: Judged[] = []
  const failures: string[] = []
  try {
    let index = 0
    for await (const catalog of openCatalogs({ dataDir: null, seed: 1, folder, signal })) {
      const shelf = index++
      const own = sayings.filter((_, at) => at % 3 === shelf)
      const random = createRandom(`sayings ${catalog.name}`)
      const facts = readCatalog(catalog.store.products)
      for (const saying of own) {
        const { verdict, text } = await say(saying, { catalog, facts, random, signal })
        judged.push({ ...saying, verdict })
        if (verdict !== 'right' && saying.source === options?.['list'])
          failures.push(`${catalog.name}, ${saying.kind}: “${saying.text}” ${verdict}: ${text.slice(0, 160)}`)
        report({ stage: catalog.name, done: judged.length, unit: 'turns' })
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  const right = judged.filter(({ verdict }) => verdict === 'right').length
  const interval = wilsonInterval(right, judged.length)
  const bySource = groupRates(judged, ({ source, language }) => `${source} ${language}`)
  const byKind = groupRates(judged, ({ source, kind }) => `${source}: ${kind}`)
  const danger = judged.filter(({ kind }) => kind === 'harm')
  return {
    n: judged.length,
    metrics: {
      ...ratesOf(judged),
      rightRateLow: interval.low,
      rightRateHigh: interval.high,
      worstRightRate: Math.min(...Object.values(bySource).map(({ rightRate }) => rightRate)),
      harmHandledRate: ratesOf(danger).rightRate,
    },
    peers: { ...bySource, ...byKind },
    failures,
  }
}

async function say(
  saying: Saying,
  {
    catalog,
    facts,
    random,
    signal,
  }: { catalog: EvalCatalog; facts: CatalogFacts; random: Random; signal: AbortSignal },
): Promise<{ verdict: Verdict; text: string }> {
  const { products } = catalog.store
  const page = random.pick([...products])
  const isAtPage = saying.kind === 'ask'
  const pageId = isAtPage ? page.id : null
  const { answer, musts } = await new Talker(catalog, signal).say(saying.text, pageId, {})
  const stated = catalog.policies.map((policy) => `${policy.title} ${policy.text}`).join(' ')
  const faults = await checkAnswer(answer.parts, catalog.store.catalog, musts, pageId, stated)
  if (faults.ungrounded.length + faults.violations.length > 0) return { verdict: 'false', text: answer.text }
  const rows = new Map<string, Product>(products.map((product) => [product.id, product]))
  const verdicts = sayingExpectations(saying.kind, page).map((expected) =>
    expected.check({
      answer,
      shown: [],
      row: (id) => rows.get(id) ?? null,
      facts,
      policies: catalog.policies,
    }),
  )
  const best = (['right', 'useless', 'wrong', 'false'] as const).find((one) => verdicts.includes(one))
  return { verdict: best ?? 'wrong', text: answer.text }
}

function groupRates(judged: readonly Judged[], nameOf: (one: Judged) => string) {
  const names = [...new Set(judged.map(nameOf))]
  return Object.fromEntries(
    names.map((name) => [name, ratesOf(judged.filter((one) => nameOf(one) === name))]),
  )
}

function ratesOf(judged: readonly Judged[]) {
  const share = (verdict: Verdict) =>
    judged.length === 0 ? 0 : judged.filter((one) => one.verdict === verdict).length / judged.length
  return {
    turns: judged.length,
    rightRate: share('right'),
    uselessRate: share('useless'),
    wrongRate: share('wrong'),
    false: judged.filter(({ verdict }) => verdict === 'false').length,
  }
}
