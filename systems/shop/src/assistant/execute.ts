import { asksForBrands, brandsOf } from './brands-asked.ts'
import type { Topic } from '../domain/constraints.ts'
import type { CategoryNode, Product } from '../domain/product.ts'
import { cardOf } from './cards.ts'
import { compareProducts } from './compare.ts'
import { comparedVariants } from './named-variants.ts'
import { calledBy, calledSo, isCalledExactly } from './plan/compared.ts'
import { answerFromListing } from './compose/extract.ts'
import { Citations } from './compose/writer.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { statedAmong } from './free-of.ts'
import { saidOfMost } from './listed-service.ts'
import { kindTier, leastTold, mostOfKind } from './kind.ts'
import { callsItself } from './calls-itself.ts'
import { rulesOn, topicWords } from './store-rules.ts'
import { emptyFacts, emptySearch } from './facts.ts'
import type { Facts, ToldOfStore, ToolCall } from './facts.ts'
import type { EffectiveSearch, Plan, Step, Subject } from './plan/plan.ts'
import { runNearest } from './nearest-words.ts'
import { runFit } from './parts/fit-step.ts'
import { runParts } from './parts/parts-step.ts'
import { propose } from './propose.ts'
import { runSearch } from './search-step.ts'
import { addSubjects, kept, load, lookedAt, request } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { listingStems } from './wishes.ts'
import { contentStems } from './words.ts'
import { viewedVariant } from '../shoppers/viewed.ts'

/** Runs a plan's steps in order and gathers facts. A step that fails leaves its facts empty and is recorded as failed. */
export async function runPlan(
  plan: Plan,
  sources: StepSources,
): Promise<{ facts: Facts; calls: ToolCall[] }> {
  const facts = emptyFacts(sources.currency, sources.lexicon, sources.phrases)
  const calls: ToolCall[] = []
  for (const step of plan.steps) {
    sources.signal.throwIfAborted()
    const startMs = sources.monotonicMs()
    const { kind, ...rest } = step
    const call: ToolCall = { step: kind, arguments: rest, result: null, tookMs: 0, error: null }
    calls.push(call)
    try {
      call.result = await runStep(step, facts, sources)
    } catch (error) {
      sources.signal.throwIfAborted()
      // The search itself is what the shopper asked for: without it there is nothing to answer with.
      if (kind === 'search' || kind === 'products' || kind === 'find') throw error
      call.error = error instanceof Error ? error.message : 'failed'
    } finally {
      call.tookMs = Math.round((sources.monotonicMs() - startMs) * 10) / 10
    }
  }
  if (offersRules.has(plan.kind)) facts.statesReturns = await statesReturns(sources)
  return { facts, calls }
}

/** Kinds of answer that may offer to tell the store's rules on returns. */
const offersRules: ReadonlySet<Plan['kind']> = new Set(['clarify', 'chat', 'orders', 'returns'])

async function statesReturns({ tools, lexicon }: StepSources): Promise<boolean> {
  try {
    const rules = (await tools?.policies(topicWords('returns', lexicon), { limit: 8 })) ?? []
    return rulesOn('returns', '', rules, lexicon).length > 0
  } catch {
    // What cannot be read now is not offered.
    return false
  }
}

/** Whether a listing holds a word of a name at all: what a search finds by none of them is not what was named. */
function speaksOfIt(name: string, product: Product, lexicon: Lexicon): boolean {
  const stems = contentStems(name, lexicon)
  const held = listingStems(product, lexicon)
  return stems.length === 0 || stems.some((stem) => [...held].some((word) => word.includes(stem)))
}

