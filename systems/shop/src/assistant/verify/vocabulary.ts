import { meaningOf } from '../words.ts'

const set = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map((word) => meaningOf(word)),
  )

/**
 * Words of shopping talk that state nothing about a product: they need no evidence. Everything that is not here, in the
 * product's own row, or in one source about it is a claim that nobody made, and its sentence does not pass.
 */
export const glue = set(`
  choice option pick candidate alternative match recommend suggest suggestion look looking consider prefer preference need
  want wanted search found find see show shown view check compare comparison compared decide depend depends different
  difference similar versus against while instead otherwise overall first second third next last top list listed listing
  detail details state states stated say says said mention mentions mentioned describe described according per based
  product products item items pair one ones thing model price priced cost costs pay rated rating star stars review
  reviews reviewer reviewers buyer buyers customer customers shopper shoppers people owners others average total count
  out number mind note verdict know think tell ask help happy glad hope like way case reason terms side hand
  page store shop cart here below above come comes sell sold offer offers carry start starts stand available both two
  three all each whole also addition plus meanwhile finally however overall remaining rest leave left result results fit
  fits fitting request requirement criteria condition conditions budget range within limit quick short brief summary summarise
  choose choosing between interested right suit suits suitable go goes together make made use used kind sort type
  currently today now yes no hello hi welcome thanks sorry maybe probably please feel free let know whether
  told source sources cite cited brand category feature features aspect aspects point points mark regard
  regarding respectively say-so exactly roughly well available pricier`)

/** Praise that is allowed only as a way to recommend: "a good choice". */
export const flattery = set(
  'good great solid nice strong fine excellent perfect ideal decent safe better best',
)
export const choiceNouns = set('choice option match pick candidate alternative bet fit recommendation')

/** Said of other shoppers' words; a claim that rests on reviews needs one of these, or a citation. */
export const attribution = set(
  'review reviews reviewer reviewers buyer buyers customer customers shopper shoppers people owner owners user users parent parents',
)

export const negators: ReadonlySet<string> = new Set(
  `not no never isn't aren't wasn't weren't doesn't don't didn't can't cannot couldn't won't wouldn't hasn't haven't without
  neither nor none hardly barely lacks lack`.split(/\s+/),
)

export const praiseWords = set(
  'good praise praised positive happy like liked love loved satisfied pleased favourable favorable approve well',
)
export const blameWords = set(
  'bad complain complained negative unhappy criticise criticize criticised dislike disliked poor dissatisfied unfavourable disappointed',
)

/** Verbs that may follow "I" or "we": talk about the answer, never about something done. */
export const speakerVerbs = set(
  'recommend suggest would think found find see know pick picked choose chose compared compare can could looked say do am not',
)

/** Things that are done to orders, money and carts. Whatever says that they happened does not pass. */
export const deeds: ReadonlySet<string> = new Set(
  `added ordered placed bought purchased refunded cancelled canceled applied charged shipped reserved sent
  emailed processed scheduled subscribed booked confirmed credited updated removed deleted saved unlocked activated redeemed
  guarantee guaranteed promise promised`.split(/\s+/),
)

/** Verbs that make a sentence of words, as written. */
export const finiteVerbs: ReadonlySet<string> = new Set(
  `is are was were be has have had do does did can could will would may might must should isn't aren't doesn't don't
  cost costs come comes came offer offers make makes made say says said state states stated mention mentions describe describes
  list lists rate rates rated weigh weighs measure measures hold holds include includes feature features fit fits suit suits
  work works keep keeps give gives let lets help helps need needs want wants go goes see sees find finds found take takes
  recommend suggest look looks feel feels run runs use uses get gets sell sells ship ships save saves match matches meet meets
  seem seems stand stands provide provides allow allows protect protects last lasts stay stays cover covers praise praises praised
  complain complains complained like likes liked love loves loved note notes noted report reports reported agree agrees think
  thinks tell tells told belong belongs start starts add adds read reads lack lacks contain contains combine combines range
  ranges ask asks asked differ differs depend depends`.split(/\s+/),
)

const numberWords = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** `seven` → 7; null for words that are no number. `one` counts as a pronoun. */
export function numberOf(word: string): number | null {
  const spelled = numberWords.indexOf(word)
  if (spelled >= 0 && spelled !== 1) return spelled
  return /^\d+(?:[.,]\d+)*$/.test(word)
    ? Number(word.replaceAll(/,(?=\d{3}\b)/g, '').replace(',', '.'))
    : null
}
