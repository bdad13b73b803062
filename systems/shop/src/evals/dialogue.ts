import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { createRandom, wilsonInterval } from '@heavylift/core/math'
import { openTestEmbedder } from '@heavylift/models/testing/meaning'
import type { ProductCard } from '../domain/answer.ts'
import type { Product } from '../domain/product.ts'
import { checkAnswer } from './assistant/check-answer.ts'
import { readCatalog, shuffled } from './dialogue/catalog-facts.ts'
import type { CatalogFacts } from './dialogue/catalog-facts.ts'
import { openCatalogs } from './dialogue/catalogs.ts'
import { hearing } from './dialogue/hearing.ts'
import type { EvalCatalog } from './dialogue/catalogs.ts'
import type { Conversation, Moment, SeenAnswer, Verdict } from './dialogue/conversation.ts'
import { heldConversations } from './dialogue/held-conversations.ts'
import { checkPill } from './dialogue/pill-contract.ts'
import { readConversations } from './dialogue/read-conversations.ts'
import { Talker } from './dialogue/talk.ts'

/** How often each conversation is held with a catalog, each time about other goods. */
const rounds = 2

type Half = 'read' | 'held'

interface Judged {
  catalog: string
  half: Half
  kind: string
  verdict: Verdict
  isHarm: boolean
}

interface Tally {
  conversations: number
  turns: Judged[]
  pills: Verdict[]
  ungrounded: number
  failures: string[]
}

/**
 * `shop.dialogue`: conversations of several turns with the assistant, over catalogs of different kinds: the sample, twelve products
 * of one maker, a store invented anew each run, and every product file below `--data`. What is asked is made from catalog rows, and
 * what should come back is a check on catalog rows, by code that shares nothing with the assistant.
 *
 * Each conversation is held in two wordings of its kind: `read` ones, which the assistant was worked on with, and `held` ones, whose
 * single failures are not listed. Every pill that an answer offers is tapped, and has to do what it says.
 *
 * With `--meaning`, the kind of a message is told by what it means as well, as where the model for embeddings is pulled.
 *
 * Rates are shares of turns; `…Low` and `…High` bound `rightRate` (Wilson, 95 %); `worst…` is the catalog with the lowest.
 */
export async function runDialogueEval({ dataDir, options, report, signal }: MeasureInput) {
  const seed = options?.['seed'] === undefined ? Date.now() % 1_000_000 : Number(options['seed'])
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-dialogue-'))
  const tally: Tally = { conversations: 0, turns: [], pills: [], ungrounded: 0, failures: [] }
  const embedder = options?.['meaning'] === true ? await openTestEmbedder() : null
  try {
    for await (const opened of openCatalogs({ dataDir, seed, folder, signal })) {
      const catalog = embedder ? { ...opened, ...hearing(embedder, signal) } : opened
      const facts = readCatalog(catalog.store.products)
      for (const half of ['read', 'held'] as const) {
        await talkAll(catalog, facts, { half, seed, tally, signal }, () =>
          report({ stage: catalog.name, done: tally.turns.length, unit: 'turns' }),
        )
      }
    }
  } finally {
    await embedder?.close()
    await rm(folder, { recursive: true, force: true })
  }
  const { turns, pills } = tally
  const harm = turns.filter((turn) => turn.isHarm)
  const right = wilsonInterval(count(turns, 'right'), turns.length)
  const catalogs = [...new Set(turns.map((turn) => turn.catalog))]
  const byCatalog = Object.fromEntries(
    catalogs.map((name) => [name, ratesOf(turns.filter((turn) => turn.catalog === name))]),
  )
  const byKind = Object.fromEntries(
    [...new Set(turns.map((turn) => turn.kind))].map((kind) => [
      `held: ${kind}`,
      ratesOf(turns.filter((turn) => turn.half === 'held' && turn.kind === kind)),
    ]),
  )
  const worst = Math.min(...Object.values(byCatalog).map((rates) => rates.rightRate))
  return {
    n: turns.length,
    metrics: {
      conversations: tally.conversations,
      ...ratesOf(turns),
      rightRateLow: right.low,
      rightRateHigh: right.high,
      worstRightRate: worst,
      rightRateRead: ratesOf(turns.filter((turn) => turn.half === 'read')).rightRate,
      rightRateHeld: ratesOf(turns.filter((turn) => turn.half === 'held')).rightRate,
      wrongRateHeld: ratesOf(turns.filter((turn) => turn.half === 'held')).wrongRate,
      falseHeld: ratesOf(turns.filter((turn) => turn.half === 'held')).false,
      harmHandledRate: share(harm.filter((turn) => turn.verdict === 'right').length, harm.length),
      ungrounded: tally.ungrounded,
      pills: pills.length,
      pillsKeptRate: share(pills.filter((verdict) => verdict === 'right').length, pills.length),
      seed,
    },
    peers: { ...byCatalog, ...byKind },
    failures: tally.failures,
  }
}