async function runStep(step: Step, facts: Facts, sources: StepSources): Promise<unknown> {
  switch (step.kind) {
    case 'search':
      return runSearch(step, facts, sources)
    case 'parts':
      return runParts(step, facts, sources)
    case 'fit':
      return runFit(step, facts, sources)
    case 'nearest':
      return runNearest(step, facts, sources)
    case 'find': {
      const limit = lookedAt
      const result = await sources.search.search({ ...request(step.search), limit, offset: 0 })
      const products = await load(
        result.hits.map((hit) => hit.productId),
        facts,
        sources,
      )
      const variantOf = new Map(result.hits.map((hit) => [hit.productId, hit.variantIds[0] ?? null]))
      const card = (one: Product) =>
        cardOf(one, variantOf.get(one.id) ?? null, kept(step.search.constraints, result), facts.phrases)
      // "The red muslin and the blue muslin" are two.
      const left = products.filter(({ id }) => !facts.subjectIds.includes(id))
      let product =
        calledSo(step.search.text, left, sources.lexicon) ??
        left.find((one) => speaksOfIt(step.search.text, one, sources.lexicon))
      if (step.inSight !== undefined) {
        const [seen] = await load([step.inSight], facts, sources)
        if (seen && !(product && isCalledExactly(step.search.text, product, sources.lexicon))) product = seen
      }
      if (step.mustBeNamed) {
        const { text } = request(step.search)
        const byTitle = calledBy(text, products, sources.lexicon)
        const { one } = byTitle
        // "The wardrobe", which its title calls a cabinet, and its description "this wardrobe".
        const word = contentStems(step.search.productType ?? text, sources.lexicon).at(-1) ?? ''
        const several =
          one !== null || byTitle.several.length > 0
            ? byTitle.several
            : products.filter((each) => callsItself(each, word, sources.lexicon))
        product = one ?? undefined
        if (!one) {
          const { items } = mostOfKind(several, (each) => each, step.search.productType, sources.lexicon)
          // One of the kind, beside things that only go with it, is meant.
          if (items.length === 1) product = items[0]
          else facts.candidates = items.slice(0, 6)
          for (const each of facts.candidates ?? []) facts.cards.set(each.id, card(each))
        }
      }
      const { otherwise } = step
      if (!product && otherwise) {
        const before = facts.searched
        const result = await runSearch(otherwise, facts, sources)
        if ((facts.search?.cards.length ?? 0) > 0) {
          facts.candidates = null
          return result
        }
        facts.search = null
        facts.searched = before
      }
      if (!product) return { found: null, candidates: facts.candidates?.map(({ id }) => id) ?? [] }
      facts.cards.set(product.id, card(product))
      addSubjects(facts, [product.id])
      return { found: product.id }
    }
    case 'products': {
      const products = await load(idsOf(step.subject, facts), facts, sources)
      for (const product of products)
        facts.cards.set(
          product.id,
          cardOf(product, sources.variantIds.get(product.id) ?? null, [], facts.phrases),
        )
      addSubjects(
        facts,
        products.map((product) => product.id),
      )
      return { found: products.map((product) => product.id) }
    }
    case 'reviews': {
      const ids = idsOf(step.subject, facts)
      await Promise.all(
        ids.map(async (id) => {
          const product = facts.products.get(id)
          if (product?.rating?.count)
            facts.digests.set(id, await sources.aspects.get(sources.tenantId, sources.catalog, product))
        }),
      )
      return {
        read: [...facts.digests.values()].map((digest) => ({
          productId: digest.productId,
          reviews: digest.read,
        })),
      }
    }
    case 'questions': {
      const ids = idsOf(step.subject, facts)
      await Promise.all(ids.map(async (id) => facts.questions.set(id, await sources.catalog.questions(id))))
      return { questions: [...facts.questions.values()].flat().length }
    }
    case 'brand-page': {
      const [product] = idsOf(step.subject, facts).flatMap((id) => facts.products.get(id) ?? [])
      if (!product || !sources.brandPages) return { read: null }
      if (answerFromListing(step.question, product, facts, new Citations())) return { read: null }
      const page = await sources.brandPages.read(product)
      if (page) facts.brandPages.set(product.id, page)
      return { read: page?.url ?? null }
    }
    case 'compare': {
      const products = idsOf(step.subject, facts).flatMap((id) => facts.products.get(id) ?? [])
      if (products.length >= 2)
        facts.comparison = compareProducts(
          products,
          facts.digests,
          facts.phrases,
          comparedVariants(sources.message, products, sources.variantIds, sources.lexicon),
        )
      return { compared: products.map((product) => product.id) }
    }
    case 'price-history': {
      const ids = idsOf(step.subject, facts)
      await Promise.all(
        ids.map(async (id) => facts.priceHistory.set(id, await sources.catalog.priceHistory(id))),
      )
      return { points: [...facts.priceHistory.values()].flat().length }
    }
    case 'deals':
      return findDeals(step.search, step.limit, facts, sources)
    case 'memory':
      return recall(step, facts, sources)
    case 'orders': {
      if (!sources.tools || !sources.shopperId) return { orders: null }
      const one = step.orderId === null ? null : await sources.tools.order(sources.shopperId, step.orderId)
      facts.orders =
        step.orderId === null ? await sources.tools.orders(sources.shopperId, { limit: 5 }) : one ? [one] : []
      return { orders: facts.orders.map((order) => order.orderId) }
    }
    case 'policy':
      return toldBy(Object.assign(facts, await readRules(step, sources)))
    case 'beside': {
      const told = { topic: step.topic, text: step.text, ...(await readRules(step, sources)) }
      facts.beside.push(told)
      return toldBy(told)
    }
    case 'assortment': {
      const shelves = await mainShelves(sources)
      facts.assortment = {
        categories: shelves.slice(0, mostNamed),
        others: Math.max(0, shelves.length - mostNamed),
        brands: asksForBrands(sources.message, sources.lexicon)
          ? brandsOf((await sources.catalog.vocabulary()).brands)
          : [],
      }
      return { categories: shelves.length }
    }
    case 'survey': {
      const result = await sources.search.search({ ...request(step.search), limit: step.limit, offset: 0 })
      const products = await load(
        result.hits.map((hit) => hit.productId),
        facts,
        sources,
      )
      const { items } = mostOfKind(products, (product) => product, step.search.productType, sources.lexicon)
      facts.survey = items
      facts.searched = step.search
      return { surveyed: items.map((product) => product.id) }
    }
    case 'free-of':
      return findFreeOf(step, facts, sources)
    case 'anchor': {
      const [product] = await load([step.productId], facts, sources)
      facts.anchor = product
        ? cardOf(product, sources.variantIds.get(product.id) ?? null, [], facts.phrases)
        : null
      return { found: product?.id ?? null }
    }
    case 'cart':
      facts.cart = sources.tools && sources.shopperId ? await sources.tools.cart(sources.shopperId) : null
      return { items: facts.cart?.items.length ?? null }
    case 'propose':
      facts.proposal = await propose(step.proposal, facts, sources)
      return facts.proposal
  }
}

