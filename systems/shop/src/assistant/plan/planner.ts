import type { Understanding } from '../../domain/constraints.ts'
import { asksSum } from '../../understand/sum.ts'
import { askedIn } from '../asked.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { comparativeIn } from '../by-measure.ts'
import type { Comparative } from '../by-measure.ts'
import { asksPrice } from '../compose/price-answer.ts'
import { asksByMeasuring } from '../dimensions.ts'
import { contentStems, words } from '../words.ts'
import { addressesStore, askedWhich, asksWhich, isAsking, isAskingWord } from '../../language/asking.ts'
import { fold } from '../../language/fold.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import { holdsKindOf } from '../../language/joined.ts'
import { headOf } from '../../language/nouns.ts'
import { placeOf } from '../../understand/ordinal.ts'
import { findDescribed, findIntent, findReference } from '../../understand/intent.ts'
import { comparesPrice, findLower, saidBeforeCompared } from '../../understand/lower.ts'
import { findPrice } from '../../understand/price.ts'
import { clausesOf } from '../../understand/clauses.ts'
import { speaksOf } from '../../understand/turn-kind.ts'
import { searchTextOf, withoutTold } from '../../understand/search-text.ts'
import { sizesIn } from '../wishes.ts'
import { comparePlan, sideBySide } from './compare-plan.ts'
import {
  asksForAnother,
  callsSeen,
  effectiveSearch,
  hasNewConstraints,
  ownSearch,
  possibleRefinement,
} from './effective-search.ts'
import { askedAgain, saysOnlyWhich } from './asked-again.ts'
import { anotherOne, besideTwin } from './another-one.ts'
import { clarify, memoryPlan, orderPlan, policyPlan, recallPlan } from './account-plan.ts'
import { isMostlyCalled } from './meant.ts'
import { othersWanted, placeOfOther } from './others-plan.ts'
import type { OthersWanted } from './others-plan.ts'
import type { EffectiveSearch, PartsWanted, Plan, PlanContext, SearchStep, Subject } from './plan.ts'
import { beginsWithGoods, isOfAnother, isOfType, isPartOf, isSubject } from './of-another.ts'
import { beyondTwins, twinMeant } from './twin-asked.ts'
import { whichFits } from './which-fits.ts'
import { proposalOf } from './proposal-plan.ts'
import { isAboutStoreAtLarge, settleIntent } from './settle-intent.ts'
import type { Product } from '../../domain/product.ts'
import type { FitAsked } from '../parts/part-types.ts'
import { isAnsweredBy } from '../compose/extract.ts'
import {
  chosenByMeasure,
  chosenByPrice,
  impliedProducts,
  listOf,
  namedProducts,
  productsAsked,
  referredProducts,
} from './subjects.ts'

const resultLimit = 6

/** Intents of "the cheaper one" and "tell me about the cheaper one". */
const showing: ReadonlySet<Understanding['intent']> = new Set(['search', 'narrow', 'product-question'])

/**
 * Decides what to look up for a message. Pure: the same understanding and context give the same plan. Nothing in a
 * listing or a review takes part in it, and of a model only what `heardBy` lets through.
 */
export function makePlan(message: string, said: Understanding, given: PlanContext): Plan {
  const ofSight =
    given.isRead || given.isSettled || said.intent === 'compare'
      ? null
      : (chosenByPrice(message, given) ?? chosenByMeasure(message, given))
  const twin = ofSight === null ? twinPlan(message, said, given) : null
  if (twin !== null) return { ...twin, isOfTwin: true }
  // Of none of the family: others of its kind may have more of it.
  const more = ofSight === null ? beyondTwins(message, said, given) : null
  const others = more === null ? null : anotherOne(more.said, said, besideTwin(more.of, given))
  if (more !== null && others !== null) return searchPlan(more.said, others.wish, others.context)
  return planOf(message, said, given, ofSight)
}

/** What a message that means a near twin of what is in sight asks: to see it, to hold it against what is in sight, or something of it. Null where it means none. */
function twinPlan(message: string, said: Understanding, given: PlanContext): Plan | null {
  const twin = twinMeant(message, said, given)
  if (twin === null || !given.twins) return null
  if (said.intent === 'compare' && !twin.isWish && twin.product.id !== given.twins.of.id)
    return {
      ...showPlan(said, []),
      kind: 'comparison',
      steps: sideBySide({ from: 'ids', ids: [given.twins.of.id, twin.product.id] }),
    }
  if (!twin.isWish) return planOf(message, said, given, twin)
  const reference = { kind: 'shown' as const, ids: [twin.product.id] }
  return showPlan({ ...said, intent: 'search', topic: null, reference }, [twin.product.id])
}

