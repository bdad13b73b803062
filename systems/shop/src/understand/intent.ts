import type { Reference, Understanding } from '../domain/constraints.ts'
import { english } from '../language/lexicon.ts'
import { turnKindOf } from './turn-kind.ts'

type Intent = Understanding['intent']

/** Tried in order: what changes something or asks about an order comes before what merely searches. */
const intents: readonly [Intent, RegExp][] = [
  [
    'order-status',
    /(?<!in )\b(?:where(?:'s| is| are)\s+(?:my|our|the)\s+(?:\w+\s+){0,3}?(?:order|package|parcel|delivery|shipment)|(?:my|our)\s+(?:last\s+|latest\s+|recent\s+)?orders?\b|order\s+(?:status|number|#)|track(?:ing)?\s+(?:my|an?|the|number|it|this)\b|(?:has|have|did|when\s+(?:will|does|is))\s+(?:my|it|the)\s+(?:\w+\s+){0,3}?(?:ship(?:ped)?|arriv\w+|deliver(?:ed|y)?)|status\s+of\s+(?:my|the)\s+order)/i,
  ],
  [
    'returns',
    /\b(?:(?:return|refund|exchange|send\s+back|give\s+back)\s+(?:it|this|that|these|those|them|my|the|an?\s+(?:item|order|product))\b|return\s+(?:policy|window|label)|refunds?\b|money\s+back|how\s+(?:do|can)\s+i\s+(?:return|exchange|get\s+a\s+refund)|(?:can|could|may)\s+i\s+(?:return|exchange)|want\s+to\s+(?:return|exchange)|(?:cancel)\s+(?:my|the|this|that)\s+order)/i,
  ],
  [
    'add-to-cart',
    /\b(?:add\s+(?:(?:it|this|that|these|those|them|both|all|one|two|\d+|the)\b.*?\b)?(?:to|in|into)\s+(?:my\s+|the\s+)?(?:cart|basket|bag|trolley)|add\s+(?:it|this|that|both|them|the\s+(?:first|second|third|last|\w+\s+one))(?!\s+\w)|put\s+(?:it|this|that|them|one|two|the\s+\w+(?:\s+\w+)?)\s+in\s+(?:my\s+|the\s+)?(?:cart|basket|bag|trolley)|(?:i'll|i\s+will|let\s+me|i'd\s+like\s+to|i\s+want\s+to)\s+(?:take|buy|order|get|have)\s+(?:it|this|that|them|both|(?:one|two|three|four|five|six|\d{1,2})\s+of\s+(?:them|these|those|it|this|that)|the\s+(?:first|second|third|last|\w+)\s+one|the\s+(?:first|second|third|last))\b|^(?:buy|order|purchase|get)\s+(?:it|this|that|them|the\s+(?:first|second|third|last|\w+)(?:\s+one)?)\s*(?:now|please)?[.!]?$)/i,
  ],
  [
    'compare',
    /\b(?:compar(?:e|ed|ing|ison)|versus|vs\.?|difference(?:s)?\s+between|differ(?:s|ent)?\s+from|which\s+(?:of\s+(?:them|these|those|the\s+\w+)|one)?\s*(?:is|are|has|have|would|should|lasts?|do\s+you)\b|better\s+than\s+(?:the|this|that|it)|side\s+by\s+side|pros\s+and\s+cons\s+of\s+(?:both|these|those))/i,
  ],
  [
    'review-question',
    /\b(?:what\s+(?:do|did|are)\s+(?:people|customers|buyers|reviewers?|reviews|others|owners|users)\b|(?:do|did|are)\s+(?:people|customers|buyers|reviewers?|reviews|users|owners)\b|reviews?\s+(?:say|mention|of|for|about|on|complain)|(?:summari[sz]e|read|show|see)\s+(?:me\s+)?(?:the\s+|its\s+|all\s+)?reviews?|any\s+complaints?|complain(?:t|ts|ed|ing)?\s+about|how\s+(?:good|bad|well\s+reviewed)\s+(?:are\s+)?(?:the\s+)?reviews?)/i,
  ],
  [
    'product-question',
    /(?:^\s*(?:does|do|is|are|can|will|would|has|have|did|should|how\s+(?:long|big|heavy|much|many|tall|wide|deep|does|do|is|are|loud|fast|well|thick|old)|what(?:'s|\s+is|\s+are)?\s+(?:the|its|it|size|colou?rs?|material|sizes)|which\s+(?:sizes?|colou?rs?)|when|why|what)\b.*\b(?:it|its|this|that|these|those|they|them|one|ones|the\s+\w+)\b|^\s*(?:tell\s+me\s+(?:more\s+)?about|more\s+(?:about|details|info))\b|^\s*(?:does|is|can|will)\s+(?:it|this|that|the)\b|^\s*how\s+(?:much|many|long|big|heavy)\s+(?:is|are|does|do)\b)/i,
  ],
  [
    'chat',
    /^\s*(?:hi|hello|hey|good\s+(?:morning|afternoon|evening)|thanks?(?:\s+you)?(?:\s+so\s+much|\s+a\s+lot)?|thx|ok(?:ay)?|great|cool|perfect|bye|goodbye|who\s+are\s+you|what\s+can\s+you\s+do|help|how\s+are\s+you|nice|awesome|yes|no|sure)(?:\s+(?:there|again|please|thanks|everyone))?\s*[!.?]*\s*$/i,
  ],
]

/** Requests phrased as a question that only search: "do you have red boots?", "can you show me …". */
const politeSearch =
  /^\s*(?:(?:do|would|does)\s+(?:you|the\s+(?:store|shop))\s+(?:have|sell|carry|stock)|(?:can|could|would)\s+you\s+(?:please\s+)?(?:show|find|recommend|suggest|get|help|give|search)|is\s+there|are\s+there|have\s+you\s+got|where\s+(?:can|could)\s+i\s+(?:find|get|buy)|what\s+(?:kind|type|sort)s?\s+of|which\s+\w+\s+do\s+you\s+(?:have|sell))\b/i

/** What the shopper wants done, told from the wording alone. */
export function findIntent(text: string): Intent {
  const polite = politeSearch.test(text)
  for (const [intent, pattern] of intents) {
    if (polite && (intent === 'product-question' || intent === 'review-question')) continue
    if (pattern.test(text)) return intent
  }
  return 'search'
}

const ordinals: Record<string, number> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  last: -1,
  '1st': 1,
  '2nd': 2,
  '3rd': 3,
  '4th': 4,
  '5th': 5,
}
const ordinalPattern =
  /\b(?:the|that|this|your)\s+(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|1st|2nd|3rd|[4-9]th)(?:\s+(?:one|option|product|item|result|pick|choice|card)\b|(?=\s*(?:$|[?.!,;]|(?:is|has|does|have|come|comes|in|and|to|or|with|please|look|looks|fit|fits|cost|costs|for)\b)))|(?:\b(?:option|number|result|no\.|product)\s+|#\s?)([1-9]|one|two|three|four|five)\b(?!\s*(?:inch|cm|mm|gb|kg|piece))/i
const numberNames: Record<string, number> = { one: 1, two: 2, three: 3, four: 4, five: 5 }

export interface FoundReference {
  reference: Reference
  start: number
  end: number
}

const relatives: readonly ['cheaper' | 'pricier' | 'better-rated', RegExp][] = [
  [
    'cheaper',
    /\b(?:(?:something|anything|any|a|the|one|ones|show\s+me|some)\s+)?(?:(?:a\s+)?(?:bit|little|lot|much)\s+)?(?:cheaper|less\s+expensive|more\s+affordable|lower[- ]priced|lower\s+price|less\s+pricey)(?:\s+(?:ones?|options?|alternatives?|versions?))?(?:\s+than\s+(?:this|that|these|those|it|them)(?:\s+ones?)?)?/i,
  ],
  [
    'pricier',
    /\b(?:(?:something|anything|a|the)\s+)?(?:(?:a\s+)?(?:bit|little|lot|much)\s+)?(?:pricier|more\s+expensive|more\s+premium|higher[- ]end|fancier|more\s+upscale|higher[- ]priced)(?:\s+(?:ones?|options?|alternatives?|versions?))?(?:\s+than\s+(?:this|that|these|those|it|them)(?:\s+ones?)?)?/i,
  ],
  [
    'better-rated',
    /\b(?:(?:something|anything|a|the)\s+)?(?:better[- ](?:rated|reviewed|ratings?|reviews?)|higher[- ](?:rated|ratings?)|(?:with\s+)?(?:better|higher)\s+(?:reviews?|ratings?))(?:\s+(?:ones?|options?))?(?:\s+than\s+(?:this|that|these|those|it|them)(?:\s+ones?)?)?/i,
  ],
]
const earlierPattern =
  /\b(?:(?:the\s+(?:ones?|\w+)\s+)?(?:that\s+)?(?:i|we)(?:'ve|\s+have|\s+had|\s+was|\s+were)?\s+(?:been\s+)?(?:look(?:ed|ing)|viewed|viewing|saw|seen|browsed|browsing|checked|checking|considered|considering)(?:\s+(?:at|out))?(?:\s+(?:before|earlier|yesterday|previously|last\s+\w+|(?:the\s+)?other\s+day|today|on\s+my\s+\w+|this\s+morning))?|from\s+(?:before|earlier|last\s+time|yesterday)|(?:recently|previously|last)\s+viewed|my\s+(?:browsing\s+history|recently\s+viewed)|what\s+(?:was|were)\s+(?:the|that|those)\s+[\w\s]{1,40}?\s+(?:i|we)\s+(?:was|were|looked|saw))\b/i
const thosePattern =
  /\b(?:these|those|them|both(?!\s+(?:men|women|kids|boys|girls|indoor|outdoor|sides?|\w+\s+and))|all\s+(?:of\s+(?:them|these|those)|three|four|five)|the\s+(?:two|three)(?=\s*(?:$|[?.!,]))|each\s+of\s+(?:them|these|those)|they)\b(?!\s+days\b)/i
const thisPattern =
  /(?:\b(?:this|that)\s+(?:one|product|item|page)\b|\b(?:does|is|can|will|has|would|did|of|about|with|for|to|add|buy|order|return|exchange|track|put|like|than|compare|get|take)\s+(?:this|it|that)\b(?!\s+(?:weekend|week|month|year|summer|winter|season|christmas|time|is|are|has|can|will|comes?|fits?|works?|have|was|does))|\b(?:this|that)\b(?=\s*(?:$|[?.!,]))|\bits\b|^\s*it\b|\bit\b(?=\s*(?:$|[?!]))|\bthe\s+one\s+(?:above|i'm\s+looking\s+at|on\s+(?:this|the)\s+page)\b)/i

/** What earlier products a query points at, apart from "the red one", which needs the vocabulary. */
export function findReference(text: string): FoundReference | null {
  const ordinal = ordinalPattern.exec(text)
  if (ordinal !== null) {
    const word = (ordinal[1] ?? ordinal[2] ?? '').toLowerCase()
    const position = ordinals[word] ?? numberNames[word] ?? Number.parseInt(word, 10)
    if (Number.isFinite(position)) return found({ kind: 'ordinal', position }, ordinal)
  }
  const earlier = earlierPattern.exec(text)
  // "I have looked for months" and "I'm looking at a budget of" are no references; the intent says which.
  if (earlier !== null && turnKindOf(text, english.language)?.kind === 'recall')
    return found({ kind: 'earlier' }, earlier)
  for (const [direction, pattern] of relatives) {
    const match = pattern.exec(text)
    if (match !== null && !/^\s*(?:than\s+)?\D{0,3}\d/.test(text.slice(match.index + match[0].length))) {
      return found({ kind: 'relative', direction }, match)
    }
  }
  // "A mug with a cat on it": the mug's own "it".
  const outside = text.replace(
    /\bwith\s+(?:[\p{L}\p{N}'’-]+\s+){1,4}(?:on|in|inside)\s+(?:it|them)\b/giu,
    (own) => ' '.repeat(own.length),
  )
  const self = thisPattern.exec(outside)
  if (self !== null) return found({ kind: 'this' }, self)
  const those = thosePattern.exec(text)
  // In a long query "them" and "both" point inside the sentence, not at earlier answers.
  if (those !== null && text.length < 90) return found({ kind: 'those' }, those)
  return null
}

const found = (reference: Reference, match: RegExpExecArray): FoundReference => ({
  reference,
  start: match.index,
  end: match.index + match[0].length,
})

/** "the red one", "the leather ones": the words between, to be read with the vocabulary; null without one. */
export function findDescribed(text: string): { words: string; start: number; end: number } | null {
  const match =
    /\b(?:the|that|those|these)\s+((?:[\p{L}\p{N}'-]+\s+){1,4})ones?\b(?!\s+(?:size|piece|year|pack))/iu.exec(
      text,
    )
  if (match === null) return null
  const words = (match[1] ?? '').trim()
  if (
    /^(?:other|same|right|best|only|new|old|first|second|third|last|next|big|small|cheap|cheaper|cheapest)$/i.test(
      words,
    )
  )
    return null
  return { words, start: match.index, end: match.index + match[0].length }
}