/** Categories that are named when the shopper asks what there is. */
const mostNamed = 8

/** The topmost categories of which there are several: a store's one department for everything says nothing. */
async function mainShelves({ catalog }: StepSources): Promise<CategoryNode[]> {
  let shelves = await catalog.categories()
  while (shelves.length === 1 && shelves[0] && shelves[0].children.length > 0) shelves = shelves[0].children
  return shelves
}

const toldBy = ({ policies, contact }: ToldOfStore): unknown => ({
  sections: policies?.map(({ section }) => section),
  contact: contact?.section ?? null,
})

/** The store's rules on a topic; where it has none, how to reach it. */
async function readRules(
  step: { text: string; topic: Topic | null },
  sources: StepSources,
): Promise<ToldOfStore> {
  const { tools, lexicon } = sources
  const read = async (topic: Topic | null, text: string) => {
    const words = topic === null ? text : `${topicWords(topic, lexicon)} ${text}`
    return rulesOn(topic, text, (await tools?.policies(words, { limit: 8 })) ?? [], lexicon)
  }
  const policies = (await read(step.topic, step.text)).slice(0, step.topic === 'complaint' ? 2 : 1)
  if (policies.length > 0) return { policies, contact: null, ofListings: null }
  const contact = (await read('contact', ''))[0] ?? null
  const some = { text: '', constraints: [], sort: 'relevance' as const, limit: lookedAt, offset: 0 }
  const { hits } = await sources.search.search(some)
  const products = await sources.catalog.products(hits.map((hit) => hit.productId))
  return { policies, contact, ofListings: saidOfMost(step.text, step.topic, products, lexicon) }
}