/** The plan for a message, of which a product is chosen that is pointed at. */
function planOf(
  message: string,
  said: Understanding,
  given: PlanContext,
  chosen: { product: Product; rest: string } | null,
): Plan {
  if (chosen !== null && showing.has(said.intent) && !asksMore(chosen.rest, given.lexicon))
    return shownOrAsked(
      message,
      showPlan(
        { ...said, intent: 'search', topic: null, reference: { kind: 'shown', ids: [chosen.product.id] } },
        [chosen.product.id],
      ),
      given,
    )
  const context = chosen === null ? given : { ...given, named: chosen.product }
  // What is pointed at by its price is no wish for others that cost less, and only what is said beside that may ask for the price.
  const isOfPrice = chosen === null || asksPrice(chosen.rest, given.lexicon.language)
  const understood =
    chosen === null
      ? said
      : {
          ...said,
          reference: null,
          sort: 'relevance' as const,
          topic: said.topic === 'price' && !isOfPrice ? null : said.topic,
        }
  const other = given.isRead ? null : placeOfOther(message, context)
  const heard =
    other === null
      ? understood
      : {
          ...understood,
          intent: understood.intent === 'compare' ? ('search' as const) : understood.intent,
          reference: { kind: 'ordinal' as const, position: other },
          productType: null,
        }
  const plan = planFor(message, heard, context)
  return chosen === null || plan.kind !== 'product-answer'
    ? shownOrAsked(message, plan, context)
    : { ...plan, asked: chosen.rest }
}

/** What shows a product, or asks the last question of it again. */
function shownOrAsked(message: string, plan: Plan, context: PlanContext): Plan {
  const again = askedAgain(message, plan, context)
  if (again === null) return plan
  const { product, question } = again
  const understanding: Understanding = {
    ...plan.understanding,
    intent: 'product-question',
    topic: null,
    reference: null,
    constraints: [],
  }
  const asked = questionPlan(question, understanding, { ...context, named: product })
  return { ...asked, asked: question, isOfOneAmongSeveral: true }
}

