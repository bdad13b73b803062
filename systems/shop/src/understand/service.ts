import type { Constraint } from '../domain/constraints.ts'
import type { Service } from '../domain/product.ts'

type ServiceConstraint = Extract<Constraint, { kind: 'service' }>

/** A stated term of sale with where it stood. */
export interface FoundService {
  constraint: ServiceConstraint
  start: number
  end: number
}

const authenticity =
  '(?:\\s+(?:perks?|service|services|benefits?|guarantees?|authenticity|assurance|like|such\\s+as|with|for|of|and|including|guaranteed|genuine|authentic|products?|items?|quality|(?:quick|fast|easy|hassle-free|free|speedy|simple|smooth|convenient)\\s+(?:and\\s+easy\\s+)?returns?|returns?|protection|easy|quick|fast|deals?|availability))*'

/** A word that every wording of a term holds, and the wordings of it, its marketplace trade names among them. Extra words that only explain a term belong to it. */
const wordings: readonly [Service, RegExp, RegExp][] = [
  [
    'free-shipping',
    /ship|deliver|postage|freight|dispatch/i,
    /(?:free|complimentary|gratis|zero[- ]cost|no[- ]cost|costless|without\s+(?:extra\s+|additional\s+|any\s+)?(?:cost|charge)s?\s+for)\s+(?:(?:and\s+)?(?:standard|express|home|door|door-to-door|fast|nationwide|local|international|same-day|next-day|economy|worldwide)\s+)*(?:shipping|delivery|deliveries|postage|shipment|freight|dispatch)(?:\s+(?:service|option|offer|perk|deal|voucher)s?)?|(?:shipping|delivery|postage|ships?|delivered|shipped|deliver)\s+(?:(?:is|be|are|comes?|that\s+is|that's|fees?|costs?|charges?)\s+)?(?:for\s+|totally\s+|completely\s+|fully\s+)?(?:free(?!\w)(?:\s+of\s+charge)?|at\s+no\s+(?:extra\s+|additional\s+)?(?:cost|charge)|waived|included|on\s+the\s+house|gratis)|(?:no|zero|without|waived|0)\s+(?:extra\s+|additional\s+|any\s+)?(?:shipping|delivery|postage)\s*(?:fees?|costs?|charges?)?|freeship(?:ping)?|(?:shipping|delivery|postage)[- ]free(?!\w)|(?:don't|do\s+not|not|without)\s+(?:want\s+to\s+|having\s+to\s+|to\s+)?pay(?:ing)?\s+(?:extra\s+)?(?:for\s+)?(?:shipping|delivery|postage)/giu,
  ],
  [
    'flash-sale',
    /flash|lightning|shock|limited|lightening/i,
    /(?:laz\s?flash|(?:shopee\s+)?flash|lightning|shock(?:ing)?|limited[- ]time|time[- ]limited|lightening)\s*(?:(?:sales?|deals?|discounts?|offers?|promos?|promotions?|specials?|perks?|prices?|bargains?|service|services|benefits?|discounted)(?:\s+(?:deals?|offers?|discounts?|perks?|service|promos?|promotions?|prices?))?)|laz\s?flash/giu,
  ],
  [
    'cash-on-delivery',
    /cash|pay|collect|c\.?o\.?d/i,
    /(?:cash|pay(?:ment|ments|ing|s|able)?|collect)[\s-]+(?:(?:in\s+|by\s+|with\s+)?cash\s+)?(?:on|upon|at|after)[\s-]+(?:the\s+)?(?:delivery|arrival|receipt|receiving|doorstep|door)(?:\s+(?:payment|option|service|method)s?)?|pay(?:ing|ment)?\s+(?:for\s+(?:it|them)\s+)?(?:(?:in\s+|by\s+|with\s+)?cash\s+)?(?:when|once|after|as\s+soon\s+as)\s+(?:(?:i|it|they|we|the\s+(?:item|order|package|parcel|product|goods))\s+)?(?:(?:get|gets|is|are|has\s+been|have\s+been)\s+)?(?:it|them|deliver(?:ed|y|s)?|arriv(?:es?|ed|al)|receiv(?:es?|ed|ing)|comes?)|(?:supports?|accepts?|with|available|offers?|via|has|by|allows?|takes?|for|and|or|no|without)\s+c\.?o\.?d\.?(?![\w])(?!\s+(?:liver|fish|oil|fillets?|game|mobile|black|ghosts?))|(?<![\p{L}])COD(?![\p{L}\w])(?!\s+(?:liver|fish|oil|fillets?|game|mobile|black|ghosts?))|c\.?o\.?d\.?\s+(?:available|payment|accepted|option|service|is\s+available|ok|only)/gu,
  ],
  [
    'official-store',
    /mall|official|flagship|authori|brand|manufacturer/i,
    new RegExp(
      `(?:laz\\s?mall|shopee\\s+mall|tmall|(?:official|flagship|authori[sz]ed|verified\\s+official|brand[- ]owned|brand's\\s+own)\\s+(?:brand\\s+)?(?:online\\s+)?(?:stores?|shops?|sellers?|retailers?|dealers?|resellers?|distributors?|flagship(?:\\s+stores?)?|outlets?|merchants?|mall)|mall\\s+(?:stores?|sellers?|shops?)|(?:directly\\s+)?(?:from|sold\\s+by)\\s+the\\s+(?:brand|manufacturer)(?:\\s+(?:itself|directly))?(?!\\s+\\p{L}))${authenticity}`,
      'giu',
    ),
  ],
]

const negationBefore =
  /(?:^|[^\p{L}])(?:no|not|without|except|excluding|exclude|avoid|skip|isn't|aren't|don't\s+(?:want|need)|do\s+not\s+(?:want|need)|non|other\s+than|but\s+not|doesn't\s+(?:need|have)\s+to\s+(?:be|have))(?:\s+(?:any|a|an|the|on|in|from|be|for|with|have|include))*\s*[-]?$/iu
/** Wordings of free shipping that themselves begin with a negation. */
const negativeWording = /^(?:no|zero|without|waived|0|don't|do\s+not|not)\b/iu

/** Terms of sale that a query states ("free delivery", "LazMall"), each once, in order. */
export function findServices(text: string): FoundService[] {
  const found: FoundService[] = []
  for (const [service, hint, pattern] of wordings) {
    // Most queries name none; a cheap look first spares the long pattern.
    if (!hint.test(text)) continue
    // COD is also a fish: only capitals or a wording around it count, so case is kept for that one.
    for (const match of service === 'cash-on-delivery'
      ? cashMatches(text, pattern)
      : text.matchAll(pattern)) {
      const start = match.index
      const end = start + match[0].trimEnd().length
      if (start > 0 && /[\p{L}\p{N}]/u.test(text[start - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[start] ?? ''))
        continue
      const negated = !negativeWording.test(match[0]) && negationBefore.test(text.slice(0, start))
      if (found.some((one) => one.constraint.service === service)) {
        found.push({ constraint: { kind: 'service', service, negated, text: '' }, start, end })
      } else {
        found.push({
          constraint: { kind: 'service', service, negated, text: text.slice(start, end) },
          start,
          end,
        })
      }
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function* cashMatches(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  const lower = text.replace(/[A-Z][a-z]+|[A-Z]{4,}/g, (word) => word.toLowerCase())
  yield* lower.matchAll(pattern)
}
