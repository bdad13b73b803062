import type { Evidence } from '../domain/answer.ts'
import type { Constraint } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import { saysMust } from '../language/asking.ts'
import { fold } from '../language/fold.ts'
import { grammarOf } from '../language/grammar.ts'
import { lexemesOf } from '../language/lexemes.ts'
import { nounFirst } from '../language/languages.ts'
import { headOf } from '../language/nouns.ts'
import { isNoun, isProperty } from '../understand/nouns.ts'
import { compileVocabulary } from '../understand/vocabulary.ts'
import { beyondMeasure } from './by-measure.ts'
import { byMeasureOrder, measureOrderIn } from './measure-order.ts'
import { cardOf } from './cards.ts'
import type { Facts } from './facts.ts'
import { forbidding } from './forbids.ts'
import { deniesAlike } from '../language/mentions.ts'
import { childrenIn, childsAge, isForChildren, suitsAge } from './for-a-child.ts'
import { alikeFirst } from './alike.ts'
import { nearestByMeaning, tellsUse } from './by-meaning.ts'
import { exactFirst, exactly, leadOf, valuesStated } from './lead.ts'
import { isTrusted, leadFeatures } from './lead-trust.ts'
import {
  calledIn,
  isCalled,
  isToldSo,
  kindTier,
  leastTold,
  merelyMentioned,
  mostOfKind,
  nameGoods,
} from './kind.ts'
import { notListed } from './not-listed.ts'
import { underOtherName } from './other-name.ts'
import { saysOnly, saysOnlyColours, saysSomething } from './plan/effective-search.ts'
import type { EffectiveSearch, Step } from './plan/plan.ts'
import { addSubjects, kept, load, lookedAt, request } from './step-reads.ts'
import type { StepSources } from './step-sources.ts'
import { measureAllowed, measuresOfThing, measuresOfUser, saysMeasure } from './whose-measure.ts'
import { listingStems, wishesIn } from './wishes.ts'
import { rankWish } from './wish-rank.ts'
import type { Wish } from './wishes.ts'
import { contentStems, meaningOf, words } from './words.ts'
import {
  akinTo,
  tellNotListed,
  isAnythingFor,
  isForAlone,
  isWhatFor,
  isOfKindAlone,
  isOfThose,
  heldOf,
  holdsAll,
  bears,
  asWritten,
  keepsPrice,
  sharesShelf,
  priceOf,
} from './found.ts'
import type { Found } from './found.ts'