function planFor(message: string, understood: Understanding, context: PlanContext): Plan {
  const understanding =
    context.isRead || context.isSettled ? understood : settleIntent(message, understood, context)
  if (context.parts != null && !context.isRead && !context.isSettled)
    return partsPlan(context.parts, understood)
  if (context.fit != null && !context.isRead && !context.isSettled) return fitPlan(context.fit, understood)
  const others = othersWanted(message, understood, context) ?? whichFits(message, understood, context)
  if (others !== null) return othersPlan(others, understood, context)
  const another = anotherOne(message, understood, context)
  if (another !== null) return searchPlan(message, another.wish, another.context)
  if (context.named && isAboutStoreAtLarge(understood))
    return understood.intent === 'not-ours' && (message.includes('?') || findIntent(message) !== 'search')
      ? questionPlan(message, { ...understanding, intent: 'product-question' }, context)
      : showPlan(understanding, [context.named.id])
  const base = { understanding, search: null, isRefinement: false, clarify: null }
  switch (understanding.intent) {
    case 'search':
    case 'narrow':
      // "What keyboards do you sell?" asks for those, whatever was looked for before.
      return searchPlan(
        message,
        understanding,
        understood.intent === 'assortment' ? { ...context, previous: null } : context,
      )
    case 'service':
      return policyPlan(message, base, understanding.topic, lookedAt(context))
    case 'care':
      return { ...base, kind: 'care', steps: [] }
    case 'not-ours':
      return { ...base, kind: 'not-ours', steps: [] }
    case 'advice':
      return advicePlan(understanding, context)
    case 'assortment':
      return {
        ...base,
        kind: 'assortment',
        steps: [{ kind: 'assortment' }],
      }
    case 'how-to':
      return howToPlan(message, understanding, context)
    case 'allergy':
      return allergyPlan(message, understanding, context)
    case 'compare':
      return comparePlan(message, understanding, context)
    case 'product-question':
      // "Show me the third one" asks nothing of it but to be shown.
      if (understanding.reference?.kind === 'ordinal' && !asksMore(understanding.searchText, context.lexicon))
        return searchPlan(message, { ...understanding, intent: 'search' }, context)
      // "Do you have the plum cake?" asks whether it is there.
      if (
        context.named !== null &&
        understanding.topic === null &&
        (((addressesStore(message, context.lexicon.language.code) ||
          !isAsking(message, context.lexicon.language.code)) &&
          !saysBeyondName(message, context.named, context.lexicon)) ||
          // "And the black one?"
          saysOnlyWhich(message, context.named, context))
      )
        return showPlan({ ...understanding, intent: 'search' }, [context.named.id])
      return questionPlan(message, understanding, context)
    case 'review-question':
      return questionPlan(message, understanding, context)
    case 'price-history':
      return aboutProduct(message, understanding, context, (subject) => ({
        ...base,
        kind: 'price-history',
        steps: [
          { kind: 'products', subject },
          { kind: 'price-history', subject },
        ],
      }))
    case 'deals': {
      const { search } = effectiveSearch(message, understanding, context)
      return {
        ...base,
        kind: 'deals',
        steps: [{ kind: 'deals', search, limit: resultLimit }],
        search,
      }
    }
    case 'recall':
      return context.isKnownShopper ? recallPlan(message, understanding, context) : clarify(base, 'sign-in')
    case 'memory':
      return context.isKnownShopper ? memoryPlan(message, base) : clarify(base, 'sign-in')
    case 'order-status':
    case 'returns':
      return orderPlan(message, understanding, context)
    case 'add-to-cart':
    case 'alert':
    case 'auto-buy':
      return actionPlan(message, understanding, context)
    case 'chat':
      return chatPlan(message, understanding, context)
  }
}

/** Parts or companions of what is in sight or named. */
function partsPlan({ asked, name, inSight }: PartsWanted, understanding: Understanding): Plan {
  const search = { text: name, productType: name, constraints: [], sort: 'relevance' as const }
  return {
    understanding: { ...understanding, intent: 'search', topic: null, reference: null },
    kind: 'results',
    steps: [{ kind: 'parts', asked, inSight, search, limit: resultLimit }],
    search,
    isRefinement: false,
    clarify: null,
  }
}

/** Whether two products go together. */
function fitPlan(fit: FitAsked, understanding: Understanding): Plan {
  return {
    understanding: { ...understanding, intent: 'product-question', topic: null, reference: null },
    kind: 'product-answer',
    steps: [{ kind: 'fit', ...fit }],
    search: null,
    isRefinement: false,
    clarify: null,
  }
}

/** The last search without what it showed. */
function othersPlan(
  { search, said }: OthersWanted,
  understanding: Understanding,
  context: PlanContext,
): Plan {
  return {
    understanding: { ...understanding, intent: 'narrow', topic: null, reference: null },
    kind: 'results',
    steps: [
      {
        ...searchStep(said, search, { isGuess: false }),
        isRefinement: true,
        inSight: context.list.map(({ id }) => id),
      },
      { kind: 'reviews', subject: { from: 'found', limit: 2 } },
    ],
    search,
    isRefinement: true,
    clarify: null,
  }
}

/** The product of the page, else the one that the last answer was about. */
const lookedAt = ({ page, shown, focusId }: PlanContext): Product | null =>
  page ?? shown.find(({ id }) => id === focusId) ?? null

/** Whether one of those in sight is called by no noun: "el negro" of two candlesticks says which, and looks for nothing black. */
function isChosen({ id }: Product, said: string, { list, isNoun, lexicon }: PlanContext): boolean {
  const noun = headOf(contentStems(said, lexicon), lexicon.language)
  return list.length > 1 && list.some((each) => each.id === id) && (noun === undefined || !isNoun(noun))
}

function searchPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const isAnother =
    context.previous !== null &&
    // "Is there salicylic acid in the second?" asks for no acid.
    understanding.reference?.kind !== 'ordinal' &&
    asksForAnother(message, understanding, context.previous, context)
  const reference = isAnother ? null : understanding.reference
  if (reference?.kind === 'earlier' && context.isKnownShopper)
    return recallPlan(message, understanding, context)
  const several = namedTogether(message, context)
  if (several.length > 1)
    return showPlan(
      understanding,
      several.map(({ id }) => id),
    )
  // "Which lenses fit?" asks for all that are called so; "teak it is, and is there a cushion for it?" for no teak bench.
  const asked = headOf(
    contentStems(understanding.productType ?? '', context.lexicon),
    context.lexicon.language,
  )
  const isOfOthers =
    fold(understanding.productType ?? '') === askedWhich(message, context.lexicon.language.code) ||
    (context.named !== null &&
      asked !== undefined &&
      context.isNoun(asked) &&
      !holdsKindOf(
        contentStems(`${context.named.title} ${context.named.categories.join(' ')}`, context.lexicon),
        asked,
        context.lexicon.language.code,
      ))
  if (context.named && !isOfOthers) {
    if (asksBeyondName(message, context.named, context.lexicon))
      return questionPlan(message, { ...understanding, intent: 'product-question', topic: null }, context)
    const shown = showPlan(understanding, [context.named.id])
    // What is called by its name may be what is narrowed next ("max 120"); "the velour one" is of what was looked for.
    const isOwn =
      understanding.productType !== null &&
      findDescribed(message) === null &&
      !isChosen(context.named, understanding.productType, context)
    return isOwn ? { ...shown, search: ownSearch(understanding) } : shown
  }
  // "The red one", "the second": no search, the product itself.
  if (reference && reference.kind !== 'relative' && reference.kind !== 'earlier') {
    const referred = referredProducts(reference, context)
    // "And its weight?" asks something of it.
    const isAsked =
      reference.kind === 'this'
        ? asksMore(understanding.searchText, context.lexicon)
        : isAsking(message, context.lexicon.language.code) &&
          (asksByMeasuring(message, context.lexicon) ||
            asksMoreThanPlace(message, context.lexicon) ||
            // "Who makes the first one?", "the second, what is in it?".
            askedIn(message, context.lexicon).length > 0)
    if (isAsked && referred.length > 0) {
      return questionPlan(message, { ...understanding, intent: 'product-question' }, context)
    }
    // "Do you have them in 41?" asks each of them for a size.
    if (reference.kind === 'those' && referred.length && sizesIn(message, context.lexicon).length > 0)
      return questionPlan(message, { ...understanding, intent: 'product-question' }, context)
    // "Something like that but under 20" wants others, as "those, in blue" does.
    const wantsOthers =
      reference.kind === 'those' ||
      (reference.kind === 'this' && understanding.intent === 'narrow' && context.previous !== null)
    if (referred.length && !(wantsOthers && hasNewConstraints(understanding))) {
      return showPlan(
        understanding,
        referred.slice(0, 4).map((product) => product.id),
      )
    }
  }
  const isPlace = /^\W*(?:the\s+)?(?:first|second|third|fourth|fifth|last)(?:\s+one)?\W*$/i.test(message)
  if ((reference?.kind === 'ordinal' && context.shown.length > 0) || isPlace) {
    return clarify({ understanding, search: null, isRefinement: false }, 'which-product')
  }
  const dearer = cheaperThan(message, context)
  if (dearer !== null) {
    // What it names is not what it wants.
    const wanted = saidBeforeCompared(message, context.lexicon.language.code) ?? message
    const text = searchTextOf(wanted, context.lexicon)
    return searchPlan(
      wanted,
      {
        ...understanding,
        reference: { kind: 'relative', direction: 'cheaper' },
        productType: null,
        sort: 'relevance',
        constraints: understanding.constraints.filter(({ text }) => wanted.includes(text)),
      },
      {
        ...context,
        mentions: [],
        page: dearer,
        shown: [],
        list: [],
        focusId: null,
        previous:
          contentStems(text, context.lexicon).length === 0
            ? null
            : { text, productType: null, constraints: [], sort: 'relevance' },
      },
    )
  }
  // A model says all that is wanted in its words, what still holds of earlier messages too.
  const effective =
    context.isRead && reference === null
      ? { search: ownSearch(understanding), isRefinement: false, anchor: null }
      : effectiveSearch(message, understanding, context)
  const { anchor } = effective
  const { previous } = context
  // "Under 1000 rupees", where nothing is sold in rupees, is still about what was looked for.
  const isPriceAlone =
    previous !== null &&
    !effective.isRefinement &&
    !hasNewConstraints(understanding) &&
    findPrice(message, null, context.lexicon.language.code) !== null &&
    namesNothing(message, context)
  const search = isPriceAlone ? previous : effective.search
  const isRefinement = isPriceAlone || effective.isRefinement
  // "Please help me" names nothing: better to ask what is looked for than to show all there is.
  if (!isRefinement && !hasNewConstraints(understanding) && contentStems(search.text).length === 0)
    return chatPlan(message, { ...understanding, intent: 'chat', topic: null }, context)
  return {
    understanding,
    kind: 'results',
    steps: [
      ...(anchor ? [{ kind: 'anchor' as const, productId: anchor.id }] : []),
      {
        // The little words of another language are no wishes.
        ...searchStep(
          understanding.spokenLanguage === undefined ? message : understanding.searchText || message,
          search,
          { isGuess: understanding.topic === 'unsure' && !isRefinement },
        ),
        ...(context.story == null ? {} : { story: context.story }),
        isRefinement,
        refined:
          isRefinement || isAnother || context.isRead
            ? null
            : possibleRefinement(message, understanding, context),
        own: isRefinement && anchor === null ? ownSearch(understanding) : null,
        callsSeen: callsSeen(context),
        inSight: context.list.map(({ id }) => id),
        beyond: isRefinement ? beyondSight(message, context) : null,
        isForThing:
          !isRefinement && understanding.searchText !== '' && !saysAllOf(search.text, message, context),
        about: isRefinement || context.isRead || saysSpokenOf(search.text, context) ? '' : spokenOf(context),
      },
      { kind: 'reviews', subject: { from: 'found', limit: 2 } },
    ],
    search,
    isRefinement,
    clarify: null,
  }
}