async function findFreeOf(
  step: Extract<Step, { kind: 'free-of' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const { search, limit } = step
  let { what } = step
  let products = [...facts.products.values()]
  if (search !== null) {
    // Those whose listing names it are looked at for certain, however many there are of the kind.
    const lists = await Promise.all(
      ['', ...what].map((each) =>
        sources.search.search({
          ...request({ ...search, text: `${search.text} ${each}` }),
          limit,
          offset: 0,
        }),
      ),
    )
    const ids = [...new Set(lists.flatMap(({ hits }) => hits.map((hit) => hit.productId)))]
    const found = mostOfKind(
      await load(ids, facts, sources),
      (product) => product,
      search.productType,
      sources.lexicon,
    )
    // What is of the kind only by its words may be what hurts: "Down Feather Duvet Insert" among duvets.
    const type = search.productType ?? ''
    products = [...facts.products.values()].filter(
      (product) => found.items.includes(product) || kindTier(product, type, sources.lexicon) >= leastTold,
    )
    // "Wool makes me itch" asks for no kind of goods: nothing is said of any.
    if (found.tier === 0 && search.productType !== null) what = []
  }
  const { states, contains } = (facts.freeOf = statedAmong(products, what, sources.lexicon))
  if (search !== null) {
    const free = products.filter((product) => states.has(product.id)).slice(0, 6)
    for (const product of free) facts.cards.set(product.id, cardOf(product, null, [], facts.phrases))
    addSubjects(
      facts,
      free.map((product) => product.id),
    )
  }
  return { states: [...states.keys()], contains: [...contains.keys()] }
}

/** Reductions among the best matches: products that state a price before, or a flash sale. */
async function findDeals(
  search: EffectiveSearch,
  limit: number,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const result = await sources.search.search({ ...request(search), limit: 60, offset: 0 })
  const products = await load(
    result.hits.map((hit) => hit.productId),
    facts,
    sources,
  )
  const variantOf = new Map(result.hits.map((hit) => [hit.productId, hit.variantIds]))
  const constraints = kept(search.constraints, result)
  const cards = products
    .map((product) => {
      const allowed = new Set(variantOf.get(product.id))
      const best = product.variants
        .filter((variant) => (allowed.size === 0 || allowed.has(variant.id)) && variant.compareAt !== null)
        .toSorted((a, b) => saving(b) - saving(a))[0]
      return best && saving(best) > 0
        ? { card: cardOf(product, best.id, constraints, facts.phrases), saving: saving(best) }
        : null
    })
    .filter((deal) => deal !== null)
    .toSorted((a, b) => b.saving - a.saving)
    .slice(0, limit)
    .map((deal) => deal.card)
  facts.deals = cards
  const { relaxed, preferred } = result
  facts.search = {
    ...emptySearch,
    cards,
    total: cards.length,
    relaxed,
    preferred,
    constraints,
    alike: cards.map((card) => card.productId),
  }
  for (const card of cards) facts.cards.set(card.productId, card)
  addSubjects(
    facts,
    cards.map((card) => card.productId),
  )
  return { deals: cards.map((card) => card.productId), relaxed: result.relaxed }
}

/** Share of the earlier price that is saved, 0–1. */
function saving(variant: Product['variants'][number]): number {
  return variant.compareAt ? 1 - variant.price.minor / variant.compareAt.minor : 0
}

async function recall(
  step: Extract<Step, { kind: 'memory' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  if (!sources.memory || !sources.shopperId) return { items: null }
  facts.memories = await sources.memory.recall(sources.shopperId, {
    text: step.text,
    ...(step.kinds ? { kinds: step.kinds } : {}),
    limit: step.limit,
  })
  const ids = [...new Set(facts.memories.flatMap((item) => item.productId ?? []))]
  const products = await load(ids, facts, sources)
  for (const product of products) {
    // The newest memory of it says which of its variants was looked at.
    const text = facts.memories.find((item) => item.productId === product.id)?.text ?? ''
    facts.cards.set(product.id, cardOf(product, viewedVariant(product, text), [], facts.phrases))
  }
  addSubjects(
    facts,
    products.map((product) => product.id),
  )
  return { items: facts.memories.map((item) => item.id), products: products.map((product) => product.id) }
}

function idsOf(subject: Subject, facts: Facts): string[] {
  return subject.from === 'ids' ? subject.ids : facts.subjectIds.slice(0, subject.limit)
}