/** Looks for goods: those of the kind, by what the message insists on, with what is left out and what no listing says. */
export async function runSearch(
  step: Extract<Step, { kind: 'search' }>,
  facts: Facts,
  sources: StepSources,
): Promise<unknown> {
  const { limit } = step
  let { search } = step
  const whole = step.story ?? step.said
  // Others than those that were shown are of their kind, and of their shelves or called so.
  const before = await load(search.seen ?? [], facts, sources)
  const isOther = ({ product, isOfKind }: Found, { productType }: EffectiveSearch) =>
    before.length === 0 ||
    productType === null ||
    ((sharesShelf(product, before) || isCalled(product, productType, sources.lexicon)) &&
      kindTier(product, productType, sources.lexicon, isOfKind) >= leastTold)
  /** What listings say of those that must not be used so, by product. */
  const forbidden = new Map<string, Evidence | null>()
  const isForbidden = (product: Product): boolean => {
    const line = forbidden.get(product.id) ?? forbidding(whole, product, sources.lexicon)
    forbidden.set(product.id, line)
    return line !== null
  }
  // "Which heater goes with it?", of a tank of 60 l.
  const users = [
    ...measuresOfUser(whole, sources.lexicon),
    ...(step.isForThing === true ? measuresOfThing(search.text, sources.lexicon) : []),
  ]
  /** Whether it is for who is as heavy or tall as was said; null where nothing was, or its listing does not say. */
  const allowed = (product: Product): boolean | null => {
    const kept = users.flatMap((one) => measureAllowed(product, one, sources.lexicon)?.isKept ?? [])
    return kept.length === 0 ? null : kept.every(Boolean)
  }
  const look = async (wanted: EffectiveSearch) => {
    const result = await sources.search.search({ ...request(wanted), limit: lookedAt, offset: 0 })
    const seen = new Set(wanted.seen)
    const products = await load(
      result.hits.map((hit) => hit.productId).filter((id) => !seen.has(id)),
      facts,
      sources,
    )
    const hits = new Map(result.hits.map((hit) => [hit.productId, hit]))
    const found: Found[] = products.map((product) => ({
      product,
      variantId: exactFirst(product, hits.get(product.id)?.variantIds ?? [], wanted.constraints),
      isOfKind: hits.get(product.id)?.isOfKind === true,
    }))
    const all = found.filter(
      (one) => isOther(one, wanted) && !isForbidden(one.product) && allowed(one.product) !== false,
    )
    const most = mostOfKind(
      all,
      ({ product }) => product,
      wanted.productType,
      sources.lexicon,
      ({ isOfKind }) => isOfKind,
    )
    if (wanted.productType === null || !isAnythingFor(step.said, wanted.productType, sources))
      return { result, all, ...most }
    // "Anything for cats?" asks for what has to do with them, and not for what alone is called so.
    const type = wanted.productType
    const bearing = all.filter(({ product }) => kindTier(product, type, sources.lexicon) > 0)
    return { result, all, items: bearing.length > 0 ? bearing : all, tier: most.tier }
  }
  /** What is of the kind by its words and states what the best of the kind do not: among those found, else looked for by that. */
  const othersHolding = async (
    lacking: readonly Wish[],
    { items, all }: { items: Found[]; all: Found[] },
  ) => {
    const type = search.productType ?? ''
    // A case with card slots for another phone is no case for this one.
    const least = Math.max(0, ...items.map(({ product }) => valuesStated(product, search.constraints)))
    const isAlike = (one: Found) =>
      !items.some((item) => item.product.id === one.product.id) &&
      kindTier(one.product, type, sources.lexicon, one.isOfKind) >= leastTold &&
      valuesStated(one.product, search.constraints) >= least &&
      lacking.some(({ isHeldBy }) => isHeldBy(one.product))
    const near = all.filter(isAlike)
    if (near.length > 0) return near
    const more = await look({ ...search, text: `${lacking.map(({ said }) => said).join(' ')} ${type}` })
    return more.result.relaxed.length === 0 ? more.all.filter(isAlike) : []
  }
  const unwantedWords = search.constraints.flatMap((one) => (one.kind === 'unnamed' ? one.words : []))
  const deniedIn = (texts: readonly string[]) =>
    unwantedWords.filter((what) => texts.some((text) => deniesAlike(text, what, sources.lexicon)))
  const deniesIn = (texts: readonly string[]) => deniedIn(texts).length
  /** What was said earlier to hurt somebody. */
  const remembered = new Set(
    search.constraints.flatMap((one) => (one.kind === 'unnamed' && one.hurts === true ? one.words : [])),
  )
  // What a listing says to be without it keeps "without" better than one that is silent.
  const deniesIt = ({ title, description, attributes }: Product) =>
    // What is asked for now outweighs all that was said before.
    deniedIn([title, description, ...Object.values(attributes).flat()]).reduce(
      (sum, what) => sum + (remembered.has(what) ? 1 : remembered.size + 1),
      0,
    )
  /** What its title says to be free of all that is not wanted, those of the kind first, where none of these says so; empty elsewhere. */
  const sayingFree = async (items: readonly Found[]) => {
    const said = search.constraints.flatMap((one) => (one.kind === 'unnamed' ? one.text : []))
    const type = search.productType
    if (said.length === 0 || type === null || items.some(({ product }) => deniesIt(product) > 0)) return []
    const more = await look({ ...search, text: `${said.join(' ')} ${search.text}`, productType: null })
    const denying = more.all.filter(({ product }) => deniesIn([product.title]) === said.length)
    const ofKind = denying.filter(({ product }) => kindTier(product, type, sources.lexicon) > 0)
    return ofKind.length > 0 ? ofKind : denying
  }
  const { code } = sources.lexicon.language
  const isOfType = ({ product, isOfKind }: Pick<Found, 'product' | 'isOfKind'>) =>
    search.productType === null ||
    kindTier(product, search.productType, sources.lexicon, isOfKind) >= leastTold
  const holdsAllStems = (product: Product, text: string) => {
    const held = listingStems(product, sources.lexicon)
    return contentStems(text, sources.lexicon).every((stem) => held.has(stem))
  }
  // "For a dog of 38 kg" asks for no size 38, where listings say for which dogs goods are.
  const isOfUser = (one: Constraint) =>
    one.kind === 'facet' &&
    users.some(({ number }) => lexemesOf(one.text).some(({ word }) => word === number))
  if (search.constraints.some(isOfUser)) {
    const others = { ...search, constraints: search.constraints.filter((one) => !isOfUser(one)) }
    if ((await look(others)).all.some(({ product }) => allowed(product) !== null)) search = others
  }
  let found = await look(search)
  const stored = await sources.catalog.vocabulary()
  const renamed = await underOtherName(step, stored, sources)
  if (renamed !== null) {
    const result = await runSearch(renamed.step, facts, sources)
    if (facts.search !== null && facts.search.cards.length > 0)
      facts.search = { ...facts.search, otherName: renamed.otherName }
    return result
  }
  const notThere = async () => {
    const { productType } = search
    // What is called so must not be used as is wanted.
    const isOfForbidden = [...forbidden].some(([id, line]) => {
      const product = facts.products.get(id)
      return (
        line !== null && product !== undefined && kindTier(product, productType ?? '', sources.lexicon) > 0
      )
    })
    return productType === null || isOfForbidden || isWhatFor(step.said, productType, sources)
      ? null
      : notListed({
          message: step.said,
          productType,
          found: found.all.map(({ product }) => product),
          inSight: await load(step.inSight ?? [], facts, sources),
          vocabulary: stored,
          lexicon: sources.lexicon,
          find: async (text) => (await look({ ...search, text, constraints: [], sort: 'relevance' })).all,
        })
  }
  const vocabulary = compileVocabulary(stored, sources.lexicon)
  const areGoods = (type: string) => {
    const noun = headOf(contentStems(type, sources.lexicon), sources.lexicon.language)
    return noun !== undefined && isNoun(noun, vocabulary)
  }
  const refinedType = step.refined?.productType ?? null
  // "A brush for curly hair" after "hair dryer", where nothing is called a dryer, narrows nothing.
  const isOfNothing =
    refinedType !== null &&
    search.productType !== null &&
    areGoods(search.productType) &&
    !areGoods(refinedType)
  let isNarrowed = step.isRefinement
  const calling = step.callsSeen ?? []
  if (step.refined && refinedType !== null && !isOfNothing) {
    // "Kettle?" after strainers, where there is none, is no wish for other strainers.
    const missing = await notThere()
    if (missing !== null) return tellNotListed(missing, search, limit, facts)
    const best = found.all.slice(0, 10)
    const first = best.map(({ product }) => product)
    const ofKind = new Set(best.flatMap(({ product, isOfKind }) => (isOfKind ? [product] : [])))
    // "Wireless" after mice finds mice too, and "travel size" names no goods: they say which of them.
    const alike = first.filter((product) => kindTier(product, refinedType, sources.lexicon) >= leastTold)
    const named = search.productType ?? search.text
    if (alike.length >= 3 || !nameGoods(named, first, sources.lexicon, (product) => ofKind.has(product))) {
      const narrowed = await look(step.refined)
      // What says more of what was said apart from the last wish than within it begins another: "protein powder" after shampoos.
      const asked = new Set(contentStems(search.text, sources.lexicon))
      const most = (among: readonly Found[]) =>
        Math.max(0, ...among.slice(0, limit).map(({ product }) => heldOf(asked, product, sources)))
      // "The biggest bag" is one of those.
      if (calling.length > 0 || isOfThose(step.said, sources) || most(narrowed.items) >= most(found.all)) {
        search = step.refined
        isNarrowed = true
        const called = narrowed.items.filter(({ product }) => holdsAllStems(product, calling.join(' ')))
        found = calling.length > 0 && called.length > 0 ? { ...narrowed, items: called } : narrowed
      }
    }
  }
  // "In blue?" after leather straps, none of which is: the straps that are, and that leather was left out is said.
  const isSaidNow = (one: Constraint) => step.own?.constraints.some(({ text }) => text === one.text) === true
  const earlierMusts = search.constraints.filter((one) => one.kind === 'facet' && !isSaidNow(one))
  if (isNarrowed && earlierMusts.length > 0 && found.result.relaxed.some(isSaidNow)) {
    const constraints = search.constraints.filter((one) => !earlierMusts.includes(one))
    const others = await look({ ...search, constraints })
    if (others.tier >= leastTold && !others.result.relaxed.some(isSaidNow))
      found = {
        ...others,
        result: { ...others.result, relaxed: [...others.result.relaxed, ...earlierMusts] },
      }
  }
  const isMerelyNamed = () =>
    search.productType === null ||
    search.seen !== undefined ||
    isWhatFor(step.said, search.productType, sources)
      ? null
      : merelyMentioned(
          found.all.map(({ product }) => product),
          search.productType,
          (stem) => isProperty(stem, vocabulary),
          sources.lexicon,
        )
  if (isMerelyNamed() !== null) {
    // "My mom's iphone 6 needs a case" asks for what these are, not for what they go with.
    const first = found.items.slice(0, 10).map(({ product }) => product)
    const productType = calledIn(step.said, first, sources.lexicon)
    if (productType !== null) {
      search = { ...search, productType }
      found = await look(search)
    }
  }
  if (search.productType !== null && isMerelyNamed()?.isNamed === false) {
    // "A fan for it" after radiators: other words crowd out what goods are called by.
    const alone = { ...search, text: search.productType }
    const byName = await look(alone)
    if (byName.tier >= leastTold && byName.result.relaxed.length === 0) {
      search = alone
      found = byName
    }
  }
  const isStory =
    contentStems(whole, sources.lexicon).filter((stem) => /\p{L}/u.test(stem)).length >= leastOfStory
  // "Sunscreen", and nothing else, may be no wish at all, but is answered as one; "poker table red" is held by what its first word finds.
  const typeStems = contentStems(search.productType ?? '', sources.lexicon)
  const beside = typeStems.filter((stem) => stem !== headOf(typeStems, sources.lexicon.language))
  const isTypeAlone =
    contentStems(step.said, sources.lexicon).length <= typeStems.length &&
    (nounFirst.has(code) ||
      !found.all.some(({ product }) =>
        beside.some((stem) => listingStems(product, sources.lexicon).has(stem)),
      ))
  // What something is for may be held by no word of what does it.
  const isUse = !isNarrowed && found.tier < leastTold && tellsUse(step.said, vocabulary, sources)
  const forUse = isUse ? await nearestByMeaning(step.said, search, facts, sources, { isUse }) : []
  if ((!step.isGuess || isTypeAlone) && !isNarrowed && step.refined === null && forUse.length === 0) {
    // What a story seems to name may be none of what is wished.
    const missing = isStory ? null : await notThere()
    // Where titles tell no kinds ("Amethyst", "Jade"), "blue gemstone" is answered by what is blue.
    const isUntold =
      missing !== null &&
      missing.kinds.length + missing.near.length === 0 &&
      found.items.length > 0 &&
      search.constraints.some(
        (one) => one.kind === 'facet' && !one.negated && !found.result.relaxed.includes(one),
      )
    if (missing !== null && !isUntold) {
      const near = missing.near.length > 0 ? [] : await nearestByMeaning(step.said, search, facts, sources)
      return near.length > 0
        ? tellNotListed({ ...missing, near }, search, limit, facts, true)
        : tellNotListed(missing, search, limit, facts)
    }
  }
  // A fact that few listings state must not hide the kind that was asked for: unknown is not no.
  const isStatedMust = (one: Constraint) => one.kind === 'facet' && !one.negated
  const statedMusts = kept(search.constraints, found.result).filter(isStatedMust)
  if (search.productType !== null && statedMusts.length > 0 && found.tier < leastTold) {
    const others = { ...search, constraints: search.constraints.filter((one) => !isStatedMust(one)) }
    const without = await look(others)
    if (without.tier >= leastTold)
      found = {
        ...without,
        result: { ...without.result, relaxed: [...without.result.relaxed, ...statedMusts] },
      }
  }
  // "Something with 88 keys" after keyboards, none of which has as many, may be what is called otherwise; "in green?" is of those.
  if (
    step.own &&
    isNarrowed &&
    found.result.relaxed.some(isSaidNow) &&
    saysSomething(step.said, sources.lexicon) &&
    !saysOnlyColours(step.said, sources.lexicon)
  ) {
    const anew = await look(step.own)
    if (anew.items.length > 0 && anew.result.relaxed.length === 0)
      return runSearch({ ...step, search: step.own, isRefinement: false, own: null }, facts, sources)
  }
  // Who then asks for the cheapest asks for what has to do with them as well.
  if (search.productType !== null && isAnythingFor(step.said, search.productType, sources))
    search = { ...search, productType: null }
  facts.searched = search
  let isBeyondPrice = false
  let price = search.constraints.find((constraint) => constraint.kind === 'price')
  const leavesPriceOut = () => found.result.relaxed.some((constraint) => constraint.kind === 'price')
  // Cheaper ones than a dining table are dining tables: what is less of the kind than the one in sight is none of them.
  const { anchor } = facts
  const anchored = anchor === null ? null : (facts.products.get(anchor.productId) ?? null)
  const leastTier =
    anchored && search.productType !== null ? kindTier(anchored, search.productType, sources.lexicon) : 3
  if (
    price &&
    search.productType !== null &&
    (leavesPriceOut() || found.tier < Math.max(leastTier, leastTold))
  ) {
    // "Costume wig for a judge" finds judges first: within the price there may be others of the kind.
    const ofKind = await look({ ...search, text: search.productType })
    if (
      ofKind.tier >= Math.max(found.tier, leastTold) &&
      !ofKind.result.relaxed.some(({ kind }) => kind === 'price')
    )
      found = ofKind
  }
  // "A cheaper one" of what a shelf is called by, and hardly a title: what else stands on it.
  const asked = headOf(contentStems(search.productType ?? '', sources.lexicon), sources.lexicon.language)
  const shelf = anchored?.categories.at(-1)
  if (
    price &&
    shelf !== undefined &&
    leavesPriceOut() &&
    asked !== undefined &&
    !isNoun(asked, vocabulary) &&
    contentStems(shelf, sources.lexicon).includes(asked)
  ) {
    const limit = price
    const beside = await look({ ...search, text: shelf, productType: shelf })
    const within = beside.all.filter(
      (item) => item.product.categories.at(-1) === shelf && keepsPrice(item, limit, facts),
    )
    if (within.length > 0) found = { ...beside, items: within }
  }
  if (
    price &&
    anchor &&
    price.min !== null &&
    price.max !== null &&
    (found.tier < leastTier || leavesPriceOut())
  ) {
    // "More expensive" than what an earlier "under 1000" left over takes that limit back.
    const one: Constraint = { ...price, [price.text === 'cheaper' ? 'min' : 'max']: null }
    search = { ...search, constraints: search.constraints.map((each) => (each === price ? one : each)) }
    found = await look(search)
    price = one.kind === 'price' ? one : price
    facts.searched = search
  }
  const isPriceLeftOut = leavesPriceOut()
  if (price && (found.tier < leastTier || isPriceLeftOut)) {
    // What is within the price is of another kind: what there is of this one, at other prices?
    const others = { ...search, constraints: search.constraints.filter((one) => one !== price) }
    const beyond = isPriceLeftOut ? found : await look(others)
    const limit = price
    const within = beyond.items.filter((item) => keepsPrice(item, limit, facts))
    // "Something for acne under 80": one that a shelf is called by costs more, and what speaks of acne may not.
    const type = search.productType
    const speaking =
      within.length > 0 || type === null || !isForAlone(search.text, type, sources)
        ? null
        : await look({ ...search, productType: null })
    const bearing = (speaking?.all ?? []).filter(
      (item) => keepsPrice(item, limit, facts) && holdsAllStems(item.product, type ?? ''),
    )
    // Few rackets have the word in their titles, and none of those costs so little: others say elsewhere that they are rackets.
    const called = beyond.items.map(({ product }) => product)
    const telling =
      isPriceLeftOut || type === null
        ? []
        : found.items.filter(
            (item) => keepsPrice(item, limit, facts) && isToldSo(item.product, type, called, sources.lexicon),
          )
    if (within.length > 0) found = { ...beyond, items: within }
    else if (telling.length > 0) found = { ...found, items: telling }
    else if (speaking !== null && bearing.length > 0) found = { ...speaking, items: bearing }
    else if (isPriceLeftOut || (beyond.tier > found.tier && beyond.tier >= leastTold)) {
      isBeyondPrice = true
      const byPrice = beyond.items.toSorted((a, b) => priceOf(a) - priceOf(b))
      const relaxed = [...beyond.result.relaxed.filter((one) => one.kind !== 'price'), price]
      const isRelative = facts.anchor !== null
      found = {
        ...beyond,
        // Asked for cheaper ones, nobody wants those that are not; and what was shown may have kept the limit.
        items:
          isRelative || search.seen !== undefined ? [] : price.max === null ? byPrice.toReversed() : byPrice,
        result: { ...beyond.result, relaxed },
      }
    }
  }
  const unwanted = mostOfKind(
    await load(found.result.leftOut ?? [], facts, sources),
    (product) => product,
    search.productType,
    sources.lexicon,
  )
  // What was left out is held against what is there by titles and shelves alone: the search said nothing of its kind.
  const { tier } = mostOfKind(found.items, ({ product }) => product, search.productType, sources.lexicon)
  const shelves = new Set(found.items.map(({ product }) => product.categories.at(-1)))
  const isBeside = ({ categories }: Product) => categories.length > 0 && shelves.has(categories.at(-1))
  const alike =
    unwanted.tier >= tier ? unwanted.items : unwanted.tier >= leastTold ? unwanted.items.filter(isBeside) : []
  const leftOut = alike.length
  // "Alcohol-free beer", where what is called a beer says nothing of it, and what says to be free of it is called by its make.
  const free = unwanted.tier > tier ? [] : await sayingFree(found.items)
  if (free.length > 0) found = { ...found, items: free }
  // A desk lamp is no stand-in for desks that all name what is not wanted.
  if (leftOut > 0 && unwanted.tier > tier) found = { ...found, items: [] }
  const isUnrelated =
    step.isGuess &&
    (found.items.length === 0 || (found.tier === 0 && !bears(search, found.items[0]?.product, sources)))
  if (isUnrelated) found = { ...found, items: [] }
  const constraints = kept(search.constraints, found.result)
  // "A teal necklace" asks for necklaces, and for teal.
  const type = words(search.productType ?? '').map(({ text }) => text)
  const noun = headOf(type, sources.lexicon.language) ?? ''
  const isHeadAlone = found.tier >= leastTold || isNoun(meaningOf(noun, sources.lexicon), vocabulary)
  const kind = isHeadAlone ? noun : type.join(' ')
  // A value that was left out may be said in words: "rich green tones", where few state a colour.
  const isWorded = (one: Constraint) => one.kind === 'facet' && !one.negated
  const heard = [...constraints, ...found.result.relaxed.filter((one) => !isWorded(one))]
  const wishesOf = (text: string) =>
    wishesIn(
      text,
      [kind, ...heard.map((one) => one.text)],
      found.items.map(({ product }) => product),
      sources,
    )
  const age = childsAge(whole, code)
  const children =
    age === null && search.productType !== null ? childrenIn(whole, sources.lexicon.language) : null
  const isNamedSo = children !== null && type.includes(fold(children))
  const isFitting = (product: Product) =>
    age === null ? isForChildren(product, code) : suitsAge(product, age, code) > 0
  if (
    (age !== null || (children !== null && !isNamedSo)) &&
    search.productType !== null &&
    !found.items.some(({ product }) => isFitting(product))
  ) {
    // "A suit for my 8 year old", where the best suits are men's: there may be some for children.
    const text = `${grammarOf(code).child.join(' ')} ${search.productType}`
    const forAChild = await look({ ...search, text })
    const fitting = forAChild.all.filter((one) => isOfType(one) && isFitting(one.product))
    const isOther = ({ product }: Found) => !fitting.some((one) => one.product.id === product.id)
    if (fitting.length > 0 && forAChild.result.relaxed.length === 0)
      found = { ...found, items: [...fitting, ...found.items.filter(isOther)] }
  }
  const wanted = search.sort === 'relevance' ? measureOrderIn(step.said, sources.lexicon) : null
  const ofItems = (items: readonly Found[]) =>
    wanted === null ? null : byMeasureOrder(items, ({ product }) => product, wanted, sources.lexicon)
  const order = ofItems(found.items) === null ? null : wanted
  // Nor is "lighter" one, which is told by what things weigh.
  const compared = new Set(step.beyond?.comparative.said.split(' '))
  const isToldForWhom = found.all.some(({ product }) => allowed(product) !== null)
  const said = wishesOf(step.said).filter(
    (wish) =>
      order?.said.has(fold(wish.said)) !== true &&
      !compared.has(wish.said) &&
      // Nor is what somebody weighs, where listings say for whom they are.
      !(isToldForWhom && users.some((one) => saysMeasure(wish.said, one, sources.lexicon))),
  )
  const wishes =
    children === null || isNamedSo || said.some((wish) => wish.said === children.toLowerCase())
      ? said
      : [...said, { said: children, isHeldBy: isFitting }]
  // "Max 100" after cashmere scarves still asks for cashmere.
  const seen = isNarrowed ? await load(step.inSight ?? [], facts, sources) : []
  const earlier = wishesOf(isNarrowed ? search.text : '').filter(
    ({ said, isHeldBy }) => !wishes.some((wish) => wish.said === said) && seen.some(isHeldBy),
  )
  // What none of the best of the kind states, others of it may: it is what was asked for.
  const lacking = wishes.filter(({ isHeldBy }) => !found.items.some(({ product }) => isHeldBy(product)))
  const others =
    search.productType === null || lacking.length === 0 || found.items.length === 0
      ? []
      : await othersHolding(lacking, found)
  if (others.length > 0) found = { ...found, items: [...others, ...found.items] }
  else if (!isNarrowed && found.items.length > 0 && isOfKindAlone(lacking, search, sources)) {
    // "Lemon tree", where lemons are no trees by name: what is called so is nearer than other trees.
    const called = await look({
      ...search,
      text: lacking.map(({ said }) => said).join(' '),
      productType: null,
    })
    const named = called.all.filter(({ product }) =>
      lacking.every(({ said, isHeldBy }) => isHeldBy(product) && isCalled(product, said, sources.lexicon)),
    )
    if (named.length > 0 && called.result.relaxed.length === 0) found = { ...found, items: named }
  }
  const isVain = isNarrowed && lacking.length > 0 && lacking.length === wishes.length && others.length === 0
  if (isVain && price) {
    // "Something in orange" under 1500, where those of the kind cost more.
    const dearer = { ...search, constraints: search.constraints.filter((one) => one !== price) }
    const beyond = await look(dearer)
    const least = Math.min(found.tier, leastTold)
    const isAlike = ({ product, isOfKind }: Found) =>
      search.productType === null || kindTier(product, search.productType, sources.lexicon, isOfKind) >= least
    const holding = beyond.all.filter(
      (one) => isAlike(one) && lacking.some(({ isHeldBy }) => isHeldBy(one.product)),
    )
    if (holding.length > 0) {
      isBeyondPrice = true
      found = {
        ...beyond,
        items: holding,
        result: { ...beyond.result, relaxed: [...beyond.result.relaxed, price] },
      }
    }
  }
  // "In zwart?" says how it should be, and is of no other goods.
  if (
    isVain &&
    !isBeyondPrice &&
    !step.beyond &&
    !saysOnlyColours(step.said, sources.lexicon) &&
    step.own?.constraints.length === 0
  ) {
    // "Something with orchids" after roses asks for what those are not.
    const anew = await look(step.own)
    if (anew.all.slice(0, limit).some(({ product }) => lacking.every(({ isHeldBy }) => isHeldBy(product))))
      return runSearch({ ...step, search: step.own, isRefinement: false, own: null }, facts, sources)
  }
  let unmeasured: NonNullable<Facts['search']>['unmeasured'] = null
  if (step.beyond) {
    const { comparative, productId } = step.beyond
    const [than] = await load([productId], facts, sources)
    const more = than
      ? beyondMeasure(
          found.items.map(({ product }) => product),
          than,
          comparative,
          sources.lexicon,
        )
      : []
    if (more.length > 0)
      found = { ...found, items: more.flatMap((one) => found.items.filter(({ product }) => product === one)) }
    else if (than) unmeasured = { word: comparative.plain ?? comparative.said, productId }
  }
  // A type that a story seemed to name does not hide what the whole message finds.
  const isWish =
    (isStory || !step.inSight?.length) &&
    !isNarrowed &&
    step.refined === null &&
    !step.beyond &&
    search.seen === undefined &&
    facts.anchor === null &&
    search.sort === 'relevance' &&
    wanted === null
  const ranked = isWish
    ? await rankWish(
        {
          said: whole,
          search,
          wishes,
          ofKind: found.items,
          isStory,
          isUsable: (product) => !isForbidden(product) && allowed(product) !== false,
        },
        vocabulary,
        facts,
        sources,
      )
    : null
  if (ranked !== null) found = { ...found, items: ranked.items }
  const isSaidInWords = (one: Constraint) =>
    isWorded(one) &&
    wishes.some(
      ({ said, isHeldBy }) =>
        one.text.toLowerCase().includes(said) && found.items.some(({ product }) => isHeldBy(product)),
    )
  const relaxed = found.result.relaxed.filter((one) => !isSaidInWords(one))
  // It is no must any more, but a word of what is wanted.
  if (relaxed.length < found.result.relaxed.length)
    facts.searched = { ...search, constraints: search.constraints.filter((one) => !isSaidInWords(one)) }
  const isMended = relaxed.length < found.result.relaxed.length
  // Where nothing is called by the noun that was asked for, its words are wishes like any other.
  const named = contentStems(search.productType ?? '', sources.lexicon)
  const naming = new Set(found.tier < leastTold && named.length > 1 ? named : [])
  const granted = (product: Product) =>
    wishes.reduce((sum, wish) => sum + (wish.isHeldBy(product) ? (wish.isMust ? 2 : 1) : 0), 0) +
    deniesIt(product) +
    +(allowed(product) === true) +
    // Of those that are narrowed the name was said before.
    (isNarrowed ? 0 : heldOf(naming, product, sources)) +
    (age === null ? 0 : suitsAge(product, age, code))
  const mustsOf = (product: Product) =>
    deniesIt(product) + +(allowed(product) === true) + (age === null ? 0 : suitsAge(product, age, code))
  const grantedBefore = (product: Product) =>
    earlier.filter((wish) => wish.isHeldBy(product)).length +
    (isNarrowed ? heldOf(naming, product, sources) : 0)
  // "Un portable pour les cours" was taken for smartphones, which it does not say: what it means is nearer.
  const isTypeSaid = typeStems.some((stem) => contentStems(step.said, sources.lexicon).includes(stem))
  // "Something against flies", of which no listing speaks, is what comes near.
  const isFoundBlind = found.items.length === 0 && leftOut === 0 && !isPriceLeftOut
  const isGuessed =
    (isFoundBlind || (!isTypeSaid && lacking.length > 0)) && others.length === 0 && !isNarrowed
  const meant =
    forUse.length > 0 || !isGuessed ? forUse : await nearestByMeaning(step.said, search, facts, sources)
  if (meant.length > 0) {
    const added = meant.filter((one) => !found.items.some(({ product }) => product.id === one.id))
    const items = added.map((product) => ({ product, variantId: null, isOfKind: false }))
    found = { ...found, items: [...items, ...found.items] }
  }
  // Who adds "in grey" wants to see the grey ones first, however little the word weighs among all that was said; so does who asks for
  // the cheapest grey one.
  const isByPrice = search.sort === 'price-ascending' || search.sort === 'price-descending'
  const byPrice = (a: Found, b: Found) =>
    (priceOf(a) - priceOf(b)) * (search.sort === 'price-descending' ? -1 : 1)
  const leads = leadOf(search.text || step.said, sources.lexicon)
  const akin = akinTo(step.about ?? '', found.items, sources)
  const placeForUse = ({ product }: Found) =>
    forUse.includes(product) ? forUse.indexOf(product) : forUse.length
  const isRanked = isNarrowed || isByPrice || isMended || search.sort === 'relevance'
  // "The cheapest one" costs no more than what is in sight, whichever holds more of what was wished for before.
  const mostGranted = Math.max(0, ...found.items.map(({ product }) => granted(product)))
  const [foremost] =
    isNarrowed && isByPrice
      ? found.items
          .filter(({ product }) => step.inSight?.includes(product.id) && granted(product) === mostGranted)
          .toSorted(byPrice)
      : []
  const isLikeForemost = (one: Found) =>
    foremost !== undefined &&
    granted(one.product) >= mostGranted &&
    grantedBefore(one.product) >= grantedBefore(foremost.product) &&
    exactly(one, search.constraints) >= exactly(foremost, search.constraints)
  const sorted = isRanked
    ? found.items.toSorted(
        (a, b) =>
          +isLikeForemost(b) - +isLikeForemost(a) ||
          (isLikeForemost(a) ? byPrice(a, b) : 0) ||
          (isByPrice ? 0 : placeForUse(a) - placeForUse(b)) ||
          (ranked ? mustsOf(b.product) - mustsOf(a.product) || ranked.scoreOf(b) - ranked.scoreOf(a) : 0) ||
          granted(b.product) - granted(a.product) ||
          grantedBefore(b.product) - grantedBefore(a.product) ||
          (isByPrice ? 0 : +meant.includes(b.product) - +meant.includes(a.product)) ||
          (isByPrice ? 0 : akin(b.product) - akin(a.product)) ||
          exactly(b, search.constraints) - exactly(a, search.constraints) ||
          (isByPrice || found.tier < leastTold ? 0 : leads(a, b)),
      )
    : found.items
  // "The smallest bottle": of what else was wished for alike, by what the titles and fields measure.
  const measured = ofItems(sorted)
  const inOrder =
    measured === null ? sorted : measured.toSorted((a, b) => granted(b.product) - granted(a.product))
  // "Only the brown ones" shows no others.
  const [first] = inOrder
  const isLikeFirst = ({ product }: Found) =>
    first === undefined ||
    (granted(product) === granted(first.product) && grantedBefore(product) === grantedBefore(first.product))
  const isOnly = isNarrowed && first !== undefined && granted(first.product) > 0
  // Nor does "at least 500 chips" show sets of 300, where some have as many.
  const reached = wishes.filter(
    ({ isMust, isHeldBy }) => isMust && inOrder.some((one) => isHeldBy(one.product)),
  )
  const keeping = inOrder.filter(({ product }) => reached.every(({ isHeldBy }) => isHeldBy(product)))
  const among = keeping.length > 0 ? keeping : inOrder
  const isMust = saysMust(step.said, code)
  const musts = wishes.filter(({ isHeldBy }) => first !== undefined && isHeldBy(first.product))
  const keepsMusts = ({ product }: Found) => musts.every(({ isHeldBy }) => isHeldBy(product))
  const items =
    isOnly && (isMust || saysOnly(step.said, sources.lexicon))
      ? among.filter((one) => isLikeFirst(one) && (!isMust || keepsMusts(one)))
      : among
  const shown = items.slice(0, limit)
  const lead = leadFeatures(
    {
      said: isNarrowed ? `${search.text}. ${step.said}` : step.said,
      shown: shown.map(({ product }) => product),
      found: found.all.map(({ product }) => product),
    },
    sources,
  )
  // What comes by meaning need not say a word of it.
  const isDoubtful = meant.length === 0 && !isBeyondPrice && !isTrusted(lead)
  const holding = [...wishes, ...earlier].map(({ said, isHeldBy }) => ({
    said,
    productIds: shown.filter(({ product }) => isHeldBy(product)).map(({ product }) => product.id),
  }))
  const cards = shown.map(({ product, variantId }) =>
    cardOf(product, variantId, constraints, sources.phrases),
  )
  // How many fit is known where all were looked at: the search also counts what holds but half of the words.
  const isWhole =
    found.items.length === found.all.length &&
    found.result.leftOut === undefined &&
    found.result.total <= lookedAt
  const merely = isMerelyNamed()
  // "Gold ring", where a ring platter is all, and nothing of gold.
  const isNameAlone = contentStems(step.said, sources.lexicon).every((stem) => named.includes(stem))
  const isHalf =
    isNameAlone &&
    named.length > 1 &&
    !nounFirst.has(sources.lexicon.language.code) &&
    lexemesOf(step.said).length === named.length &&
    !items.some(({ product }) => heldOf(new Set(named), product, sources) === named.length)
  const isTold = merely !== null && (merely.isSure || isHalf) && !isUse
  // What was named, and not all that is shown are, only ordered them.
  const isOfAll = (one: Constraint) =>
    ranked === null ||
    one.kind !== 'facet' ||
    one.negated ||
    one.strength === 'insisted' ||
    shown.every(({ product }) => valuesStated(product, [one]) > 0)
  facts.search = {
    cards,
    total: isWhole ? found.items.filter(holdsAll(search, sources)).length : null,
    relaxed,
    preferred: [...found.result.preferred, ...constraints.filter((one) => !isOfAll(one))],
    constraints: constraints.filter(isOfAll),
    isBeyondPrice,
    isUnrelated: isUnrelated && meant.length === 0,
    isNear: meant.length > 0 || isUse,
    isDoubtful,
    unmeasured,
    hasNoOthers: search.seen !== undefined && shown.length === 0,
    isNarrowed: isNarrowed || isMended,
    isUnrated:
      (search.sort === 'rating' || search.sort === 'reviews') &&
      shown.every(({ product }) => (product.rating?.average ?? 0) === 0),
    notSold: merely !== null && isTold ? { ...merely, word: asWritten(step.said, merely.word) } : null,
    // Of a message that may be no wish at all, nothing is said to be missing.
    alike: isUse
      ? forUse.map(({ id }) => id)
      : alikeFirst(
          shown.map(({ product }) => product),
          search.text,
          sources.lexicon,
        ),
    unmentioned:
      shown.length === 0 || (step.isGuess && !isNarrowed && found.tier < leastTold)
        ? []
        : holding.flatMap(({ said, productIds }) =>
            // Of what was left out that is said already.
            productIds.length > 0 || relaxed.some(({ text }) => text.toLowerCase().includes(said))
              ? []
              : said,
          ),
    partly: holding
      .slice(0, wishes.length)
      .filter(({ productIds }) => productIds.length > 0 && productIds.length < shown.length),
    forWhom: shown
      .slice(0, 1)
      .flatMap(({ product }) => users.flatMap((one) => measureAllowed(product, one, sources.lexicon) ?? []))
      .flatMap(({ line, isKept }) => (isKept ? line : [])),
    leftOut,
    forbidden: [...forbidden].flatMap(([id, line]) => {
      const product = facts.products.get(id)
      const isBeside =
        product !== undefined &&
        (shown.length === 0 ||
          sharesShelf(
            product,
            among.map((one) => one.product),
          ))
      return isBeside && line !== null ? { product, line } : []
    }),
    // Who then asks for cheaper ones is shown those of the kind alone.
    hasCheaper: items
      .slice(limit)
      .some((item) => isOfType(item) && cards.every((card) => priceOf(item) < card.price.minor)),
  }
  for (const card of cards) facts.cards.set(card.productId, card)
  addSubjects(
    facts,
    cards.map((card) => card.productId),
  )
  return {
    hits: cards.map((card) => card.productId),
    total: found.result.total,
    relaxed: found.result.relaxed,
    lead,
  }
}

/** Fewer words of content name the goods and little else. */
const leastOfStory = 5