/** What a message names as costing more than what it wants: "a belt that is cheaper than the basket weave". */
const cheaperThan = (
  message: string,
  { mentions: [mention], isRead, lexicon }: PlanContext,
): Product | null =>
  !isRead && mention !== undefined && comparesPrice(message, lexicon.language.code) ? mention.product : null

/** What was looked for last, and what the thing that was looked at is called. */
const spokenOf = ({ previous, page, shown, focusId }: PlanContext): string =>
  `${previous?.text ?? ''} ${(page ?? shown.find(({ id }) => id === focusId) ?? shown[0])?.title ?? ''}`.trim()

/** Whether a search says itself what goods were looked for before: "bag cameras". */
function saysSpokenOf(text: string, { previous, lexicon }: PlanContext): boolean {
  const said = contentStems(text, lexicon)
  const before = contentStems(previous?.productType ?? '', lexicon)
  return before.length > 0 && before.every((stem) => said.includes(stem))
}

/** Whether a message says all words of a search: where it does not, the others are of what is in sight. */
function saysAllOf(text: string, message: string, { lexicon }: PlanContext): boolean {
  const said = new Set(contentStems(message, lexicon))
  return contentStems(text, lexicon).every((stem) => said.has(stem))
}

/** "A bigger one": than what was looked at last, or stands first. */
function beyondSight(
  message: string,
  { page, shown, focusId, lexicon }: PlanContext,
): { productId: string; comparative: Comparative } | null {
  // "Mindre dyr" is of the price.
  const comparative =
    findLower(message, lexicon.language.code) === null ? comparativeIn(message, lexicon) : null
  const product = page ?? shown.find(({ id }) => id === focusId) ?? shown[0]
  return comparative !== null && product !== undefined ? { productId: product.id, comparative } : null
}

/** Whether nothing but the price that a message states says anything. */
function namesNothing(message: string, { lexicon }: PlanContext): boolean {
  const price = findPrice(message, null, lexicon.language.code)
  return price !== null && contentStems(message.replace(price.constraint.text, ' '), lexicon).length === 0
}

/** Whether words are left that point at nothing shown: what is asked of the product. */
function asksMore(said: string, lexicon: Lexicon): boolean {
  const talk = new Set(
    contentStems(
      'tell show more see one about details information interested hear know learn open go take give let like look please number two three four five item option product first second third fourth fifth last',
      lexicon,
    ),
  )
  return contentStems(said, lexicon).some((word) => !talk.has(word))
}