async function talkAll(
  catalog: EvalCatalog,
  all: CatalogFacts,
  { half, seed, tally, signal }: { half: Half; seed: number; tally: Tally; signal: AbortSignal },
  report: () => void,
): Promise<void> {
  const makers = half === 'read' ? readConversations : heldConversations
  for (let round = 0; round < rounds; round++) {
    for (const [index, make] of makers.entries()) {
      const random = createRandom(`${seed} ${catalog.name} ${half} ${round} ${index}`)
      const facts = shuffled(all, random)
      const conversation = make(facts, random)
      // What does not depend on the catalog is said once.
      if (!conversation || (round > 0 && make.length === 0)) continue
      tally.conversations++
      await talk(conversation, { catalog, half, facts, tally, signal })
      report()
    }
  }
}

async function talk(
  conversation: Conversation,
  {
    catalog,
    half,
    facts,
    tally,
    signal,
  }: { catalog: EvalCatalog; half: Half; facts: CatalogFacts; tally: Tally; signal: AbortSignal },
): Promise<void> {
  const talker = new Talker(catalog, signal)
  const rows = new Map<string, Product>(catalog.store.products.map((product) => [product.id, product]))
  const row = (id: string) => rows.get(id) ?? null
  let shown: readonly ProductCard[] = []
  let page: string | null = null
  let state = {}
  for (const turn of conversation.turns) {
    page = turn.page ?? page
    const said = await talker.say(turn.say, page, state)
    const moment = (answer: SeenAnswer, before: readonly ProductCard[]): Moment => ({
      answer,
      shown: before,
      row,
      facts,
      policies: catalog.policies,
    })
    const stated = catalog.policies.map((policy) => `${policy.title} ${policy.text}`).join(' ')
    const faults = await checkAnswer(said.answer.parts, catalog.store.catalog, said.musts, page, stated)
    const isUngrounded = faults.ungrounded.length + faults.violations.length > 0
    const verdict = isUngrounded ? 'false' : turn.expect.check(moment(said.answer, shown))
    if (isUngrounded) tally.ungrounded++
    tally.turns.push({
      catalog: catalog.name,
      half,
      kind: turn.expect.kind,
      verdict,
      isHarm: turn.expect.isHarm === true,
    })
    if (verdict !== 'right' && half === 'read') {
      const why = isUngrounded ? ` (${[...faults.ungrounded, ...faults.violations].join('; ')})` : ''
      tally.failures.push(
        `${catalog.name}, ${conversation.name}: “${turn.say}” should: ${turn.expect.what}. ${verdict}${why}: ${said.answer.cards.length} cards, ${said.answer.text.slice(0, 240)}`,
      )
    }
    const now = said.answer.comparison?.products ?? (said.answer.cards.length ? said.answer.cards : shown)
    for (const pill of said.answer.pills) {
      const tapped = await talker.say(pill, page, said.state)
      const kept = checkPill(pill, moment(tapped.answer, now))
      tally.pills.push(kept)
      if (kept !== 'right' && half === 'read')
        tally.failures.push(
          `${catalog.name}, pill “${pill}” after “${turn.say}”: ${kept}: ${tapped.answer.text.slice(0, 160)}`,
        )
    }
    state = said.state
    shown = now
  }
}

function ratesOf(turns: readonly Judged[]) {
  return {
    turns: turns.length,
    rightRate: share(count(turns, 'right'), turns.length),
    uselessRate: share(count(turns, 'useless'), turns.length),
    wrongRate: share(count(turns, 'wrong'), turns.length),
    false: count(turns, 'false'),
  }
}

const count = (turns: readonly Judged[], verdict: Verdict) =>
  turns.filter((turn) => turn.verdict === verdict).length
const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole)