/** Whether a question says more than which of a list it is about: "le premier, une partie dure combien de temps ?". */
function asksMoreThanPlace(message: string, lexicon: Lexicon): boolean {
  const { code } = lexicon.language
  return words(message).some(
    ({ text }) => placeOf(fold(text), code) === null && !isAskingWord(text, code) && asksMore(text, lexicon),
  )
}

/** The goods that a message names one beside the other, where it says nothing else: "do you have the kettle and the lamp oil?". */
function namedTogether(message: string, { mentions, isRead, lexicon }: PlanContext): Product[] {
  const { language } = lexicon
  const named = [...new Map(mentions.map(({ product }) => [product.id, product])).values()]
  const joins = new RegExp(anyOf(grammarOf(language.code).and), 'iu')
  if (isRead === true || named.length < 2 || !joins.test(message)) return []
  const own = new Set(named.flatMap(({ title }) => contentStems(title, lexicon)))
  const isAll = words(message).every(
    ({ text }) =>
      isAskingWord(text, language.code) ||
      language.isRequestWord(fold(text)) ||
      contentStems(text, lexicon).every((stem) => own.has(stem)),
  )
  return isAll ? named : []
}

/** "Is there alcohol in the plum cake?" asks something of it beside naming it. */
const asksBeyondName = (message: string, product: Product, lexicon: Lexicon): boolean =>
  isAsking(message, lexicon.language.code) &&
  !addressesStore(message, lexicon.language.code) &&
  saysBeyondName(message, product, lexicon)

/** Whether a message says more than what calls a product and whether it is there. */
function saysBeyondName(
  message: string,
  { title, brand, categories, variants }: Product,
  lexicon: Lexicon,
): boolean {
  const { language } = lexicon
  const choices = variants.flatMap(({ options }) => Object.values(options))
  const own = new Set(contentStems([title, brand ?? '', ...categories, ...choices].join(' '), lexicon))
  return words(message).some(
    ({ text }) =>
      !isAskingWord(text, language.code) &&
      !language.isRequestWord(fold(text)) &&
      !speaksOf(text, ['assortment', 'price'], language) &&
      contentStems(text, lexicon).some((stem) => !own.has(stem)),
  )
}

function showPlan(understanding: Understanding, ids: string[]): Plan {
  const subject: Subject = { from: 'ids', ids }
  return {
    understanding,
    kind: 'product-answer',
    steps: [
      { kind: 'products', subject },
      { kind: 'reviews', subject: { from: 'ids', ids: ids.slice(0, 2) } },
    ],
    search: null,
    isRefinement: false,
    clarify: null,
  }
}

function questionPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  return aboutProduct(message, understanding, context, (subject) => ({
    understanding,
    kind: understanding.intent === 'review-question' ? 'review-answer' : 'product-answer',
    steps: [
      { kind: 'products', subject },
      { kind: 'questions', subject },
      { kind: 'reviews', subject },
      ...(understanding.intent !== 'review-question'
        ? [{ kind: 'brand-page' as const, question: message, subject }]
        : []),
    ],
    search: null,
    isRefinement: false,
    clarify: null,
  }))
}

/** Plans about the product that the message means; finds it first when none is in sight. */
function aboutProduct(
  message: string,
  understanding: Understanding,
  context: PlanContext,
  plan: (subject: Subject) => Plan,
): Plan {
  // What is called by its name is meant, whatever is in sight.
  const { named } = context
  const summed =
    asksSum(message, context.lexicon.language) === null
      ? []
      : impliedProducts(message, understanding, context)
  if (summed.length > 1) return plan({ from: 'ids', ids: summed.map(({ id }) => id) })
  if (named) {
    const inner = plan({ from: 'ids', ids: [named.id] })
    const isInSight = named.id === context.page?.id || context.shown.some(({ id }) => id === named.id)
    const kind = named.categories.at(-1) ?? null
    const search = {
      text: kind ?? named.title,
      productType: kind,
      constraints: [],
      sort: 'relevance' as const,
    }
    return isInSight ? inner : { ...inner, search }
  }
  // A model that read the message says which of those in sight it is about; where it says none, it is about others.
  const { reference } = understanding
  const products = context.isRead
    ? reference === null
      ? []
      : referredProducts(reference, context)
    : reference?.kind === 'ordinal'
      ? // "What is in the first one?" is asked of no other.
        impliedProducts(message, understanding, context)
      : answering(message, impliedProducts(message, understanding, context), context)
  // "Soft teddy for a newborn, is it safe?" says first what it points at.
  const beginsWithIt = beginsWithGoods(message, understanding, context.lexicon)
  const isWish = beginsWithIt && !message.includes('?')
  // "Does the second one have a lid?", where one is shown, is asked of none.
  if (
    reference?.kind === 'ordinal' &&
    context.page === null &&
    listOf(context).length > 0 &&
    referredProducts(reference, context).length === 0
  )
    return clarify({ understanding, search: null, isRefinement: false }, 'which-product')
  // "Is a memory card included?" asks it of what is in sight.
  const asksWhatComesWith = products.length > 0 && askedIn(message, context.lexicon).includes('package')
  // What is asked in another language than the listings' calls nothing by its words.
  const isOfSight =
    understanding.spokenLanguage !== undefined &&
    context.mentions.length === 0 &&
    (context.page !== null || context.shown.length === 1 || (products.length > 0 && !context.isTypeSold))
  const namesNewType =
    !isOfSight &&
    (isOfAnother(message, understanding, products[0], context) ||
      (understanding.productType !== null &&
        understanding.reference === null &&
        context.isTypeSold &&
        !asksWhatComesWith &&
        // "The kettle" is a thing, "about fit" is a side of the thing in sight.
        (products.length === 0 || isWish || isSubject(understanding.productType, message, context.lexicon)) &&
        !isOfType(products, understanding.productType, context.lexicon) &&
        !isPartOf(products, understanding.productType, context.lexicon)))
  if (products.length && !namesNewType) {
    const made = plan({ from: 'ids', ids: products.slice(0, 3).map((product) => product.id) })
    const isOfOneAmongSeveral =
      context.page === null &&
      context.shown.length > 1 &&
      (understanding.reference === null || understanding.reference.kind === 'this') &&
      namedProducts(message, context.shown, context.lexicon).length === 0
    return isOfOneAmongSeveral ? { ...made, isOfOneAmongSeveral } : made
  }
  // "It" points at nothing: better to ask than to answer for a product that nobody mentioned.
  const pointsAt = (understanding.reference ?? findReference(message)?.reference)?.kind
  const pointsNowhere =
    products.length === 0 && !beginsWithIt && (pointsAt === 'this' || pointsAt === 'those')
  if (
    pointsNowhere ||
    (understanding.productType === null && contentStems(understanding.searchText).length === 0)
  ) {
    return clarify({ understanding, search: null, isRefinement: false }, 'which-product')
  }
  // "Fan that sprays water" asks for one, however it sounds.
  if (isWish) return searchPlan(message, { ...understanding, intent: 'search', topic: 'unsure' }, context)
  const { search } = effectiveSearch(message, understanding, context)
  const inner = plan({ from: 'found', limit: 1 })
  return {
    ...inner,
    search,
    steps: [
      {
        kind: 'find',
        search,
        mustBeNamed: true,
        ...(beginsWithIt ? { otherwise: searchStep(message, search, { isGuess: true }) } : {}),
      },
      ...inner.steps.filter((step) => step.kind !== 'products'),
    ],
  }
}

/** Of a list that is shown, and none of it looked at, those whose listings answer: the first may say nothing of it. */
function answering(message: string, products: Product[], context: PlanContext): Product[] {
  const [only] = products
  if (only === undefined || products.length > 1 || context.shown.length < 2) return products
  const isFirstOfList = context.page === null && only.id === context.shown[0]?.id
  const { currency, lexicon } = context
  const isAnswered = (product: Product) => isAnsweredBy(message, product, currency, lexicon)
  if (!isFirstOfList || isAnswered(only)) return products
  const others = productsAsked(message, context)
    .filter(isAnswered)
    .filter(({ title }, at, all) => all.findIndex((each) => each.title === title) === at)
  return others.length === 0 ? products : others.slice(0, 2)
}

const searchStep = (
  message: string,
  search: EffectiveSearch,
  { isGuess }: { isGuess: boolean },
): SearchStep => ({
  kind: 'search',
  search,
  limit: resultLimit,
  isGuess,
  said: withoutTold(message),
  isRefinement: false,
  refined: null,
})

/** What tells a kind of goods apart: looked over, none of them recommended. */
function advicePlan(understanding: Understanding, context: PlanContext): Plan {
  const { previous } = context
  const own = understanding.productType
  const text = own ?? previous?.text ?? understanding.searchText
  const search = {
    text,
    productType: own ?? previous?.productType ?? null,
    constraints: [],
    sort: 'relevance' as const,
  }
  return {
    understanding,
    kind: 'advice',
    steps: [{ kind: 'survey', search, limit: 40 }],
    search,
    isRefinement: false,
    clarify: null,
  }
}

/** How the product in sight is treated, or goods of the kind that is named. */
function howToPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const { productType } = understanding
  const isOfKind = productType !== null && context.isTypeSold && understanding.reference === null
  if (!isOfKind || context.named) return questionPlan(message, understanding, context)
  // Cables, not what cleans: the treatment names none of the goods.
  const search = {
    text: productType,
    productType,
    constraints: understanding.constraints.filter(({ kind }) => kind === 'facet'),
    sort: 'relevance' as const,
  }
  return {
    understanding,
    kind: 'how-to',
    steps: [
      { kind: 'survey', search, limit: 40 },
      { kind: 'policy', text: message, topic: null },
    ],
    search: null,
    isRefinement: false,
    clarify: null,
  }
}

/** Only what is stated counts, be it of the product in sight or of those that a search finds. */
function allergyPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const isAboutShown = understanding.reference !== null || understanding.productType === null
  // "Allergic to nuts, is the walnut oil soap all right?" asks of what it calls by name, and not of all soaps.
  const [mention] = context.mentions
  const kept = new Set(understanding.keptFrom.flatMap((what) => words(what).map(({ text }) => fold(text))))
  const naming = mention?.own.filter((word) => !kept.has(fold(word))) ?? []
  const isCalled =
    mention !== undefined &&
    (naming.length >= mostlyCalled ||
      (naming.length > 0 && isMostlyCalled(message, mention.product, context.lexicon, kept)))
  const called = isCalled ? mention.product : undefined
  const subject = called ?? (isAboutShown ? impliedProducts(message, understanding, context)[0] : undefined)
  const type = understanding.productType ?? context.previous?.productType ?? null
  // "I am allergic to jasmine, which can I wear?" asks of all there is.
  const { code } = context.lexicon.language
  const isOfAll = type === null && clausesOf(message).some(({ text }) => asksWhich(text, code))
  const search =
    type === null && !isOfAll
      ? null
      : { text: type ?? '', productType: type, constraints: [], sort: 'relevance' as const }
  return {
    understanding,
    kind: 'allergy',
    steps: [
      ...(subject
        ? [{ kind: 'products' as const, subject: { from: 'ids' as const, ids: [subject.id] } }]
        : []),
      { kind: 'free-of', what: understanding.keptFrom, search: subject ? null : search, limit: 60 },
    ],
    search: subject ? null : search,
    isRefinement: false,
    clarify: null,
    ...(called === undefined ? {} : { isOfOneAmongSeveral: true }),
  }
}

/** So many words of a title call its product, beside what somebody is kept from. */
const mostlyCalled = 2

function actionPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const base = { understanding, search: null, isRefinement: false, clarify: null }
  if (!context.isKnownShopper) return clarify(base, 'sign-in')
  return aboutProduct(message, understanding, context, (subject) => ({
    ...base,
    kind: 'proposal',
    steps: [
      { kind: 'products', subject },
      {
        kind: 'propose',
        subject,
        proposal: proposalOf(message, understanding, context.lexicon.language.code),
      },
    ],
  }))
}

const policyWords =
  /\b(?:polic(?:y|ies)|shipping|delivery|deliver|payment|pay|warranty|refunds?|exchange|returns?|gift cards?)\b/i

function chatPlan(message: string, understanding: Understanding, context: PlanContext): Plan {
  const base = { understanding, search: null, isRefinement: false, clarify: null }
  if (policyWords.test(message)) return policyPlan(message, base, null)
  if (/\b(?:cart|basket|bag)\b/i.test(message) && context.isKnownShopper) {
    return { ...base, kind: 'chat', steps: [{ kind: 'cart' }] }
  }
  return { ...base, kind: 'chat', steps: [] }
}
